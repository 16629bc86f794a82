"""Mutex: mutual exclusion for code that may sleep.

The lock is one word:

    FREE       nobody holds it
    HELD       somebody does, and nobody waits
    CONTENDED  somebody does, and somebody may wait

Taking a free mutex and releasing one that nobody waits for are one atomic operation each. Who finds it held marks it
CONTENDED and waits, after a moment in which its holder, on another processor, may be through with it; a thread that was
woken takes it as CONTENDED, since others may wait, too. Whoever comes first takes the mutex: a thread that runs need not
wait until one that was woken does.

Proof that no release is missed: a waiter marks CONTENDED after it has joined the queue; a release that sees HELD came
before that mark, which then found FREE; one that sees CONTENDED wakes a waiter.

Context: where one may sleep. Source: Drepper, "Futexes Are Tricky", 2011, section 5.
"""

from __future__ import annotations

from typing import Final

from kernel.sched import scheduler, sleep
from kernel.sync import contention, lock_order
from kernel.sync.wait_queue import WaitQueue
from kernel.time import clock
from lang import (
    Atomic,
    Order,
    Slice,
    address_of,
    cold,
    inline,
    is_checked,
    no_raise,
    noinline,
    sleeps,
    spin_hint,
    struct,
    u8,
    u32,
    wrapping_sub,
)

FREE: Final[u32] = 0
HELD: Final[u32] = 1
CONTENDED: Final[u32] = 2
SPINS: Final = 100  # each takes about as long as an atomic operation; to sleep and wake takes about as long as these


@struct(pinned=True)
class Mutex:
    """Zeros are a free mutex."""

    word: Atomic[u32]
    queue: WaitQueue

    @inline
    @no_raise
    @sleeps
    def __enter__(self, place: Slice[u8] = b"") -> None:
        kind = lock_order.NO_CLASS
        if is_checked():
            sleep.check_may_sleep()
            kind = lock_order.want(sleep.held_mutexes(), address_of(self).address, place)
        if self.word.compare_exchange(FREE, HELD, Order.ACQUIRE) != FREE:
            self._wait(place)
        if is_checked():
            lock_order.take(sleep.held_mutexes(), address_of(self).address, kind)

    @inline
    @no_raise
    def __exit__(self, *error: object) -> None:
        if is_checked():
            lock_order.release(sleep.held_mutexes(), address_of(self).address)
        if self.word.swap(FREE, Order.RELEASE) == CONTENDED:
            self._wake()

    @cold
    @noinline
    @no_raise
    @sleeps
    def _wait(self, place: Slice[u8]) -> None:
        start = clock.uptime()
        if scheduler.processor_count.load(Order.RELAXED) <= 1 or not self._spin():
            self.queue.wait_uninterrupted(lambda: self.word.swap(CONTENDED, Order.ACQUIRE) == FREE)
        contention.add(place, wrapping_sub(clock.uptime(), start))

    @no_raise
    def _spin(self) -> bool:
        """Look whether the mutex is released soon; return whether this thread has it."""
        for _ in range(SPINS):
            if self.word.load(Order.RELAXED) == FREE:
                return self.word.compare_exchange(FREE, HELD, Order.ACQUIRE) == FREE
            spin_hint()
        return False

    @cold
    @noinline
    @no_raise
    def _wake(self) -> None:
        self.queue.wake_one()
