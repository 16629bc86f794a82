"""The TLB: makes processors forget translations, and frees pages only once all have forgotten them.

An unmapped page may still be used through a translation that a processor remembers. So whoever unmaps
puts the pages aside, in a Gather, and lets them go after the translations:

    clear the entries, put the pages aside      again and again, until the gather is full or all is done
    forget the translations                     on this processor, and on the others
    free the pages

Tables are put aside the same way, since processors remember those, too.

Source: Intel SDM volume 3A, section 4.10 (caching translation information).
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import control, instructions, processor
from kernel.cpu.interrupts import interrupts_disabled
from kernel.interrupt import ipi
from kernel.mem import frames
from kernel.mem.layout import PAGE_SIZE, PhysAddr, VirtAddr
from lang import Array, Ptr, address_of, irq_safe, no_raise, struct, u32, u64, usize

LARGE: Final[u64] = 1  # the level of an entry for 2 MiB
LARGE_PAGES: Final = 512
FEW_PAGES: Final = 32  # up to these are forgotten one by one


@struct
class Gather:
    """What to forget and to free: pages, and the addresses from `start` to `end` that led to them."""

    start: VirtAddr
    end: VirtAddr  # start == end: nothing was unmapped yet
    count: usize
    pages: Array[PhysAddr, 64]  # of 2 MiB where the lowest bit is set

    @irq_safe
    @no_raise
    def forget(self, start: VirtAddr, end: VirtAddr) -> None:
        """Have translations forgotten at the next flush."""
        if self.start == self.end:
            self.start = start
            self.end = end
            return
        self.start = min(self.start, start)
        self.end = max(self.end, end)

    @irq_safe
    @no_raise
    def add(self, page: PhysAddr, level: u32) -> None:
        """Put a page of an entry of a level aside; its translations are among those to forget."""
        if self.count == len(self.pages):
            self.flush()
        self.pages[self.count] = page | level
        self.count += 1

    @irq_safe
    @no_raise
    def flush(self) -> None:
        """Forget the translations, then free the pages."""
        if self.start != self.end:
            forget(self.start, self.end)
        for index in range(self.count):
            page = self.pages[index]
            if page & LARGE != 0:
                frames.free_contiguous(page - LARGE, LARGE_PAGES)
            else:
                frames.free(page)
        self.count = 0
        self.start = 0
        self.end = 0


@struct
class Range:
    start: VirtAddr
    end: VirtAddr


@irq_safe
@no_raise
def forget(start: VirtAddr, end: VirtAddr) -> None:
    """Have all processors forget the translations of a range, its tables included."""
    with interrupts_disabled():
        forget_here(start, end)
        others = ipi.all_online()
        others.remove(processor.number())
        range = Range(start, end)
        ipi.run_on(others, forget_as_asked, address_of(range).address)


@irq_safe
@no_raise
def forget_as_asked(range: u64) -> None:
    """Forget the translations of a Range at an address."""
    asked = Ptr[Range](range)
    forget_here(asked.start, asked.end)


@irq_safe
@no_raise
def forget_here(start: VirtAddr, end: VirtAddr) -> None:
    """Forget the translations of a range on this processor."""
    if (end - start) // PAGE_SIZE > FEW_PAGES:
        control.forget_all_translations()
        return
    page = start
    while page < end:
        instructions.invalidate_page(page)
        page += PAGE_SIZE
