"""The other processors in a panic: they are stopped before the report, and say what they were doing.

A non-maskable interrupt reaches them even if they have interrupts off. Its handler leaves its frame where
the report looks for it, and halts for ever; its stack is that processor's alone, so the frame stays.

A processor that does not stop within WAIT_NS is left out: it may be the one that is broken. Those that had
nothing to do are only counted.
"""

from __future__ import annotations

from typing import Final, NoReturn

from core.text.buffer import TextBuffer
from kernel.cpu import machine, processor
from kernel.cpu.interrupt_frame import InterruptFrame
from kernel.cpu.interrupts import INTERRUPT_FLAG
from kernel.interrupt import controller, ipi
from kernel.panic import places, report
from kernel.time import clock
from lang import (
    Array,
    Atomic,
    Format,
    Ptr,
    holds,
    irq_safe,
    no_raise,
    spin_hint,
    u8,
    u16,
    u64,
)

WAIT_NS: Final[u64] = 100_000_000
MOST_LOOKS: Final = 10_000_000  # where no time passes
HALT: Final[u8] = 0xF4  # the instruction before the one at which a halted processor would go on

frames: Array[Atomic[Ptr[InterruptFrame] | None], processor.LIMIT]  # of those that stopped


@irq_safe
@no_raise
@holds("preemption")
def stop() -> None:
    """Stop all other processors, and wait for them a while."""
    me = processor.number()
    online = ipi.all_online()
    online.remove(me)
    for number in range(u16(processor.LIMIT)):
        if number in online:
            controller.send_nmi(number)
    start = clock.uptime()
    for number in range(u16(processor.LIMIT)):
        if number in online:
            _wait_for(number, start + WAIT_NS)


@irq_safe
@no_raise
@holds("preemption")
def stop_here(frame: Ptr[InterruptFrame]) -> NoReturn:
    """Be stopped by the processor that reports."""
    frames[processor.number()].store(frame)
    machine.halt()


@irq_safe
@no_raise
def write_tracebacks(out: TextBuffer) -> None:
    """Write what each processor that was stopped was doing, if it was doing something."""
    idle: u64 = 0
    for number in range(u16(processor.LIMIT)):
        frame = frames[number].load()
        if frame is None:
            continue
        if is_idle(frame):
            idle += 1
        else:
            _write(out, f"processor {number}: ")
            report.write_traceback_of(out, frame)
    if idle > 0:
        _write(out, f"other processors that had nothing to do: {idle}\n")


@irq_safe
@no_raise
def is_idle(frame: Ptr[InterruptFrame]) -> bool:
    """Whether a processor was waiting for an interrupt, and not halted because it died, too."""
    is_waiting = frame.rflags & INTERRUPT_FLAG != 0
    return is_waiting and places.is_in_image(frame.rip) and Ptr[u8](frame.rip - 1)[0] == HALT


def _wait_for(number: u16, deadline: u64) -> None:
    for _ in range(MOST_LOOKS):
        if frames[number].load() is not None or clock.uptime() > deadline:
            return
        spin_hint()


def _write(out: TextBuffer, text: Format) -> None:
    text.write_to(out)
