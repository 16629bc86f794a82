"""Exceptions: what the processor reports about the instruction that it was executing.

In the kernel every one of them is a defect, and the end: the kernel's own mistakes are not survived,
they are reported (kernel/panic).

Source: Intel SDM volume 3A, section 6.15.
"""

from __future__ import annotations

from kernel.cpu.interrupt_frame import InterruptFrame
from kernel.panic import panic
from lang import Ptr, no_raise


@no_raise
def handle(frame: Ptr[InterruptFrame]) -> None:
    """Deal with an exception; returns if the interrupted code may go on."""
    panic.fault(frame)
