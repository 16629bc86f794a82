"""An exception of the processor in words: `page fault: writing to 0x8, where nothing is mapped`.

Source: Intel SDM volume 3A, section 6.15; the error code of a page fault: section 4.7.
"""

from __future__ import annotations

from typing import Final

from core.text import format
from core.text.buffer import TextBuffer
from kernel.cpu.interrupt_frame import InterruptFrame
from kernel.cpu.vectors import Vector
from kernel.mem.page_fault import PageFault
from lang import Ptr, Slice, irq_safe, no_raise, u8, u64

NULL_AREA: Final[u64] = 0x1_0000  # addresses that a field or element of None would have


STACK_REACH: Final[u64] = 0x1000  # a function touches each page of its frame


@irq_safe
@no_raise
def describe(out: TextBuffer, frame: Ptr[InterruptFrame], address: u64) -> None:
    """Write what happened. address: CR2, which a page fault sets."""
    out.write(name_of(frame.vector))
    if frame.vector == Vector.PAGE_FAULT:
        _describe_page_fault(out, PageFault(frame.error), address, frame.rsp)
    elif frame.error != 0:
        out.write(b", error code ")
        format.write_address(out, frame.error)
        if frame.vector == Vector.GENERAL_PROTECTION or frame.vector == Vector.STACK_FAULT:
            out.write(b" (a selector)")


@irq_safe
@no_raise
def name_of(vector: u64) -> Slice[u8]:
    match vector:
        case Vector.DIVIDE_ERROR:
            return b"division by zero, or its result does not fit"
        case Vector.DEBUG:
            return b"debug exception"
        case Vector.NMI:
            return b"non-maskable interrupt: the hardware reports a fault"
        case Vector.BREAKPOINT:
            return b"breakpoint"
        case Vector.OVERFLOW:
            return b"overflow"
        case Vector.BOUND_RANGE:
            return b"bound range exceeded"
        case Vector.INVALID_OPCODE:
            return b"invalid instruction"
        case Vector.DEVICE_NOT_AVAILABLE:
            return b"no floating point unit"
        case Vector.DOUBLE_FAULT:
            return (
                b"double fault: an exception could not be handled, most likely the stack is used up"
            )
        case Vector.INVALID_TSS:
            return b"invalid task state segment"
        case Vector.SEGMENT_NOT_PRESENT:
            return b"segment not present"
        case Vector.STACK_FAULT:
            return b"stack fault: the stack pointer is no address"
        case Vector.GENERAL_PROTECTION:
            return b"general protection fault: a wild address, or a privileged instruction"
        case Vector.PAGE_FAULT:
            return b"page fault: "
        case Vector.FLOATING_POINT:
            return b"floating point error"
        case Vector.ALIGNMENT_CHECK:
            return b"unaligned access"
        case Vector.MACHINE_CHECK:
            return b"machine check: the hardware reports a fault"
        case Vector.SIMD_FLOATING_POINT:
            return b"SIMD floating point error"
        case Vector.VIRTUALISATION:
            return b"virtualisation exception"
        case Vector.CONTROL_PROTECTION:
            return b"control flow protection"
    return b"unexpected exception"


def _describe_page_fault(out: TextBuffer, error: PageFault, address: u64, rsp: u64) -> None:
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
    elif rsp & ~(STACK_REACH - 1) == (address & ~(STACK_REACH - 1)) + STACK_REACH or rsp == address:
        out.write(b", just below the stack: it is used up")
    else:
        out.write(b", where nothing is mapped")
