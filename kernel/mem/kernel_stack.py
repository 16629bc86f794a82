"""Kernel stacks: what a thread runs on inside the kernel.

    start           the guard page: nothing is mapped there, so that a stack that overflows faults
    start + page    SIZE bytes, which all have memory from the start
    top             where the stack begins, to grow downwards

A fault on a stack could not take a lock that the faulting code may hold, so nothing is left to faults. What a page held
before stays in it until the stack overwrites it.

How much of a stack is ever used, interrupts included, a checked build finds out: it fills new stacks with PATTERN, and looks
how far it is gone where a stack comes back. `deepest` is to stay below SIZE by as much as processors with larger SIMD states
keep there, which programs' threads have at the top of theirs (kernel_thread.py).

Stacks that come back are kept for the next threads, KEPT of them, so that a thread's life costs neither mappings nor
their end, which every processor would have to take note of. The word below the top of each leads to the next.
"""

from __future__ import annotations

from typing import Final

from core.errors import BadAddress
from kernel.mem import frames, kernel_space
from kernel.mem.address_space import Protection
from kernel.mem.layout import PAGE_SIZE, VirtAddr
from kernel.sync.spin_lock import SpinLock
from lang import Atomic, Ptr, Slice, irq_safe, is_checked, no_raise, struct, u64

SIZE: Final[u64] = 2 * PAGE_SIZE
GUARD: Final[u64] = PAGE_SIZE
KEPT: Final[u64] = 16
PATTERN: Final[u64] = 0x5AC5_5AC5_5AC5_5AC5

lock: SpinLock
kept_top: VirtAddr = 0  # of the stack that came back last; 0: none is kept; guarded by lock
kept_count: u64 = 0  # guarded by lock
deepest: Atomic[u64]  # bytes, in checked builds, of the stacks that have come back


@struct
class KernelStack:
    """One stack; zeros: none."""

    top: VirtAddr

    def create(self) -> None:
        """Get memory for a stack.

        Raises:
            MemoryError: there is too little.
        """
        kept = take_kept()
        self.top = make() if kept == 0 else kept
        if is_checked():
            words_of(self.top).fill(PATTERN)

    @no_raise
    def free(self) -> None:
        """Give the memory back. Nothing runs on the stack any more."""
        if self.top == 0:
            return
        if is_checked():
            note_depth(used_of(self.top))
        if not keep(self.top):
            unmap(self.top)
        self.top = 0


@no_raise
def words_of(top: VirtAddr) -> Slice[u64]:
    return Slice[u64](Ptr[u64](top - SIZE), SIZE // 8)


@no_raise
def used_of(top: VirtAddr) -> u64:
    """Return how many bytes of a stack were used since it was filled with the pattern."""
    words = words_of(top)
    unused: u64 = 0
    while unused < len(words) and words[unused] == PATTERN:
        unused += 1
    return (len(words) - unused) * 8


@no_raise
def note_depth(bytes: u64) -> None:
    seen = deepest.load()
    while bytes > seen:
        before = seen
        seen = deepest.compare_exchange(before, bytes)
        if seen == before:
            return


@irq_safe
@no_raise
def take_kept() -> VirtAddr:
    """Return the top of a stack that was kept, 0 if there is none."""
    global kept_top, kept_count
    with lock:
        top = kept_top
        if top != 0:
            kept_top = Ptr[u64](top)[-1]
            kept_count -= 1
        return top


@irq_safe
@no_raise
def keep(top: VirtAddr) -> bool:
    """Keep a stack, unless there are enough."""
    global kept_top, kept_count
    with lock:
        if kept_count == KEPT:
            return False
        Ptr[u64](top)[-1] = kept_top
        kept_top = top
        kept_count += 1
        return True


@no_raise
def free_kept() -> None:
    """Give back the memory of all stacks that are only kept."""
    while (top := take_kept()) != 0:
        unmap(top)


def make() -> VirtAddr:
    """Return the top of a new stack.

    Raises:
        MemoryError: there is too little memory.
    """
    try:
        start = kernel_space.space.reserve(GUARD + SIZE, Protection(0))
        try:
            for offset in range(GUARD, GUARD + SIZE, u64(PAGE_SIZE)):
                put_page(start + offset)
        except MemoryError:
            unmap(start + GUARD + SIZE)
            raise
    except (ValueError, BadAddress, FileExistsError):
        assert False, "a stack is whole pages of the kernel's space"
    return start + GUARD + SIZE


def put_page(address: VirtAddr) -> None:
    frame = frames.allocate()
    try:
        kernel_space.space.put_frame(address, frame, Protection.READ | Protection.WRITE, True)
    except MemoryError:
        frames.free(frame)
        raise


@no_raise
def unmap(top: VirtAddr) -> None:
    try:
        kernel_space.space.unmap(top - SIZE - GUARD, GUARD + SIZE)
    except (ValueError, BadAddress, MemoryError):
        assert False, "a stack is whole pages of the kernel's space"
