"""Every way in which the kernel's own code can fail ends in a report with the right line."""

from __future__ import annotations

from typing import Final

from kernel.log import log
from kernel.mem import layout
from kernel.panic import panic
from lang import Array, Ptr, address_of, asm, noinline, u32, u64, usize

WILD: Final[u64] = 1 << 63

table: Array[u64, 8]
zero: u64 = 0


def test_a_test_can_pass() -> None:
    assert zero == 0


def test_writing_where_nothing_is_mapped() -> None:
    """
    Panics: page fault: writing to 0x123456789000, where nothing is mapped
    Panics:     Ptr[u64](0x1234_5678_9000)[0] = 1
    """
    Ptr[u64](0x1234_5678_9000)[0] = 1


def test_a_wild_address() -> None:
    """
    Panics: general protection fault
    Panics:     Ptr[u64](0x8000_0000_0000_0000)[0] = 1
    """
    Ptr[u64](0x8000_0000_0000_0000)[0] = 1


def test_executing_where_nothing_is_mapped() -> None:
    """
    Panics: page fault: executing at 0x400000000000, where nothing is mapped
    Panics:     jump_to(0x4000_0000_0000)
    """
    jump_to(0x4000_0000_0000)


@noinline
def jump_to(address: u64) -> None:
    asm("callq *$0", inputs=[("r", address)], outputs=[], clobbers=["memory"])


def test_an_invalid_instruction() -> None:
    """
    Panics: kernel panic: invalid instruction
    Panics:     asm("ud2"
    """
    asm("ud2", inputs=[], outputs=[], clobbers=["memory"])


def test_a_breakpoint() -> None:
    """
    Panics: kernel panic: breakpoint
    Panics:     asm("int3"
    """
    asm("int3", inputs=[], outputs=[], clobbers=["memory"])


def test_a_division_that_traps() -> None:
    """
    Panics: kernel panic: division by zero
    Panics:     asm("divl $0"
    """
    asm("divl $0", inputs=[("r", u32(0))], outputs=[], clobbers=["rax", "rdx", "memory"])


def test_an_index_out_of_range() -> None:
    """
    Panics: IndexError: index 8 is out of range for length 8
    Panics:     table[at(8)] = 1
    """
    table[at(8)] = 1


@noinline
def at(index: usize) -> usize:
    return index


def test_a_failed_assertion() -> None:
    """
    Panics: AssertionError
    Panics:     assert zero == 1
    """
    assert zero == 1


def test_a_failed_assertion_says_what_it_expected() -> None:
    """
    Panics: AssertionError: zero is one
    """
    assert zero == 1, "zero is one"


def test_an_interrupt_that_nobody_asked_for() -> None:
    """
    Panics: interrupt 245 came, which nobody asked for
    """
    asm("int $$245", inputs=[], outputs=[], clobbers=["memory"])


def test_what_is_on_a_stack_survives_an_exception() -> None:
    assert at(3) + at(4) == 7


def test_a_frame_pointer_that_leads_nowhere() -> None:
    """
    Panics: kernel panic: invalid instruction
    Panics:     asm("movq $$0x123, %rbp
    """
    asm("movq $$0x123, %rbp\n ud2", inputs=[], outputs=[], clobbers=["memory"])


def test_an_exception_on_a_stack_that_is_not_mapped() -> None:
    """The page fault of the attempt to store what was interrupted has a stack of its own.

    Panics: kernel panic: page fault: writing to 0x4ffffffffff8, just below the stack: it is used up
    Panics:     asm("movq $$0x500000000000, %rsp
    """
    asm("movq $$0x500000000000, %rsp\n ud2", inputs=[], outputs=[], clobbers=["memory"])


def test_an_exception_on_a_stack_that_is_no_address() -> None:
    """
    Panics: kernel panic: double fault
    Panics: , in tests.kernel.panic.machine_faults.test_an_exception_on_a_stack_that_is_no_address
    """
    asm(
        "movq %rax, %rsp\n divl %ecx",
        inputs=[("{rax}", WILD), ("{ecx}", u32(0))],
        outputs=[],
        clobbers=["memory"],
    )


def test_a_report_that_fails_has_said_the_reason() -> None:
    """A jump to nowhere, without a stack on which the report could look for the caller.

    Panics: kernel panic: page fault: executing at 0x400000000000, where nothing is mapped
    Panics: kernel panic: page fault: reading from 0x500000000000, where nothing is mapped
    """
    asm(
        "movq $$0x500000000000, %rsp\n jmpq *$0",
        inputs=[("r", u64(0x4000_0000_0000))],
        outputs=[],
        clobbers=["memory"],
    )


def test_a_reason_in_words() -> None:
    """
    Panics: kernel panic: 3 of 4 processors are missing
    Panics:     panic.stop(f"
    """
    panic.stop(f"{at(3)} of 4 processors are missing")


def test_a_report_has_the_last_lines_of_the_log() -> None:
    """Also those that whoever was showing them did not get to.

    Panics: s after the start, on processor 0
    Panics: -00-I] the 5th line
    """
    log.lines.is_taken.store(True)
    log.info(f"the {at(5)}th line")
    panic.stop("that was it")


def test_what_registers_point_at() -> None:
    """
    Panics:   r10    is in the memory at physical address 0x5000
    Panics:   r11    is in the kernel's variables
    Panics:   r12    is in the frame database
    Panics:   r13    is in the kernel's mappings
    Panics:   rip    is in tests.kernel.panic.machine_faults.test_what_registers_point_at +
    """
    asm(
        "ud2",
        inputs=[
            ("{r10}", layout.to_virtual(0x5000)),
            ("{r11}", address_of(table[0]).address),
            ("{r12}", layout.FRAME_DATABASE + 5),
            ("{r13}", layout.MAPPINGS_END - 1),
        ],
        outputs=[],
        clobbers=["memory"],
    )
