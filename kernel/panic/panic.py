"""The ways into a panic, and its course: report, then halt, or end the emulator with a status.

The first panic reports everything. A panic while another is under way on the same processor writes one
line, and a third stops the machine without a word.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from core import trap
from core.cpu import frame as own_frame
from core.text import format
from core.text.buffer import TextBuffer
from core.trap import Location
from kernel.cpu import instructions, machine
from kernel.cpu.interrupt_frame import InterruptFrame
from kernel.io import serial
from kernel.panic import faults, report
from lang import Array, Atomic, Format, Ptr, Slice, export, i64, irq_safe, no_raise, over, u8, u32

FAILED: Final = 1  # the status with which an emulator ends
HEADLINE: Final = b"kernel panic: "


@over(u32)
class Depth(IntEnum):
    """How many panics had begun before this one."""

    FIRST = 0
    NESTED = 1


panics: Atomic[u32]


@irq_safe
@no_raise
def stop(reason: Format) -> None:
    """Die for a reason given in words."""
    depth = begin()
    storage = Array[u8, 256]()
    out = TextBuffer(storage[:], flush_hook=emit)
    if depth == Depth.FIRST:
        report.write_traceback(out, own_frame.frame_pointer())
    out.write(HEADLINE)
    reason.write_to(out)
    finish(out)


@export("__pw_trap")
@irq_safe
@no_raise
def failed_check(kind: u32, location: Ptr[Location], a: i64, b: i64) -> None:
    """Die because a check failed, at a place in the source."""
    depth = begin()
    storage = Array[u8, 256]()
    out = TextBuffer(storage[:], flush_hook=emit)
    if depth == Depth.FIRST:
        report.write_traceback(out, own_frame.frame_pointer())
    out.write(HEADLINE)
    trap.report(out, kind, location, a, b)
    finish(out)


@irq_safe
@no_raise
def fault(frame: Ptr[InterruptFrame]) -> None:
    """Die because the processor refused what the kernel told it to do."""
    address = instructions.read_cr2()
    depth = begin()
    storage = Array[u8, 256]()
    out = TextBuffer(storage[:], flush_hook=emit)
    if depth == Depth.FIRST:
        report.write_registers(out, frame)
        report.write_traceback_of(out, frame)
    out.write(HEADLINE)
    faults.describe(out, frame, address)
    if depth != Depth.FIRST:
        out.write(b" at ")
        format.write_address(out, frame.rip)
    finish(out)


@irq_safe
@no_raise
def unexpected_interrupt(frame: Ptr[InterruptFrame]) -> None:
    """Die because of an interrupt that nobody asked for."""
    stop(f"interrupt {frame.vector} came, which nobody asked for")


@irq_safe
@no_raise
def begin() -> u32:
    """Keep interrupts away, and return the depth of this panic; a third one ends here."""
    instructions.disable_interrupts()
    depth = panics.fetch_add(1)
    if depth > Depth.NESTED:
        leave()
    return depth


@irq_safe
@no_raise
def finish(out: TextBuffer) -> None:
    out.write(b"\n")
    out.flush()
    leave()


@irq_safe
@no_raise
def leave() -> None:
    """End an emulator, or halt."""
    machine.exit_emulator(FAILED)
    machine.halt()


@irq_safe
@no_raise
def emit(text: Slice[u8]) -> None:
    serial.write(text)
