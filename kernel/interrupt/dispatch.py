"""Dispatch: leads each interrupt to whoever deals with it.

An exception is what the processor reports about the instruction that it was executing. In the kernel
every one of them is a defect, and the end: the kernel's own mistakes are not survived, but reported.
But for page faults on what was promised, which make the page.

Source: Intel SDM volume 3A, section 6.15.
"""

from __future__ import annotations

from kernel.cpu import instructions
from kernel.cpu.interrupt_frame import InterruptFrame
from kernel.cpu.vectors import EXCEPTIONS, Vector
from kernel.mem import page_fault
from kernel.mem.page_fault import PageFault
from kernel.panic import panic
from lang import Ptr, export, no_raise


@export("interrupt_dispatch")
@no_raise
def dispatch(frame: Ptr[InterruptFrame]) -> None:
    """Deal with one interrupt. Interrupts are off, and the frame is complete."""
    if frame.vector == Vector.PAGE_FAULT:
        address = instructions.read_cr2()
        if not page_fault.answer(address, PageFault(frame.error)):
            panic.fault(frame)
    elif frame.vector < EXCEPTIONS:
        panic.fault(frame)
    elif frame.vector != Vector.SPURIOUS:
        panic.stop(f"interrupt {frame.vector} came, which nobody asked for")
