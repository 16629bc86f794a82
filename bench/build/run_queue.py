"""Threads that share a processor in proportion to their weights, by virtual time.

Runnable threads are in an intrusive list, ordered by the virtual time up to which each has had its
share; the first runs next. Sleepers are in another.

Invariant: a thread is in exactly one list, the one that its state says.
"""

from __future__ import annotations

from enum import IntEnum

from lang import Array, Ptr, address_of, over, owner, struct, u8, u32, u64

THREADS = 24  # or 32, 48
SLICE = 1000  # or 2000, 4000
SCALE = 1024


@over(u8)
class State(IntEnum):
    NEW = 0
    RUNNABLE = 1
    SLEEPING = 2
    EXITED = 3


@struct(pinned=True)
class Link:
    next: Ptr[Link] | None
    previous: Ptr[Link] | None


@struct(pinned=True)
class Thread:
    number: u32
    state: State
    weight: u32
    virtual_time: u64
    ran: u64
    wakes_at: u64
    link: Link


@struct(pinned=True)
class List:
    """A circle through the head; both its ends are the head itself when it is empty."""

    head: Link

    def clear(self) -> None:
        self.head.next = address_of(self.head)
        self.head.previous = address_of(self.head)

    def first(self) -> Ptr[Thread] | None:
        """Return the first thread, None if there is none."""
        link = self.head.next
        if link is None or link == address_of(self.head):
            return None
        return owner(link, Thread, "link")

    def after(self, thread: Ptr[Thread]) -> Ptr[Thread] | None:
        """Return the next thread, None at the end."""
        link = thread.link.next
        if link is None or link == address_of(self.head):
            return None
        return owner(link, Thread, "link")

    def insert_before(self, place: Ptr[Thread] | None, thread: Ptr[Thread]) -> None:
        """Insert a thread in front of another, or at the end."""
        after = address_of(self.head) if place is None else address_of(place.link)
        before = after.previous
        assert before is not None
        thread.link.next = after
        thread.link.previous = before
        before.next = address_of(thread.link)
        after.previous = address_of(thread.link)


def remove(thread: Ptr[Thread]) -> None:
    """Take a thread out of the list that it is in."""
    before = thread.link.previous
    after = thread.link.next
    assert before is not None and after is not None
    before.next = after
    after.previous = before


@struct(pinned=True)
class Processor:
    threads: Array[Thread, THREADS]
    runnable: List
    sleeping: List
    now: u64
    least: u64  # virtual time that no thread falls behind
    switches: u64

    def start(self, count: u32) -> None:
        """Make the first `count` threads runnable."""
        self.runnable.clear()
        self.sleeping.clear()
        self.now = 0
        self.least = 0
        for i in range(count):
            thread = address_of(self.threads[i])
            thread.number = i
            thread.weight = 1 + i % 5
            thread.virtual_time = 0
            thread.ran = 0
            self.make_runnable(thread)

    def make_runnable(self, thread: Ptr[Thread]) -> None:
        """Queue a thread behind those that have had less."""
        thread.virtual_time = max(thread.virtual_time, self.least)
        place = self.runnable.first()
        while place is not None and place.virtual_time <= thread.virtual_time:
            place = self.runnable.after(place)
        self.runnable.insert_before(place, thread)
        thread.state = State.RUNNABLE

    def run_first(self, duration: u64) -> u32:
        """Let the first thread run; return its number.

        Raises:
            LookupError: all are asleep.
        """
        thread = self.runnable.first()
        if thread is None:
            raise LookupError
        remove(thread)
        self.now += duration
        self.switches += 1
        thread.ran += duration
        self.least = thread.virtual_time
        thread.virtual_time += duration * SCALE // thread.weight
        self.settle(thread)
        return thread.number

    def settle(self, thread: Ptr[Thread]) -> None:
        """Decide what a thread does that has just run."""
        match thread.ran // SLICE % 5:
            case 3:
                thread.state = State.SLEEPING
                thread.wakes_at = self.now + 3 * SLICE
                self.sleeping.insert_before(None, thread)
            case 4 if thread.number % 8 == 7:
                thread.state = State.EXITED
            case _:
                self.make_runnable(thread)

    def wake_sleepers(self) -> u32:
        """Wake all whose time has come; return how many."""
        woken = u32(0)
        thread = self.sleeping.first()
        while thread is not None:
            following = self.sleeping.after(thread)
            if thread.wakes_at <= self.now:
                remove(thread)
                self.make_runnable(thread)
                woken += 1
            thread = following
        return woken


processor: Processor


def exercise(seed: u64) -> u64:
    """Run the threads for a while; return a checksum."""
    processor.start(u32(4 + seed % 16))
    total = seed % 1000
    for i in range(u64(120)):
        try:
            ran = processor.run_first(SLICE - i % 3 * 100)
            total = total * 3 % 65537 + ran
        except LookupError:
            processor.now += SLICE
        total += processor.wake_sleepers()
    return total + processor.switches
