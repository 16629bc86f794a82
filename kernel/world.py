"""The world of the kernel: what the compiler calls by name.

A failed check, for which nobody is there to catch an exception, ends in a panic.
"""

from __future__ import annotations

from core.object import Dying
from core.trap import Location
from kernel.cpu import running
from kernel.mem import objects  # noqa: F401 - it has __pw_allocate and its like
from kernel.panic import panic  # noqa: F401 - it has __pw_trap
from kernel.sched.thread import Thread
from lang import Ptr, address_of, export, no_raise


@export("__pw_trace")
@no_raise
def trace(location: Ptr[Location]) -> None:
    """An exception passes here; nothing is recorded before there are threads to record it for."""


before_threads: Dying


@export("__pw_dying")
@no_raise
def dying() -> Ptr[Dying] | None:
    """Return the objects that the running thread is ending."""
    thread = running.get()
    if thread == 0:
        return address_of(before_threads)
    return address_of(Ptr[Thread](thread).dying)
