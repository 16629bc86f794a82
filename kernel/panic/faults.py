"""An exception of the processor in words: `page fault: writing to 0x8, where nothing is mapped`.

Source: Intel SDM volume 3A, section 6.15; the error code of a page fault: section 4.7.
"""

from __future__ import annotations

from enum import IntFlag
from typing import Final

from core.text import format
from core.text.buffer import TextBuffer
from kernel.cpu.interrupt_frame import InterruptFrame
from kernel.cpu.vectors import Vector
from lang import Ptr, Slice, irq_safe, no_raise, over, u8, u64

NULL_AREA: Final[u64] = 0x1_0000  # addresses that a field or element of None would have
CANONICAL_BITS: Final = 47


@over(u64)
class PageFault(IntFlag):
    """The error code."""

    PRESENT = 1 << 0  # the page is there, and forbids it
    WRITE = 1 << 1
    USER = 1 << 2
    RESERVED = 1 << 3  # a bit is set in a page table that must be 0
    EXECUTE = 1 << 4


@irq_safe
@no_raise
def describe(out: TextBuffer, frame: Ptr[InterruptFrame], address: u64) -> None:
    """Write what happened. address: CR2, which a page fault sets."""
    out.write(name_of(frame.vector))
    if frame.vector == Vector.PAGE_FAULT:
        _describe_page_fault(out, frame.error, address)
    elif frame.error != 0:
        out.write(b", error code ")
        format.write_address(out, frame.error)
        if frame.vector == Vector.GENERAL_PROTECTION or frame.vector == Vector.STACK_FAULT:
            out.write(b" (a selector)")


@irq_safe
@no_raise
def name_of(vector: u64) -> Slice[u8]:
    match vector:
        case 0:
            return b"division by zero, or its result does not fit"
        case 1:
            return b"debug exception"
        case 2:
            return b"non-maskable interrupt: the hardware reports a fault"
        case 3:
            return b"breakpoint"
        case 4:
            return b"overflow"
        case 5:
            return b"bound range exceeded"
        case 6:
            return b"invalid instruction"
        case 7:
            return b"no floating point unit"
        case 8:
            return (
                b"double fault: an exception could not be handled, most likely the stack is used up"
            )
        case 10:
            return b"invalid task state segment"
        case 11:
            return b"segment not present"
        case 12:
            return b"stack fault: the stack pointer is no address"
        case 13:
            return b"general protection fault: a wild address, or a privileged instruction"
        case 14:
            return b"page fault: "
        case 16:
            return b"floating point error"
        case 17:
            return b"unaligned access"
        case 18:
            return b"machine check: the hardware reports a fault"
        case 19:
            return b"SIMD floating point error"
        case 20:
            return b"virtualisation exception"
        case 21:
            return b"control flow protection"
    return b"unexpected exception"


def _describe_page_fault(out: TextBuffer, error: u64, address: u64) -> None:
    if error & PageFault.EXECUTE != 0:
        out.write(b"executing at ")
    elif error & PageFault.WRITE != 0:
        out.write(b"writing to ")
    else:
        out.write(b"reading from ")
    format.write_address(out, address)
    if address < NULL_AREA:
        out.write(b", near address 0: something was used that is not there")
    elif error & PageFault.RESERVED != 0:
        out.write(b", whose page table entry is corrupt")
    elif error & PageFault.PRESENT != 0:
        out.write(b", which its page forbids")
    else:
        out.write(b", where nothing is mapped")
