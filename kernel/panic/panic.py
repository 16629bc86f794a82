"""The ways into a panic, and its course: report, then halt, or end the emulator with a status.

The first panic is reported in full:

    kernel panic: the reason
    when and where, and the last lines of the log
    registers, if the processor reported it
    traceback, after those of the other processors, which are stopped first
    kernel panic: the reason, again, since the last line is what is left on a screen

The reason also comes first, so that a report that fails half way has said it. Such a failure, a panic
on the same processor, is one line; the next one there stops the machine without a word. Other
processors that panic meanwhile wait for the end.

Invariants: `owner` is the number of the processor that reports, plus 1, and changes once.
Context: everywhere, NMI included; takes no lock, allocates nothing.
"""

from __future__ import annotations

from typing import Final, NoReturn

from core import trap
from core.cpu import frame as own_frame
from core.text import format
from core.text.buffer import TextBuffer
from core.trap import Location
from kernel.cpu import instructions, machine, processor
from kernel.cpu.interrupt_frame import InterruptFrame
from kernel.cpu.interrupts import interrupts_disabled
from kernel.io import serial
from kernel.log import log, screen
from kernel.panic import faults, others, report
from lang import (
    Array,
    Atomic,
    Format,
    Ptr,
    Slice,
    export,
    holds,
    i64,
    irq_safe,
    no_raise,
    u8,
    u32,
    u64,
)

FAILED: Final = 1  # the status with which an emulator ends
HEADLINE: Final = b"kernel panic: "

owner: Atomic[u32]
is_nested: bool = False  # the owner's
is_on_screen: bool = False  # the owner's


@irq_safe
@no_raise
def stop(reason: Format) -> NoReturn:
    """Die for a reason given in words."""
    with interrupts_disabled():
        storage = Array[u8, 256]()
        out = TextBuffer(storage[:], flush_hook=emit)
        is_first = begin()
        _write_reason(out, reason)
        if is_first:
            begin_report(out)
            others.write_tracebacks(out)
            report.write_traceback(out, own_frame.frame_pointer())
            _write_reason(out, reason)
        leave()


@export("__pw_trap")
@irq_safe
@no_raise
def failed_check(kind: u32, location: Ptr[Location], a: i64, b: i64) -> None:
    """Die because a check failed, at a place in the source."""
    with interrupts_disabled():
        storage = Array[u8, 256]()
        out = TextBuffer(storage[:], flush_hook=emit)
        is_first = begin()
        _write_check(out, kind, location, a, b)
        if is_first:
            begin_report(out)
            others.write_tracebacks(out)
            report.write_traceback(out, own_frame.frame_pointer())
            _write_check(out, kind, location, a, b)
        leave()


@irq_safe
@no_raise
def fault(frame: Ptr[InterruptFrame]) -> NoReturn:
    """Die because the processor refused what the kernel told it to do."""
    address = instructions.read_cr2()
    with interrupts_disabled():
        storage = Array[u8, 256]()
        out = TextBuffer(storage[:], flush_hook=emit)
        is_first = begin()
        _write_fault(out, frame, address)
        if is_first:
            begin_report(out)
            report.write_registers(out, frame)
            others.write_tracebacks(out)
            report.write_traceback_of(out, frame)
            _write_fault(out, frame, address)
        leave()


@irq_safe
@no_raise
@holds("preemption")
def begin() -> bool:
    """Return whether this is the first panic, to be reported in full, rather than one within it.

    Does not return on another processor than that which reports, or from a third panic on that.
    """
    global is_nested
    me = u32(processor.number()) + 1
    found = owner.compare_exchange(0, me)
    if found == 0:
        return True
    if found != me:
        machine.halt()
    if is_nested:
        leave()
    is_nested = True
    return False


@irq_safe
@no_raise
@holds("preemption")
def is_elsewhere() -> bool:
    """Whether another processor reports a panic."""
    found = owner.load()
    return found != 0 and found != u32(processor.number()) + 1


@irq_safe
@no_raise
@holds("preemption")
def begin_report(out: TextBuffer) -> None:
    """Begin what is more than the reason; from here on it is on the screen, too."""
    global is_on_screen
    others.stop()
    log.finish()
    screen.take_over()
    is_on_screen = True
    report.write_log(out)


@irq_safe
@no_raise
def leave() -> NoReturn:
    """End an emulator, or halt."""
    machine.exit_emulator(FAILED)
    machine.halt()


@irq_safe
@no_raise
def emit(text: Slice[u8]) -> None:
    serial.write(text)
    if is_on_screen and not is_nested:
        screen.write(text)


def _write_reason(out: TextBuffer, reason: Format) -> None:
    out.write(HEADLINE)
    reason.write_to(out)
    _end_line(out)


def _write_check(out: TextBuffer, kind: u32, location: Ptr[Location], a: i64, b: i64) -> None:
    out.write(HEADLINE)
    trap.report(out, kind, location, a, b)
    _end_line(out)


def _write_fault(out: TextBuffer, frame: Ptr[InterruptFrame], address: u64) -> None:
    out.write(HEADLINE)
    faults.describe(out, frame, address)
    out.write(b", at ")
    format.write_address(out, frame.rip)
    _end_line(out)


def _end_line(out: TextBuffer) -> None:
    out.write(b"\n")
    out.flush()
