"""Sleeping locks, sequence locks and waiting for several queues, by threads on four processors.

Machine: processors=4
"""

from __future__ import annotations

from typing import Final

from kernel.sched import kernel_thread, sleep
from kernel.sched.thread import WakeReason
from kernel.sync import wait_queue
from kernel.sync.mutex import Mutex
from kernel.sync.rw_lock import RWLock, reading, writing
from kernel.sync.seq_lock import SeqLock
from kernel.sync.wait_queue import Waiter, WaitQueue
from kernel.time import clock
from lang import Array, Atomic, Order, address_of, no_raise, spin_hint, u64

MS: Final[u64] = 1_000_000
ROUNDS: Final = 400
READERS: Final = 4
WRITERS: Final = 2
FRAMES: Final = 3  # queues in the test of several

mutex: Mutex
lock: RWLock
seq: SeqLock
first: Atomic[u64]
second: Atomic[u64]
plain: u64
inside: Atomic[u64]  # readers
most_inside: Atomic[u64]
torn: Atomic[u64]
ended: Atomic[u64]
is_over: Atomic[bool]
turn: Atomic[u64]
turns: Array[Atomic[u64], 4]
queues: Array[WaitQueue, FRAMES]
ready: Array[Atomic[bool], FRAMES]
taken: Atomic[u64]


@no_raise
def wait_for_ends(count: u64) -> None:
    while ended.load() < count:
        sleep.until(clock.uptime() + MS)


@no_raise
def pause() -> None:
    for _ in range(50):
        spin_hint()


@no_raise
def increment_with_mutex() -> None:
    global plain
    for round in range(ROUNDS):
        with mutex:
            before = plain
            pause()
            plain = before + 1
            if round % 16 == 0:
                sleep.yield_processor()
    ended.fetch_add(1)


def test_a_mutex_lets_one_thread_in_at_a_time() -> None:
    global plain
    plain = 0
    ended.store(0)
    for _ in range(READERS):
        kernel_thread.start("locker", increment_with_mutex)
    wait_for_ends(READERS)
    assert plain == READERS * ROUNDS


@no_raise
def read_pair() -> None:
    for round in range(ROUNDS):
        with reading(address_of(lock)):
            now = inside.fetch_add(1) + 1
            if now > most_inside.load():
                most_inside.store(now)
            before = first.load(Order.RELAXED)
            pause()
            if round % 16 == 0:
                sleep.yield_processor()
            if second.load(Order.RELAXED) != before:
                torn.fetch_add(1)
            inside.fetch_sub(1)
    ended.fetch_add(1)


