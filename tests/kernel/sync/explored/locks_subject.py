"""What the explored threads do, each scenario a few operations of real locks."""

from __future__ import annotations

from kernel.cpu import processor
from kernel.sched import sleep
from kernel.sync import wait_queue
from kernel.sync.mutex import Mutex
from kernel.sync.rw_lock import RWLock
from kernel.sync.seq_lock import SeqLock
from kernel.sync.spin_lock import SpinLock
from kernel.sync.wait_queue import Waiter, WaitQueue
from lang import Array, Atomic, Order, address_of, spin_hint, u16, u64

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
