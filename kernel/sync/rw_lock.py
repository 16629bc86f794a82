"""Reader/writer lock: many readers or one writer, for code that may sleep.

    with reading(address_of(lock)):     others may read, nobody writes
    with writing(address_of(lock)):     nobody else is inside

The lock is one word:

    bit 0        WRITER: a writer is inside
    bit 1        WAITING: somebody waits, so whoever comes queues up
    bits 2..63   how many readers are inside

While nobody waits, entering and leaving are one atomic operation each. Who cannot enter marks the lock WAITING and joins
a queue, in which readers and writers stand as they came. Whoever leaves last, and so leaves nothing but WAITING in the
word, admits the first of the queue, with all readers that stand directly behind if it is one. Nobody starves:
a waiter is overtaken by nobody, and those before it are finitely many.

Proof that nobody waits in vain: WAITING is set and the waiter queued under the queue's lock, and only while somebody is
inside. From then on nobody enters but by admission, so the number of those inside only falls, and exactly one of them
takes the word to WAITING alone; it admits under the same lock, so it finds the waiter.

Invariants: WAITING is set exactly when the queue is not empty, but for the time between the last one's leaving and the
    admission. Readers may not nest: a writer that came between would wait for the outer, and the inner for the writer.
Lock order: RWLock.lock before that of a run queue.
Context: where one may sleep.
Source: Courtois, Heymans, Parnas, "Concurrent Control with 'Readers' and 'Writers'", CACM 14(10), 1971; the order of
    admission is that of Brandenburg and Anderson, "Reader-Writer Synchronization for Shared-Memory Multiprocessor
    Real-Time Systems", ECRTS 2009, section 3 ("task-fair").
"""

from __future__ import annotations

from typing import Final

from core.collections.list import IntrusiveList, ListLink
from kernel.sched import scheduler, sleep
from kernel.sched.thread import Thread, WakeReason
from kernel.sync import contention
from kernel.sync.spin_lock import SpinLock
from kernel.time import clock
from lang import (
    Atomic,
    Order,
    Ptr,
    cold,
    holds,
    inline,
    no_raise,
    noinline,
    owner,
    sleeps,
    struct,
    u64,
    wrapping_sub,
)

NAME: Final = b"kernel.sync.rw_lock.RWLock"  # of all of them, where waits are counted
WRITER: Final[u64] = 1 << 0
WAITING: Final[u64] = 1 << 1
READER: Final[u64] = 1 << 2


@struct(pinned=True)
class Waiter:
    """A thread that is to be admitted, on its stack. All but the link is constant while it is queued."""

    thread: Ptr[Thread] | None
    entry: u64  # what it adds to the word: WRITER or READER
    link: ListLink  # guarded by the lock's lock


@struct(pinned=True)
class RWLock:
    """Zeros are a free lock."""

    word: Atomic[u64]
    lock: SpinLock
    queue: IntrusiveList  # guarded by lock

    @inline
    @no_raise
    @sleeps
    def enter_reader(self) -> None:
        word = self.word.load(Order.RELAXED)
        if (
            word & (WRITER | WAITING) != 0
            or self.word.compare_exchange(word, word + READER, Order.ACQUIRE) != word
        ):
            self._wait(READER)

    @inline
    @no_raise
    def leave_reader(self) -> None:
        if self.word.fetch_sub(READER, Order.ACQ_REL) == READER | WAITING:
            self._admit()

    @inline
    @no_raise
    @sleeps
    def enter_writer(self) -> None:
        if self.word.compare_exchange(0, WRITER, Order.ACQUIRE) != 0:
            self._wait(WRITER)

    @inline
    @no_raise
    def leave_writer(self) -> None:
        if self.word.fetch_sub(WRITER, Order.ACQ_REL) == WRITER | WAITING:
            self._admit()

    @cold
    @noinline
    @no_raise
    @sleeps
    def _wait(self, entry: u64) -> None:
        """Enter, or sleep until admitted."""
        start = clock.uptime()
        waiter = Waiter()
        waiter.thread = sleep.current()
        waiter.entry = entry
        with self.lock:
            if self._try_enter(entry):
                return
            sleep.begin_sleep()
            self.queue.push_back(waiter.link)
        is_queued = True
        while is_queued:
            sleep.block(sleep.NEVER)
            with self.lock:
                is_queued = waiter.link.is_linked
                if is_queued:
                    sleep.begin_sleep()
        contention.add(NAME, wrapping_sub(clock.uptime(), start))

    @holds("lock")
    @no_raise
    def _try_enter(self, entry: u64) -> bool:
        """Enter if that is possible now; otherwise mark the lock WAITING."""
        in_the_way = WRITER | WAITING if entry == READER else ~u64(0)
        word = self.word.load(Order.RELAXED)
        while True:
            may_enter = word & in_the_way == 0
            after = word + entry if may_enter else word | WAITING
            seen = self.word.compare_exchange(word, after, Order.ACQUIRE)
            if seen == word:
                return may_enter
            word = seen

    @cold
    @noinline
    @no_raise
    def _admit(self) -> None:
        """Let the first in, nobody being inside, and all readers directly behind it if it is a reader."""
        with self.lock:
            word = self._admit_first()
            while word >= READER and self._is_reader_next():
                word += self._admit_first()
            # Those who were woken wait for this block's end, and nobody else enters while WAITING is set.
            self.word.store(word if self.queue.is_empty else word | WAITING, Order.RELEASE)
        scheduler.give_way()

    @holds("lock")
    @no_raise
    def _is_reader_next(self) -> bool:
        link = self.queue.first
        return link is not None and owner(link, Waiter, "link").entry == READER

    @holds("lock")
    @no_raise
    def _admit_first(self) -> u64:
        """Take the first out of the queue and wake it; return its entry."""
        link = self.queue.pop_front()
        assert link is not None, "somebody waits"
        waiter = owner(link, Waiter, "link")
        if (thread := waiter.thread) is not None:
            scheduler.wake(thread, WakeReason.WOKEN)
        return waiter.entry


@struct
class reading:
    """A block that reads what a lock guards."""

    lock: Ptr[RWLock]

    @inline
    @no_raise
    @sleeps
    def __enter__(self) -> None:
        self.lock.enter_reader()

    @inline
    @no_raise
    def __exit__(self, *error: object) -> None:
        self.lock.leave_reader()


@struct
class writing:
    """A block that may change what a lock guards."""

    lock: Ptr[RWLock]

    @inline
    @no_raise
    @sleeps
    def __enter__(self) -> None:
        self.lock.enter_writer()

    @inline
    @no_raise
    def __exit__(self, *error: object) -> None:
        self.lock.leave_writer()
