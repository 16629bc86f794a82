"""Interrupt stacks: where a processor goes when the running stack cannot be relied on.

A double fault may mean that the stack is used up, a page fault that it must grow, and an NMI or machine
check may come at an instruction where no stack is set up yet. Each has a stack of SIZE bytes, at a
multiple of SIZE:

    base          a guard page, unmapped once the kernel has its own page tables
    ...           the stack, growing down
    top - 16      the GS base of the processor, from which the entry code takes it (entry.py)
    top           base + SIZE

The boot processor's are part of the image; others get theirs when they start.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu.descriptors import STACK_COUNT
from lang import Array, Ptr, address_of, no_raise, sizeof, struct, u64, usize

SIZE: Final = 0x4000


@struct(align=16384)
class InterruptStack:
    guard: Array[u64, 512]
    room: Array[u64, 1534]
    gs_base: u64
    unused: u64


assert sizeof(InterruptStack) == SIZE

boot_stacks: Array[InterruptStack, STACK_COUNT]


@no_raise
def prepare(stacks: Ptr[InterruptStack], gs_base: u64, tops: Array[u64, STACK_COUNT]) -> None:
    """Ready the stacks of a processor; store where each begins in `tops`."""
    for index in range(usize(STACK_COUNT)):
        stacks[index].gs_base = gs_base
        tops[index] = address_of(stacks[index].gs_base).address


@no_raise
def of_boot_processor() -> Ptr[InterruptStack]:
    return address_of(boot_stacks[0])
