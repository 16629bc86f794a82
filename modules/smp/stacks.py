"""What each processor needs for itself: an area for its variables, a stack, and interrupt stacks.

They are taken from the kernel's mappings, each with a page below it that is never there, and every page is
made at once: a page fault needs stacks, and cannot make them.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import interrupt_stacks
from kernel.cpu.descriptors import STACK_COUNT
from kernel.cpu.interrupt_stacks import InterruptStack
from kernel.mem import kernel_space
from kernel.mem.address_space import Protection
from kernel.mem.layout import PAGE_SIZE, VirtAddr, round_up
from lang import (
    Array,
    Ptr,
    Volatile,
    sizeof,
    struct,
    symbol_address,
    u8,
    u16,
    u64,
    wrapping_sub,
)

STACK_SIZE: Final[u64] = 4 * PAGE_SIZE


@struct
class Belongings:
    """One processor's; they are never given back."""

    number: u16
    base: u64  # of its area (kernel/cpu/processor.py)
    stack_top: VirtAddr
    interrupt_stacks: VirtAddr

    def make(self, number: u16) -> None:
        """Make them for the processor of a number.

        Raises:
            MemoryError: there is too little memory.
        """
        self.number = number
        self.base = make_area()
        self.stack_top = guarded(STACK_SIZE) + STACK_SIZE
        self.interrupt_stacks = make_interrupt_stacks()

    def tops(self, into: Array[u64, STACK_COUNT]) -> None:
        """Store where the interrupt stacks begin, and in each the base."""
        stacks = Ptr[InterruptStack](self.interrupt_stacks)
        interrupt_stacks.prepare(stacks, self.base, into)


def make_area() -> u64:
    """Make an area for variables, whose first word is its base; return that."""
    start, end = symbol_address("__percpu_start"), symbol_address("__percpu_end")
    area = guarded(end - start)
    base = wrapping_sub(area, start)
    Ptr[u64](area)[0] = base
    return base


def guarded(size: u64) -> VirtAddr:
    """Return memory of zeros with a page before it that is never there."""
    length = round_up(size, PAGE_SIZE)
    start = kernel_space.space.reserve(PAGE_SIZE + length, Protection.READ | Protection.WRITE)
    kernel_space.space.protect(start, PAGE_SIZE, Protection(0))
    touch(start + PAGE_SIZE, length)
    return start + PAGE_SIZE


def make_interrupt_stacks() -> VirtAddr:
    """Return interrupt stacks, each at a multiple of its size, its lowest page never there."""
    size: u64 = sizeof(InterruptStack)
    room = kernel_space.space.reserve((STACK_COUNT + 1) * size, Protection.READ | Protection.WRITE)
    start = round_up(room, size)
    for index in range(u64(STACK_COUNT)):
        kernel_space.space.protect(start + index * size, PAGE_SIZE, Protection(0))
        touch(start + index * size + PAGE_SIZE, size - PAGE_SIZE)
    return start


def touch(start: VirtAddr, length: u64) -> None:
    """Make all pages of a range."""
    for page in range(length // PAGE_SIZE):
        Ptr[Volatile[u8]](start + page * PAGE_SIZE)[0].store(0)
