"""Page faults that the kernel answers: the first touch of a page that an address space promised.

Context: on the page fault stack, with interrupts off. Whoever holds a space's lock touches no promised
page of that space.

Source: Intel SDM volume 3A, section 4.7 (page-fault exceptions).
"""

from __future__ import annotations

from enum import IntFlag

from kernel.mem import kernel_space
from kernel.mem.address_space import Protection
from kernel.mem.layout import VirtAddr
from lang import irq_safe, no_raise, over, u64


@over(u64)
class PageFault(IntFlag):
    """The error code of a page fault."""

    PRESENT = 1 << 0  # the page is there, and forbids it
    WRITE = 1 << 1
    USER = 1 << 2
    RESERVED = 1 << 3  # a bit is set in a page table that must be 0
    EXECUTE = 1 << 4


@irq_safe
@no_raise
def answer(address: VirtAddr, error: PageFault) -> bool:
    """Return whether what faulted may be tried again, since the page is there now.

    error: the error code.
    """
    if error & (PageFault.PRESENT | PageFault.RESERVED) != 0:
        return False
    try:
        return kernel_space.space.fault(address, _needed(error))
    except MemoryError:
        return False


@irq_safe
@no_raise
def _needed(error: PageFault) -> Protection:
    if error & PageFault.EXECUTE != 0:
        return Protection.EXECUTE
    return Protection.WRITE if error & PageFault.WRITE != 0 else Protection.READ
