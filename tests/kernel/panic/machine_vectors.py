"""Exceptions beyond the usual ones are reported as what they are, with the line at which they came."""

from __future__ import annotations

from typing import Final

from kernel.cpu import descriptors, instructions
from lang import Array, address_of, asm, u8, u16, u64
from modules.drivers.apic import local_apic
from modules.drivers.apic.local_apic import Local, Register

TASK_SWITCHED: Final[u64] = 1 << 3  # in CR0
VECTOR_WITHOUT_GATE = 77
NOT_PRESENT: Final[u8] = 0x0E
UNMASKED: Final[u16] = 0x37F & ~(
    1 << 2
)  # a control word under which a division by zero is reported

control_word: Array[u16, 1] = Array[u16, 1](UNMASKED)


def test_a_single_step() -> None:
    """
    Panics: kernel panic: debug exception
    Panics: , in tests.kernel.panic.machine_vectors.test_a_single_step
    """
    asm(
        "pushfq\n orq $$0x100, (%rsp)\n popfq\n nop\n nop",
        inputs=[],
        outputs=[],
        clobbers=["memory"],
    )


def test_a_non_maskable_interrupt() -> None:
    """
    Panics: kernel panic: non-maskable interrupt
    Panics: , in tests.kernel.panic.machine_vectors.test_a_non_maskable_interrupt
    """
    local_apic.write(Register.DESTINATION, local_apic.ids[0] << 24)
    local_apic.write(Register.COMMAND, Local.NMI | local_apic.COMMAND_FIXED)
    while True:
        pass


def test_an_overflow_trap() -> None:
    """
    Panics: kernel panic: overflow
    Panics:     asm("int $$4"
    """
    asm("int $$4", inputs=[], outputs=[], clobbers=["memory"])


def test_a_bound_that_is_exceeded() -> None:
    """
    Panics: kernel panic: bound range exceeded
    """
    asm("int $$5", inputs=[], outputs=[], clobbers=["memory"])


def test_floating_point_while_it_is_off() -> None:
    """
    Panics: kernel panic: no floating point unit
    Panics:     asm("fwait"
    """
    instructions.write_cr0(instructions.read_cr0() | TASK_SWITCHED)
    asm("fwait", inputs=[], outputs=[], clobbers=["memory"])


def test_a_vector_without_a_gate() -> None:
    """
    Panics: kernel panic: segment not present, error code 0x
    Panics:     asm("int $$77"
    """
    descriptors.gates[VECTOR_WITHOUT_GATE].attributes = NOT_PRESENT
    asm("int $$77", inputs=[], outputs=[], clobbers=["memory"])


def test_a_selector_of_no_segment() -> None:
    """
    Panics: kernel panic: general protection fault
    Panics: error code 0x1230 (a selector)
    """
    asm("movw %ax, %fs", inputs=[("{ax}", u16(0x1230))], outputs=[], clobbers=["memory"])


def test_a_floating_point_error() -> None:
    """
    Panics: kernel panic: floating point error
    Panics: , in tests.kernel.panic.machine_vectors.test_a_floating_point_error
    """
    asm(
        "fldcw ($0)\n fldz\n fld1\n fdivp\n fwait",
        inputs=[("r", address_of(control_word[0]))],
        outputs=[],
        clobbers=["memory"],
    )


def test_a_machine_check() -> None:
    """
    Panics: kernel panic: machine check
    """
    asm("int $$18", inputs=[], outputs=[], clobbers=["memory"])
