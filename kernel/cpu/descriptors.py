"""Descriptor tables of a processor: segments (GDT), task state (TSS), interrupt vectors (IDT).

Each processor has a GDT and a TSS of its own, and all share one IDT. Segments mean little in 64-bit
mode: one for the kernel's code and one for a program's say which privilege the processor has. The TSS
holds the stacks that the processor switches to:

    rsp     when a program is interrupted
    ist     numbered stacks that certain vectors start on whatever the stack pointer was (InterruptStack)

The order of the selectors is what SYSCALL and SYSRET demand: user data lies below user code.

Source: Intel SDM volume 3A, sections 3.4.5, 6.14, 7.7 and 7.2.3; volume 2, SYSRET.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from kernel.cpu import instructions
from kernel.cpu.entry import STUB_SIZE
from kernel.cpu.vectors import COUNT, Vector
from lang import (
    Array,
    PerCpu,
    Ptr,
    address_of,
    holds,
    irq_safe,
    no_raise,
    over,
    packed,
    sizeof,
    struct,
    symbol_address,
    truncate,
    u8,
    u16,
    u32,
    u64,
)


@over(u16)
class Selector(IntEnum):
    NULL = 0x00
    KERNEL_CODE = 0x08
    KERNEL_DATA = 0x10
    USER_DATA = 0x18 | 3
    USER_CODE = 0x20 | 3
    TSS = 0x28


# Present, accessed, 64-bit; data writable. SDM volume 3A, section 3.4.5.
KERNEL_CODE_SEGMENT: Final[u64] = 0x00AF_9B00_0000_FFFF
KERNEL_DATA_SEGMENT: Final[u64] = 0x00CF_9300_0000_FFFF
USER_DATA_SEGMENT: Final[u64] = 0x00CF_F300_0000_FFFF
USER_CODE_SEGMENT: Final[u64] = 0x00AF_FB00_0000_FFFF

AVAILABLE_TSS: Final[u64] = 0x89  # present, type of a 64-bit TSS that is not in use
INTERRUPT_GATE: Final[u8] = 0x8E  # present, privilege 0, interrupts off on entry
FOR_PROGRAMS: Final[u8] = 0x60  # privilege 3: programs may use the vector, by INT


@over(u8)
class InterruptStack(IntEnum):
    """The numbered stacks; 0 in a gate means that the stack stays."""

    NONE = 0
    DOUBLE_FAULT = 1
    NMI = 2
    MACHINE_CHECK = 3
    PAGE_FAULT = 4  # the kernel stack may be what is not there
    DEBUG = 5  # a program can have it come at the first instruction of a system call


STACK_COUNT: Final = 5


@packed
class TaskState:
    """SDM volume 3A, section 7.7, figure 7-11."""

    reserved_0: u32
    rsp: Array[u64, 3]
    reserved_1: u64
    ist: Array[u64, 7]
    reserved_2: u64
    reserved_3: u16
    io_map_base: u16


assert sizeof(TaskState) == 104


@struct(align=16)
class Tables:
    """A processor's own tables."""

    segments: Array[u64, 7]  # the TSS descriptor takes two
    task: TaskState


@struct
class Gate:
    """An entry of the IDT. SDM volume 3A, section 6.14.1."""

    offset_low: u16
    selector: u16
    stack: u8  # InterruptStack
    attributes: u8
    offset_middle: u16
    offset_high: u32
    reserved: u32


@packed
class TablePointer:
    """What LGDT and LIDT read."""

    limit: u16
    base: u64


tables: PerCpu[Tables]
gates: Array[Gate, COUNT]


@no_raise
@holds("preemption")
def load(stack_tops: Array[u64, STACK_COUNT]) -> None:
    """Give this processor its tables.

    stack_tops: of the InterruptStacks, from DOUBLE_FAULT on.
    """
    mine = tables.here()
    for index in range(STACK_COUNT):
        mine.task.ist[index] = stack_tops[index]
    mine.task.io_map_base = sizeof(TaskState)
    _fill_segments(mine)

    segments = TablePointer(sizeof(Array[u64, 7]) - 1, address_of(mine.segments).address)
    instructions.load_gdt(address_of(segments).cast(u8))
    instructions.load_segments(Selector.KERNEL_CODE, Selector.KERNEL_DATA)
    instructions.load_task_register(Selector.TSS)
    vectors = TablePointer(sizeof(Array[Gate, COUNT]) - 1, address_of(gates).address)
    instructions.load_idt(address_of(vectors).cast(u8))


@no_raise
def fill_gates() -> None:
    """Let every vector lead to its stub; once, before the first processor loads its tables."""
    first = symbol_address("interrupt_stubs")
    for vector in range(u64(COUNT)):
        _set_gate(gates[vector], first + vector * STUB_SIZE)
    gates[Vector.DOUBLE_FAULT].stack = InterruptStack.DOUBLE_FAULT
    gates[Vector.NMI].stack = InterruptStack.NMI
    gates[Vector.MACHINE_CHECK].stack = InterruptStack.MACHINE_CHECK
    gates[Vector.PAGE_FAULT].stack = InterruptStack.PAGE_FAULT
    gates[Vector.DEBUG].stack = InterruptStack.DEBUG
    gates[Vector.BREAKPOINT].attributes |= FOR_PROGRAMS


@irq_safe
@no_raise
@holds("preemption")
def set_kernel_stack(top: u64) -> None:
    """Set where this processor's stack is when a program is interrupted."""
    tables.here().task.rsp[0] = top


def _fill_segments(mine: Ptr[Tables]) -> None:
    mine.segments[1] = KERNEL_CODE_SEGMENT
    mine.segments[2] = KERNEL_DATA_SEGMENT
    mine.segments[3] = USER_DATA_SEGMENT
    mine.segments[4] = USER_CODE_SEGMENT
    base = address_of(mine.task).address
    limit: u64 = sizeof(TaskState) - 1
    mine.segments[5] = (
        limit | (base & 0xFF_FFFF) << 16 | AVAILABLE_TSS << 40 | (base >> 24 & 0xFF) << 56
    )
    mine.segments[6] = base >> 32


def _set_gate(gate: Gate, address: u64) -> None:
    gate.offset_low = truncate(u16, address)
    gate.selector = Selector.KERNEL_CODE
    gate.stack = InterruptStack.NONE
    gate.attributes = INTERRUPT_GATE
    gate.offset_middle = truncate(u16, address >> 16)
    gate.offset_high = truncate(u32, address >> 32)
