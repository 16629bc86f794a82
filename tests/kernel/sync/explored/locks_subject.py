"""What the explored threads do, each scenario a few operations of real locks."""

from __future__ import annotations

from typing import Final

from kernel.cpu import processor
from kernel.sched import sleep
from kernel.sched.thread import WakeReason
from kernel.sync import wait_queue
from kernel.sync.mutex import Mutex
from kernel.sync.rw_lock import RWLock, writing
from kernel.sync.seq_lock import SeqLock
from kernel.sync.spin_lock import SpinLock
from kernel.sync.wait_queue import Waiter, WaitQueue
from lang import Array, Atomic, Order, address_of, spin_hint, u16, u32, u64

SLOW_READS: Final[u64] = 8  # of so many one is
PATIENCE: Final[u64] = 1_000_000  # looks, of which each lets others run
IMPATIENCE: Final[u64] = 3

spin: SpinLock
mutex: Mutex
rw: RWLock
seq: SeqLock
queue: WaitQueue
other: WaitQueue
is_ready: Atomic[bool]
inside: Atomic[u64]
total: Atomic[u64]
first: Atomic[u64]
second: Atomic[u64]
turn: Atomic[u32]
absent: Atomic[u64]  # of those who begin together, how many are not there yet
given_up: Atomic[u64]  # how often somebody waited in vain
is_closed: Atomic[bool]  # nothing more will be ready
wrong: u64  # how often something was seen that must not be


def reset() -> None:
    global wrong
    sleep.make_threads()
    wrong = 0
    is_ready.store(False)
    inside.store(0)
    total.store(0)
    first.store(0)
    second.store(0)
    turn.store(0)
    given_up.store(0)
    is_closed.store(False)


def become(number: u16) -> None:
    processor.become(number)


def add_one() -> None:
    """Add without atomicity, so that a second thread inside shows."""
    total.store(total.load(Order.RELAXED) + 1, Order.RELAXED)


def add_with_spin() -> None:
    with spin:
        before = total.load(Order.RELAXED)
        total.store(before + 1, Order.RELAXED)


def add_with_mutex() -> None:
    with mutex:
        add_one()


def write_pair() -> None:
    global wrong
    rw.enter_writer()
    if inside.load(Order.RELAXED) != 0:
        wrong += 1
    value = first.load(Order.RELAXED) + 1
    first.store(value, Order.RELAXED)
    second.store(value, Order.RELAXED)
    rw.leave_writer()


def read_pair() -> None:
    global wrong
    rw.enter_reader()
    inside.fetch_add(1, Order.RELAXED)
    if first.load(Order.RELAXED) != second.load(Order.RELAXED):
        wrong += 1
    inside.fetch_sub(1, Order.RELAXED)
    rw.leave_reader()


def write_sequence() -> None:
    with seq:
        value = first.load(Order.RELAXED) + 1
        first.store(value, Order.RELAXED)
        second.store(value, Order.RELAXED)


def read_sequence() -> None:
    global wrong
    sequence = seq.begin()
    while True:
        one = first.load(Order.RELAXED)
        two = second.load(Order.RELAXED)
        if not seq.has_changed(sequence):
            break
        sequence = seq.begin()
    if one != two:
        wrong += 1


def wait_until_ready() -> None:
    queue.wait_until(lambda: is_ready.load())


def make_ready() -> None:
    is_ready.store(True)
    queue.wake_all()


def take_ready() -> None:
    queue.wait_until(lambda: is_ready.swap(False))


def hand_over() -> None:
    """Make one thing ready, and wait until somebody has taken it."""
    is_ready.store(True)
    queue.wake_one()
    while is_ready.load():
        spin_hint()


def wait_for_either() -> None:
    waiters = Array[Waiter, 2]()
    waiters[0].queue = address_of(other)
    waiters[1].queue = address_of(queue)
    wait_queue.wait_for_any(waiters[:], lambda: is_ready.load())


# For long, among threads of the host -------------------------------------------------------------


def expect(threads: u64) -> None:
    """Let so many threads begin together."""
    absent.store(threads)


def meet() -> None:
    absent.fetch_sub(1)
    while absent.load() > 0:
        processor.wait_a_moment()


def add_for_long(times: u64) -> None:
    meet()
    for _ in range(times):
        with mutex:
            before = total.load(Order.RELAXED)
            processor.wait_a_moment()
            total.store(before + 1, Order.RELAXED)


def write_pairs(times: u64) -> None:
    meet()
    for _ in range(times):
        with writing(address_of(rw)):
            write_slowly()


def read_pairs(times: u64) -> None:
    meet()
    for _ in range(times):
        read_pair()


def write_sequences(times: u64) -> None:
    meet()
    for _ in range(times):
        with seq:
            write_slowly()
        processor.wait_a_moment()


def write_slowly() -> None:
    """Write a pair, and let others see it half-way."""
    value = first.load(Order.RELAXED) + 1
    first.store(value, Order.RELAXED)
    processor.wait_a_moment()
    second.store(value, Order.RELAXED)


def read_sequences(times: u64) -> None:
    """Read pairs, and let others write in the middle of some."""
    global wrong
    meet()
    for time in range(times):
        sequence = seq.begin()
        while True:
            one = first.load(Order.RELAXED)
            if time % SLOW_READS == 0:
                processor.wait_a_moment()
            two = second.load(Order.RELAXED)
            if not seq.has_changed(sequence):
                break
            sequence = seq.begin()
        if one != two:
            wrong += 1


def take_turns(mine: u32, threads: u32, times: u64) -> None:
    """Each of several threads waits for its number, and puts the next one's there. Whoever waits in vain is noted."""
    global wrong
    meet()
    for _ in range(times):
        if queue.wait_until(lambda: turn.load() == mine, PATIENCE) != WakeReason.WOKEN:
            wrong += 1
            return
        add_one()
        turn.store((mine + 1) % threads)
        queue.wake_all()


def take_often(times: u64) -> None:
    """Take what others make ready, one at a time."""
    global wrong
    meet()
    for _ in range(times):
        if queue.wait_until(lambda: is_ready.swap(False), PATIENCE) != WakeReason.WOKEN:
            wrong += 1
            return
        total.fetch_add(1)


def hand_over_often(times: u64) -> None:
    """Make one thing after the other ready, for whoever waits longest."""
    meet()
    for _ in range(times):
        is_ready.store(True)
        queue.wake_one()
        while is_ready.load() and wrong == 0:
            processor.wait_a_moment()


def take_impatiently() -> None:
    """Take what others make ready, each time after a short wait that may have been in vain."""
    meet()
    while not is_closed.load():
        if queue.wait_until(lambda: is_ready.swap(False), IMPATIENCE) == WakeReason.WOKEN:
            total.fetch_add(1)
        else:
            given_up.fetch_add(1)


def hand_over_and_close(times: u64) -> None:
    """Make one thing after the other ready, at such intervals that many wait in vain."""
    meet()
    for _ in range(times):
        for _ in range(IMPATIENCE):
            processor.wait_a_moment()
        is_ready.store(True)
        queue.wake_one()
        while is_ready.load():
            processor.wait_a_moment()
    is_closed.store(True)
