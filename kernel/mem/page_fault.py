"""Page faults that the kernel answers: the first touch of a page that an address space promised, the
kernel's own or that of the program whose memory is loaded.

Context: on the page fault stack, with interrupts off. Whoever holds a space's lock touches no promised
page of that space.

Source: Intel SDM volume 3A, section 4.7 (page-fault exceptions).
"""

from __future__ import annotations

from enum import IntFlag

from kernel.mem import kernel_space, user_copy, user_space
from kernel.mem.address_space import Protection
from kernel.mem.layout import USER_END, VirtAddr
from lang import address_of, holds, irq_safe, no_raise, over, u64


@over(u64)
class PageFault(IntFlag):
    """The error code of a page fault."""

    PRESENT = 1 << 0  # the page is there, and forbids it
    WRITE = 1 << 1
    USER = 1 << 2
    RESERVED = 1 << 3  # a bit is set in a page table that must be 0
    EXECUTE = 1 << 4
    NO_MEMORY = 1 << 62  # the kernel's own addition: the page was promised, but there is no memory


@irq_safe
@holds("preemption")
def answer(address: VirtAddr, error: PageFault, instruction: u64) -> bool:
    """Return whether what faulted may be tried again, since the page is there now.

    error: the error code. instruction: that faulted; of the kernel's only those that copy may touch what
    is a program's.

    Raises:
        MemoryError: it is promised, but there is no memory for it.
    """
    if error & (PageFault.PRESENT | PageFault.RESERVED) != 0:
        return False
    space = address_of(kernel_space.space)
    if address < USER_END:
        if error & PageFault.USER == 0 and not user_copy.is_copying(instruction):
            return False
        programs = user_space.current()
        if programs is None:
            return False
        space = programs
    elif error & PageFault.USER != 0:
        return False
    return space.fault(address, _needed(error))


@irq_safe
@no_raise
def _needed(error: PageFault) -> Protection:
    if error & PageFault.EXECUTE != 0:
        return Protection.EXECUTE
    return Protection.WRITE if error & PageFault.WRITE != 0 else Protection.READ
