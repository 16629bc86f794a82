"""The world of the kernel: what the compiler calls by name.

A failed check, for which nobody is there to catch an exception, ends in a panic.
"""

from __future__ import annotations

from core.trap import Location
from kernel.mem import objects  # noqa: F401 - it has __pw_allocate and its like
from kernel.panic import panic  # noqa: F401 - it has __pw_trap
from lang import Ptr, export, no_raise


@export("__pw_trace")
@no_raise
def trace(location: Ptr[Location]) -> None:
    """An exception passes here; nothing is recorded before there are threads to record it for."""
