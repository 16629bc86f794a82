"""Timers in a binary heap: the earliest deadline is at the root.

Invariant: no timer's deadline is earlier than its parent's, which is at half its index.
Source: Williams, "Algorithm 232: Heapsort", CACM 7 (6), 1964.
"""

from __future__ import annotations

from lang import Array, copy, struct, u32, u64, usize

TIMERS = 64  # or 96, 160
NEVER = 0xFFFFFFFFFFFFFFFF


@struct
class Timer:
    deadline: u64
    period: u64  # 0: it fires once
    owner: u32
    fired: u32


@struct(pinned=True)
class Heap:
    timers: Array[Timer, TIMERS]
    count: usize

    def add(self, timer: Timer) -> None:
        """Add a timer.

        Raises:
            MemoryError: there are too many.
        """
        if self.count == TIMERS:
            raise MemoryError
        self.count += 1
        self.rise(self.count - 1, timer)

    def rise(self, hole: usize, timer: Timer) -> None:
        """Put a timer into a hole, or nearer to the root if it is earlier."""
        at = hole
        while at > 0 and timer.deadline < self.timers[(at - 1) // 2].deadline:
            self.timers[at] = copy(self.timers[(at - 1) // 2])
            at = (at - 1) // 2
        self.timers[at] = copy(timer)

    def sink(self, hole: usize, timer: Timer) -> None:
        """Put a timer into a hole, or further from the root if it is later."""
        at = hole
        child = 2 * at + 1
        while child < self.count:
            if (
                child + 1 < self.count
                and self.timers[child + 1].deadline < self.timers[child].deadline
            ):
                child += 1
            if timer.deadline <= self.timers[child].deadline:
                break
            self.timers[at] = copy(self.timers[child])
            at = child
            child = 2 * at + 1
        self.timers[at] = copy(timer)

    def next_deadline(self) -> u64:
        """Return when the earliest timer is due, NEVER without timers."""
        return self.timers[0].deadline if self.count > 0 else NEVER

    def take_first(self) -> Timer:
        """Take the earliest timer out; there must be one."""
        first = copy(self.timers[0])
        last = copy(self.timers[self.count - 1])
        self.count -= 1
        if self.count > 0:
            self.sink(0, last)
        return first

    def cancel(self, owner: u32) -> u64:
        """Remove all timers of an owner; return how many there were."""
        removed = u64(0)
        kept = usize(0)
        for i in range(self.count):
            if self.timers[i].owner == owner:
                removed += 1
            else:
                timer = copy(self.timers[i])
                self.rise(kept, timer)
                kept += 1
        self.count = kept
        return removed


heap: Heap


def fire_until(now: u64) -> u64:
    """Fire all timers that are due, and set the periodic ones again; return how many fired."""
    fired = u64(0)
    while heap.next_deadline() <= now:
        timer = heap.take_first()
        timer.fired += 1
        fired += 1
        if timer.period > 0:
            timer.deadline += timer.period
            try:
                heap.add(timer)
            except MemoryError:
                break
    return fired


def exercise(seed: u64) -> u64:
    """Set timers, let time pass and cancel some; return a checksum."""
    heap.count = 0
    total = seed % 1000
    for i in range(u64(100)):
        due = (seed % 500 + i * 61) % 997
        period = 40 + i % 7 if i % 4 == 0 else 0
        try:
            heap.add(Timer(due, u64(period), u32(i % 9), 0))
        except MemoryError:
            total += heap.cancel(u32(i % 9))
        if i % 10 == 9:
            total = total * 3 % 65537 + fire_until(i * 10)
    return total
