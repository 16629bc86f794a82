"""The world of the boot loader: a failed check is printed on the firmware's console, and stops it."""

from __future__ import annotations

from boot import console
from core import trap
from core.text.buffer import TextBuffer
from core.trap import Location
from core.world import without_heap  # noqa: F401 - its hooks are this world's
from lang import Array, Ptr, export, i64, no_raise, u8, u32


@export("__pw_trap")
@no_raise
def stop(kind: u32, location: Ptr[Location], a: i64, b: i64) -> None:
    """Report a failed check, and stop."""
    storage = Array[u8, 256]()
    out = TextBuffer(storage[:])
    trap.report(out, kind, location, a, b)
    console.print_line(b"the boot loader stopped:")
    console.print_line(out.text())
    console.halt()


@export("__pw_trace")
@no_raise
def trace(location: Ptr[Location]) -> None:
    """An exception passes here; the loader handles its own where they arise."""
