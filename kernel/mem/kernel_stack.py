"""Kernel stacks: what a thread runs on inside the kernel.

    start           the guard page: nothing is mapped there, so that a stack that overflows faults
    start + page    SIZE bytes, which all have memory from the start
    top             where the stack begins, to grow downwards

A fault on a stack could not take a lock that the faulting code may hold, so nothing is left to faults.
"""

from __future__ import annotations

from typing import Final

from core.errors import BadAddress
from kernel.mem import kernel_space
from kernel.mem.address_space import Protection
from kernel.mem.layout import PAGE_SIZE, VirtAddr
from lang import no_raise, struct, u64

SIZE: Final[u64] = 8 * PAGE_SIZE
GUARD: Final[u64] = PAGE_SIZE


@struct
class KernelStack:
    """One stack; zeros: none."""

    top: VirtAddr

    def create(self) -> None:
        """Get memory for a stack.

        Raises:
            MemoryError: there is too little.
        """
        try:
            start = kernel_space.space.reserve(GUARD + SIZE, Protection.READ | Protection.WRITE)
            try:
                _fill(start)
            except MemoryError:
                kernel_space.space.unmap(start, GUARD + SIZE)
                raise
        except (ValueError, BadAddress, FileExistsError):
            assert False, "a stack is whole pages of the kernel's space"
        self.top = start + GUARD + SIZE

    @no_raise
    def free(self) -> None:
        """Give the memory back. Nothing runs on the stack any more."""
        if self.top == 0:
            return
        try:
            kernel_space.space.unmap(self.top - SIZE - GUARD, GUARD + SIZE)
        except (ValueError, BadAddress, MemoryError):
            assert False, "a stack is whole pages of the kernel's space"
        self.top = 0


def _fill(start: VirtAddr) -> None:
    kernel_space.space.protect(start, GUARD, Protection(0))
    for offset in range(GUARD, GUARD + SIZE, u64(PAGE_SIZE)):
        kernel_space.space.fault(start + offset, Protection.WRITE)
