"""The world of the kernel: what a failed check does when there is nobody to catch it.

It prints a traceback and the reason on the serial port and stops the machine.
"""

from __future__ import annotations

from core import backtrace, trap
from core.cpu import frame
from core.symbols import Symbols
from core.text.buffer import TextBuffer
from core.trap import Location
from core.world import without_heap  # noqa: F401 - its hooks are this world's
from kernel.cpu import machine
from kernel.io import serial
from lang import Array, Ptr, Slice, export, i64, irq_safe, no_raise, symbol_address, u8, u32

FAILED = 1  # the status with which an emulator ends

is_stopping: bool = False


@export("__pw_trap")
@no_raise
def stop(kind: u32, location: Ptr[Location], a: i64, b: i64) -> None:
    """Report a failed check, and stop; at once if it failed while another was reported."""
    global is_stopping
    if is_stopping:
        machine.exit_emulator(FAILED)
        machine.halt()
    is_stopping = True

    storage = Array[u8, 256]()
    out = TextBuffer(storage[:], flush_hook=_print)
    image = symbol_address("__image_start")
    backtrace.write(out, _symbols(), image, frame.frame_pointer())
    out.write(b"kernel stopped: ")
    trap.report(out, kind, location, a, b)
    out.write(b"\n")
    out.flush()
    machine.exit_emulator(FAILED)
    machine.halt()


@export("__pw_trace")
@no_raise
def trace(location: Ptr[Location]) -> None:
    """An exception passes here; nothing is recorded before there are threads to record it for."""


def _symbols() -> Symbols:
    """Return the table that the compiler put into this image."""
    start, end = symbol_address("__symbols_start"), symbol_address("__symbols_end")
    return Symbols(Slice[u8](Ptr[u8](start), end - start))


@irq_safe
@no_raise
def _print(text: Slice[u8]) -> None:
    serial.write(text)
