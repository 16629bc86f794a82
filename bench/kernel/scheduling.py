"""The run queue by itself, and threads that give way, wake each other, and live."""

from __future__ import annotations

from typing import Final

from kernel.sched import kernel_thread, sleep
from kernel.sched.eevdf import Entity, RunQueue
from kernel.sched.thread import Thread
from lang import Array, Atomic, Ptr, no_raise, u32, u64

ENTITIES: Final = 100
SLICE_NS: Final[u64] = 3_000_000

queue: RunQueue
entities: Array[Entity, ENTITIES]
is_filled: bool = False

is_over: Atomic[bool]
caller: Atomic[Ptr[Thread] | None]
answerer: Atomic[Ptr[Thread] | None]
ended: Atomic[u64]


def bench_run_queue_turn(rounds: u64) -> None:
    """A slice ends among 100: charge, and pick another."""
    fill()
    for _ in range(rounds):
        queue.charge(queue.charged_at + SLICE_NS)
        queue.pick()


def bench_run_queue_sleep_wake(rounds: u64) -> None:
    """One of 100 leaves the queue, the next runs a while, and it comes back."""
    fill()
    for _ in range(rounds):
        running = queue.running
        if running is None:
            return
        queue.leave(running[0])
        queue.pick()
        queue.charge(queue.charged_at + SLICE_NS)
        queue.join(running[0])
        queue.pick()


def bench_yield_alone(rounds: u64) -> None:
    for _ in range(rounds):
        sleep.yield_processor()


def bench_yield_switch(rounds: u64) -> None:
    """Two threads take turns; one round is one turn."""
    begin_partner("other", yield_for_ever)
    for _ in range(rounds // 2):
        sleep.yield_processor()
    end_partner()


def bench_wake_switch(rounds: u64) -> None:
    """Two threads wake each other and sleep; one round is one wake-up and one switch."""
    caller.store(sleep.current())
    sleep.begin_sleep()
    begin_partner("other", answer_for_ever)
    sleep.block(sleep.NEVER)
    for _ in range(rounds // 2):
        hand_over(answerer)
    is_over.store(True)
    hand_over(answerer)
    end_partner()


def bench_thread_life(rounds: u64) -> None:
    """A thread starts, and ends at once."""
    for _ in range(rounds):
        begin_partner("short", end_at_once)
        end_partner()


def fill() -> None:
    """Let 100 entities be in the queue, one of which runs."""
    global is_filled
    if is_filled:
        return
    is_filled = True
    for index in range(ENTITIES):
        entities[index].set_share(1 + u32(index) % 64, SLICE_NS)
        queue.join(entities[index])
    queue.pick()


def begin_partner(name: str, main: kernel_thread.Main) -> None:
    is_over.store(False)
    ended.store(0)
    kernel_thread.start(name, main)


@no_raise
def end_partner() -> None:
    is_over.store(True)
    while ended.load() == 0:
        sleep.yield_processor()


@no_raise
def yield_for_ever() -> None:
    while not is_over.load():
        sleep.yield_processor()
    ended.store(1)


@no_raise
def answer_for_ever() -> None:
    answerer.store(sleep.current())
    while not is_over.load():
        hand_over(caller)
    ended.store(1)
    wake(caller)


@no_raise
def hand_over(to: Atomic[Ptr[Thread] | None]) -> None:
    """Wake another thread, and sleep until it does the same."""
    sleep.begin_sleep()
    wake(to)
    sleep.block(sleep.NEVER)


@no_raise
def wake(whom: Atomic[Ptr[Thread] | None]) -> None:
    if (thread := whom.load()) is not None:
        sleep.wake(thread)


@no_raise
def end_at_once() -> None:
    ended.store(1)
