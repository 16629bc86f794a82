"""What the kernel does first where pictures are made: threads whose turns are recorded (recorder.py)."""

from __future__ import annotations

from typing import Final

from kernel.cpu import machine
from kernel.cpu.interrupts import interrupts_disabled
from kernel.sched import accounting, kernel_thread, priority, scheduler, sleep, trace
from kernel.sched.preemption import preemption_disabled
from kernel.sched.thread import Main, Thread
from kernel.time import clock
from lang import Array, Atomic, Slice, borrow, no_raise, u8, u32, u64

MS: Final[u64] = 1_000_000
NEARLY_A_SLICE: Final[u64] = 29 * MS // 10
STALE_NS: Final[u64] = 10 * MS  # in which no timer of a slice is left of threads that were
NAPS_END: Final = Array[u64, 2](8_000_000, 46_000_000)

is_over: Atomic[bool]
ended: Atomic[u32]
began_at: u64  # the uptime


@no_raise
def run() -> None:
    try:
        share_of_three()
        sleep_twice()
        trace.finish()
    except MemoryError:
        machine.exit_emulator(1)


def share_of_three() -> None:
    """Three threads, whose weights are as 4 : 2 : 1, share the processor."""
    trace.begin(b"turns")
    preemption_disabled().__enter__()
    start("A", b"A", 32, spin)
    start("B", b"B", 16, spin)
    start("C", b"C", 8, spin)
    record(63 * MS, 3)


def sleep_twice() -> None:
    """One of four sleeps with a debt, once for short and once for long."""
    global began_at
    trace.begin(b"sleep")
    preemption_disabled().__enter__()
    start("sleeper", b"S", 32, nap)
    for _ in range(3):
        start("hog", b"H", 32, spin)
    began_at = clock.uptime()
    record(60 * MS, 4)


def start(name: str, letter: Slice[u8], weight: u32, main: Main) -> None:
    thread: Thread = kernel_thread.new(name, main, has_program=False)
    thread.entity.set_share(weight, priority.SLICE_NS)
    trace.draw(borrow(thread), letter)
    kernel_thread.let_run(thread)


@no_raise
def record(duration_ns: u64, count: u32) -> None:
    """Let them run for so long, print what was recorded, and have them end.

    They are started with preemption off, and that ends without a look at who is next, so that this thread has left before the
    first of them runs.
    """
    with interrupts_disabled():
        scheduler.preemption_depth.store(0)
    sleep.until(clock.uptime() + duration_ns)
    trace.end()
    is_over.store(True)
    while ended.load() < count:
        sleep.until(clock.uptime() + MS)
    sleep.until(clock.uptime() + STALE_NS)
    is_over.store(False)
    ended.store(0)


@no_raise
def spin() -> None:
    while not is_over.load():
        pass
    ended.fetch_add(1)


@no_raise
def nap() -> None:
    """Run for nearly a slice, and then sleep; twice."""
    for until in NAPS_END:
        end = accounting.of_thread(sleep.current()) + NEARLY_A_SLICE
        while accounting.of_thread(sleep.current()) < end:
            pass
        sleep.until(began_at + until)
    spin()
