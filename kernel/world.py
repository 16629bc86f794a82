"""The world of the kernel: what a failed check does when there is nobody to catch it.

It prints the place and the reason on the serial port and stops the machine.
"""

from __future__ import annotations

from core import trap
from core.text.buffer import TextBuffer
from core.trap import Location
from core.world import without_heap  # noqa: F401 - its hooks are this world's
from kernel.cpu import machine
from kernel.io import serial
from lang import Array, Ptr, export, i64, no_raise, u8, u32

FAILED = 1  # the status with which an emulator ends


@export("__pw_trap")
@no_raise
def stop(kind: u32, location: Ptr[Location], a: i64, b: i64) -> None:
    """Report a failed check, and stop."""
    storage = Array[u8, 256]()
    out = TextBuffer(storage[:])
    trap.report(out, kind, location, a, b)
    serial.write(b"kernel stopped: ")
    serial.write(out.text())
    serial.write(b"\n")
    machine.exit_emulator(FAILED)
    machine.halt()


@export("__pw_trace")
@no_raise
def trace(location: Ptr[Location]) -> None:
    """An exception passes here; nothing is recorded before there are threads to record it for."""
