"""Dispatch: leads each interrupt to whoever deals with it."""

from __future__ import annotations

from kernel.cpu.interrupt_frame import InterruptFrame
from kernel.cpu.vectors import EXCEPTIONS, Vector
from kernel.interrupt import exceptions
from kernel.panic import panic
from lang import Ptr, export, no_raise


@export("interrupt_dispatch")
@no_raise
def dispatch(frame: Ptr[InterruptFrame]) -> None:
    """Deal with one interrupt. Interrupts are off, and the frame is complete."""
    if frame.vector < EXCEPTIONS:
        exceptions.handle(frame)
    elif frame.vector != Vector.SPURIOUS:
        panic.unexpected_interrupt(frame)
