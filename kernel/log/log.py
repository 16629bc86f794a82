"""The log's functions, and where its lines go.

    log.info(f"{count} processors")     what happened
    log.warning(f"...")                 something is not as it should be, and the kernel goes on
    log.error(f"...")                   something failed
    log.debug(f"...")                   for whoever looks for a mistake; shown only if asked for

The text goes directly into the processor's ring, formatted there, and from there to the serial port,
the screen, and what is kept. A line begins in lower case and gives the value.
"""

from __future__ import annotations

from typing import Final

from core.text.buffer import TextBuffer
from kernel.cpu import processor
from kernel.cpu.interrupts import interrupts_disabled
from kernel.io import serial
from kernel.log import kept, level, screen
from kernel.log.level import Level
from kernel.log.merge import Lines
from kernel.log.ring import TEXT_SIZE, Line, LineRing
from kernel.time import clock
from lang import Array, Format, PerCpu, Ptr, Slice, holds, irq_safe, no_raise, u8, u64

HEAD_SIZE: Final = 40  # more than a line's head and its end ever take
NS_PER_MS: Final = 1_000_000
NEWLINE: Final[u8] = 10
REPEATED: Final = 1024  # bytes of what is kept, at a time

ring: PerCpu[LineRing]
lines: Lines


@holds("preemption")
@no_raise
def join() -> None:
    """Let this processor write lines; the first thing that each does."""
    lines.add_ring(processor.number(), ring.here())


@irq_safe
@no_raise
def debug(text: Format) -> None:
    write(Level.DEBUG, text)


@irq_safe
@no_raise
def info(text: Format) -> None:
    write(Level.INFO, text)


@irq_safe
@no_raise
def warning(text: Format) -> None:
    write(Level.WARNING, text)


@irq_safe
@no_raise
def error(text: Format) -> None:
    write(Level.ERROR, text)


@irq_safe
@no_raise
def write(importance: Level, text: Format) -> None:
    """Write a line, and show it unless somebody is showing lines and will come to it."""
    if not level.is_wanted(importance):
        return
    with interrupts_disabled():
        lines.put(processor.number(), clock.uptime(), importance, text)
    lines.take_all(show)


@no_raise
def repeat_on_screen() -> None:
    """Write onto the screen, which is new, what was said before there was one."""
    storage = Array[u8, REPEATED]()
    position: u64 = 0
    while True:
        piece = kept.read(position, storage[:])
        if piece.length == 0:
            return
        screen.write(storage[: piece.length])
        position = piece.position + piece.length


@irq_safe
@no_raise
def finish() -> None:
    """Show all lines, whoever was at it: it has stopped, and the kernel dies."""
    lines.take_in_order(show)


@irq_safe
@no_raise
def show(line: Ptr[Line], lost: u64) -> None:
    """Write a line to wherever lines go, after saying how many its processor lost before it."""
    storage = Array[u8, HEAD_SIZE + TEXT_SIZE]()
    out = TextBuffer(storage[:])
    if lost > 0:
        _write_head(out, line, Level.WARNING)
        _write(out, f"{lost} lines are lost, for they came faster than they could be shown\n")
        _emit(out.text(), Level.WARNING)
        out.clear()
    _write_head(out, line, line.level)
    out.write(line.text[: line.length])
    out.write_byte(NEWLINE)
    _emit(out.text(), line.level)


def _write_head(out: TextBuffer, line: Ptr[Line], importance: Level) -> None:
    time_ms = line.time_ns // NS_PER_MS
    _write(out, f"[{time_ms // 1000:4}.{time_ms % 1000:03}-{line.processor:02X}-")
    out.write_byte(level.LETTERS[importance])
    out.write(b"] ")


def _write(out: TextBuffer, text: Format) -> None:
    text.write_to(out)


def _emit(text: Slice[u8], importance: Level) -> None:
    kept.append(text)
    if level.is_for_console(importance):
        serial.write(text)
        screen.write(text)
