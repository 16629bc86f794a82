"""What each processor needs for itself: an area for its variables, a stack, and interrupt stacks.

    start           interrupt stacks, each at a multiple of its size
    ...             a stack
    ...             the area

All of it lies in the kernel's mappings. In front of each part is a page that is never there. Every other
page is made at once: a page fault needs stacks, and cannot make them.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import interrupt_stacks
from kernel.cpu.descriptors import STACK_COUNT
from kernel.cpu.interrupt_stacks import InterruptStack
from kernel.mem import kernel_space
from kernel.mem.address_space import Protection
from kernel.mem.layout import PAGE_SIZE, VirtAddr, round_up
from lang import Array, Ptr, sizeof, struct, symbol_address, u16, u64, wrapping_sub

STACK_SIZE: Final[u64] = 4 * PAGE_SIZE
INTERRUPT_STACK: Final[u64] = sizeof(InterruptStack)
INTERRUPT_STACKS: Final[u64] = INTERRUPT_STACK * STACK_COUNT


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
        area = symbol_address("__percpu_end") - symbol_address("__percpu_start")
        size = INTERRUPT_STACK + INTERRUPT_STACKS + STACK_SIZE + round_up(area, PAGE_SIZE)
        size += 2 * PAGE_SIZE
        room = kernel_space.space.reserve(size, Protection.READ | Protection.WRITE)
        try:
            self._fill(round_up(room, INTERRUPT_STACK), area)
        except MemoryError:
            kernel_space.space.unmap(room, size)
            raise
        self.number = number

    def _fill(self, start: VirtAddr, area_size: u64) -> None:
        self.interrupt_stacks = start
        for index in range(u64(STACK_COUNT)):
            make_behind_guard(start + index * INTERRUPT_STACK, INTERRUPT_STACK - PAGE_SIZE)
        stack = make_behind_guard(start + INTERRUPT_STACKS, STACK_SIZE)
        self.stack_top = stack + STACK_SIZE
        area = make_behind_guard(self.stack_top, area_size)
        self.base = wrapping_sub(area, symbol_address("__percpu_start"))
        Ptr[u64](area)[0] = self.base

    def tops(self, into: Array[u64, STACK_COUNT]) -> None:
        """Store where the interrupt stacks begin, and in each the base."""
        stacks = Ptr[InterruptStack](self.interrupt_stacks)
        interrupt_stacks.prepare(stacks, self.base, into)


def make_behind_guard(guard: VirtAddr, size: u64) -> VirtAddr:
    """Make the pages of a promised range, which begins behind a page that is to fault; return its start.

    Raises:
        MemoryError: there is no memory for them.
    """
    kernel_space.space.protect(guard, PAGE_SIZE, Protection(0))
    start = guard + PAGE_SIZE
    for offset in range(u64(0), size, PAGE_SIZE):
        kernel_space.space.fault(start + offset, Protection.WRITE)
    return start
