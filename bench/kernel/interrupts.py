"""Interrupts, time, locks and the log."""

from __future__ import annotations

from kernel.interrupt import ipi
from kernel.io import serial
from kernel.log import log, screen
from kernel.sync.spin_lock import SpinLock
from kernel.time import clock, timers
from kernel.time.timer_queue import Timer
from lang import Ptr, asm, irq_safe, no_raise, u64

lock: SpinLock
timer: Timer
total: u64  # of results that nobody needs, which otherwise would not be computed


def bench_interrupt(rounds: u64) -> None:
    """From the interrupted code to a handler that finds nothing to do, and back."""
    for _ in range(rounds):
        asm("int $$0xfd", inputs=[], outputs=[], clobbers=["memory"])


def bench_call_to_self(rounds: u64) -> None:
    for _ in range(rounds):
        ipi.run_on(ipi.all_online(), nothing)


def bench_uptime(rounds: u64) -> None:
    global total
    for _ in range(rounds):
        total |= clock.uptime()


def bench_timer_start_stop(rounds: u64) -> None:
    """The only timer, so that the device is set each time."""
    for _ in range(rounds):
        timers.start(timer, clock.uptime() + clock.NS_PER_SECOND, ignore)
        timers.stop(timer)


def bench_spin_lock(rounds: u64) -> None:
    for _ in range(rounds):
        with lock:
            pass


def bench_log_line(rounds: u64) -> None:
    """A line with two numbers, kept; the devices that show it have their own speed."""
    is_there, pixels = serial.is_there, screen.grid.pixels
    serial.is_there = False
    screen.grid.pixels = None
    for round in range(rounds):
        log.info(f"{round} of {rounds} lines")
    serial.is_there = is_there
    screen.grid.pixels = pixels


@irq_safe
@no_raise
def nothing(argument: u64) -> None:
    """Answer."""


@irq_safe
@no_raise
def ignore(expired: Ptr[Timer]) -> None:
    """The deadline is never reached."""