@no_raise
def write_pair() -> None:
    for round in range(ROUNDS):
        with writing(address_of(lock)):
            if inside.load() != 0:
                torn.fetch_add(1)
            value = first.load(Order.RELAXED) + 1
            first.store(value, Order.RELAXED)
            pause()
            if round % 16 == 0:
                sleep.until(clock.uptime() + MS // 10)
            second.store(value, Order.RELAXED)
    ended.fetch_add(1)


def test_a_writer_is_alone_and_readers_are_together() -> None:
    first.store(0)
    second.store(0)
    torn.store(0)
    inside.store(0)
    most_inside.store(0)
    ended.store(0)
    for _ in range(WRITERS):
        kernel_thread.start("writer", write_pair)
    for _ in range(READERS):
        kernel_thread.start("reader", read_pair)
    wait_for_ends(READERS + WRITERS)
    assert torn.load() == 0
    assert first.load() == WRITERS * ROUNDS
    assert most_inside.load() > 1
    assert lock.word.load() == 0


@no_raise
def note_turn(index: int) -> None:
    turns[index].store(turn.fetch_add(1) + 1)
    ended.fetch_add(1)


@no_raise
def write_turn() -> None:
    with writing(address_of(lock)):
        note_turn(0)


@no_raise
def read_turn_1() -> None:
    with reading(address_of(lock)):
        note_turn(1)


@no_raise
def read_turn_2() -> None:
    with reading(address_of(lock)):
        note_turn(2)


@no_raise
def write_last_turn() -> None:
    with writing(address_of(lock)):
        note_turn(3)


def test_nobody_overtakes_who_waits() -> None:
    """A writer waits for a reader; readers that come later wait for the writer, and a later writer for them."""
    ended.store(0)
    turn.store(0)
    lock.enter_reader()
    kernel_thread.start("writer", write_turn)
    sleep.until(clock.uptime() + 5 * MS)
    kernel_thread.start("reader 1", read_turn_1)
    kernel_thread.start("reader 2", read_turn_2)
    sleep.until(clock.uptime() + 5 * MS)
    kernel_thread.start("writer", write_last_turn)
    sleep.until(clock.uptime() + 5 * MS)
    assert ended.load() == 0
    lock.leave_reader()
    wait_for_ends(4)
    assert turns[0].load() == 1
    assert turns[3].load() == 4
    assert lock.word.load() == 0


@no_raise
def read_agreeing() -> None:
    while not is_over.load():
        sequence = seq.begin()
        while True:
            one = first.load(Order.RELAXED)
            pause()
            two = second.load(Order.RELAXED)
            if not seq.has_changed(sequence):
                break
            sequence = seq.begin()
        if one != two:
            torn.fetch_add(1)
        turn.fetch_add(1)
    ended.fetch_add(1)


def test_readers_of_a_sequence_lock_see_what_agrees() -> None:
    first.store(0)
    second.store(0)
    torn.store(0)
    turn.store(0)
    ended.store(0)
    is_over.store(False)
    for _ in range(2):
        kernel_thread.start("reader", read_agreeing)
    end = clock.uptime() + 100 * MS
    value: u64 = 0
    while clock.uptime() < end:
        value += 1
        with seq:
            first.store(value, Order.RELAXED)
            pause()
            second.store(value, Order.RELAXED)
        for _ in range(10):
            pause()
    is_over.store(True)
    wait_for_ends(2)
    assert turn.load() > 0
    assert torn.load() == 0


def take_any(deadline: u64) -> WakeReason:
    """Wait until anything is ready, and take it."""
    waiters = Array[Waiter, FRAMES]()
    for index in range(FRAMES):
        waiters[index].queue = address_of(queues[index])
    return wait_queue.wait_for_any(waiters[:], try_take, deadline)


@no_raise
def try_take() -> bool:
    for index in range(FRAMES):
        if ready[index].swap(False):
            taken.fetch_add(1)
            return True
    return False


@no_raise
def take_rounds() -> None:
    for _ in range(ROUNDS):
        take_any(sleep.NEVER)
    ended.fetch_add(1)


def test_a_wake_up_of_any_queue_ends_the_wait() -> None:
    ended.store(0)
    taken.store(0)
    kernel_thread.start("taker", take_rounds)
    for round in range(ROUNDS):
        index = round % FRAMES
        ready[index].store(True)
        queues[index].wake_one()
        deadline = clock.uptime() + 1000 * MS
        while taken.load() <= u64(round) and clock.uptime() < deadline:
            spin_hint()
        assert taken.load() == u64(round) + 1
    wait_for_ends(1)
    for index in range(FRAMES):
        assert queues[index].waiters.is_empty


def test_waiting_for_several_queues_ends_at_its_deadline() -> None:
    assert take_any(clock.uptime() + 2 * MS) == WakeReason.TIMED_OUT
    for index in range(FRAMES):
        assert queues[index].waiters.is_empty
    ready[1].store(True)
    assert take_any(clock.uptime() + 2 * MS) == WakeReason.WOKEN


def test_a_wake_up_that_is_not_needed_goes_to_the_next() -> None:
    """Two threads wait for the same queues; two wake-ups of different queues wake both."""
    ended.store(0)
    taken.store(0)
    kernel_thread.start("taker 1", take_one)
    kernel_thread.start("taker 2", take_one)
    sleep.until(clock.uptime() + 5 * MS)
    ready[0].store(True)
    ready[1].store(True)
    queues[0].wake_one()
    queues[1].wake_one()
    wait_for_ends(2)
    assert taken.load() == 2


@no_raise
def take_one() -> None:
    take_any(sleep.NEVER)
    ended.fetch_add(1)
