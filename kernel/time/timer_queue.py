"""Timer queue: timers in the order of their deadlines.

A timer is part of whatever waits; starting it allocates nothing, and every operation is O(log n). When
its deadline has come it leaves the queue, and what it was started with is called.

Lock order: TimerQueue.lock is the last to be taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final

from core.collections.tree import RedBlackTree, TreeLink
from kernel.sync.spin_lock import SpinLock
from lang import Ptr, irq_safe, no_raise, struct, u64

NEVER: Final[u64] = (1 << 64) - 1

Action = Annotated[Callable[[Ptr["Timer"]], None], irq_safe, no_raise]


@struct(pinned=True)
class Timer:
    """What is to happen at a time."""

    # Guarded by the lock of the queue.
    deadline: u64  # since the start, in nanoseconds
    action: Action | None  # None: never started
    link: TreeLink[Timer]
    queue: Ptr[TimerQueue] | None  # that it was last in; the owner's of the timer

    @irq_safe
    @no_raise
    def precedes(self, other: Timer) -> bool:
        return self.deadline < other.deadline

    @irq_safe
    @no_raise
    def update(self) -> bool:
        return False


@struct(pinned=True)
class TimerQueue:
    """Timers that wait."""

    lock: SpinLock
    timers: RedBlackTree[Timer]  # guarded by lock
    waiting: u64  # how many these are; guarded by lock
    expired: u64  # those whose deadline came, since the start; guarded by lock

    @irq_safe
    @no_raise
    def add(self, timer: Timer, deadline: u64, action: Action) -> bool:
        """Let a timer wait that does not; return whether its deadline is the first."""
        with self.lock:
            timer.deadline = deadline
            timer.action = action
            self.timers.insert(timer)
            self.waiting += 1
            first = self.timers.find_first()
            return first is not None and first.deadline == deadline

    @irq_safe
    @no_raise
    def remove(self, timer: Timer) -> bool:
        """Let a timer wait no longer; return whether it did."""
        with self.lock:
            is_waiting = timer.link.is_linked
            if is_waiting:
                self.timers.remove(timer)
                self.waiting -= 1
            return is_waiting

    @irq_safe
    @no_raise
    def next_deadline(self) -> u64:
        """Return the first deadline; NEVER if nothing waits."""
        with self.lock:
            first = self.timers.find_first()
            return NEVER if first is None else first.deadline

    @irq_safe
    @no_raise
    def take_expired(self, now: u64) -> Ptr[Timer] | None:
        """Take the first timer out if its deadline has come."""
        with self.lock:
            first = self.timers.find_first()
            if first is None or first.deadline > now:
                return None
            self.timers.remove(first[0])
            self.waiting -= 1
            self.expired += 1
            return first
