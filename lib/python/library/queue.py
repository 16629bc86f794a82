"""Python's module queue, for programs: lists that threads hand items over by.

Source: Python Library Reference, module queue.
"""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

from lang import u64
from lib.python.library import heapq
from lib.std import words
from lib.std.locks import Condition, Lock

T = TypeVar("T")


class Empty(Exception):
    """There is no item."""


class Full(Exception):
    """There is no room for an item."""


class Queue(Generic[T]):
    """Items in the order in which they were put."""

    maxsize: int
    unfinished_tasks: int
    _items: deque[T]
    _lock: Lock
    _filled: Condition
    _emptied: Condition
    _finished: Condition

    def __init__(self, maxsize: int = 0) -> None:
        """maxsize: how many items there may be; 0, or less, for any number."""
        self.maxsize = maxsize
        self.unfinished_tasks = 0
        self._items = deque()
        self._lock = Lock()
        self._filled = Condition(self._lock)
        self._emptied = Condition(self._lock)
        self._finished = Condition(self._lock)

    def qsize(self) -> int:
        with self._lock:
            return self._size()

    def empty(self) -> bool:
        return self.qsize() == 0

    def full(self) -> bool:
        return 0 < self.maxsize <= self.qsize()

    def put(self, item: T, block: bool = True, timeout: float = -1.0) -> None:
        """Add an item, when there is room.

        timeout: for how many seconds to wait for it; negative for ever.

        Raises:
            Full: there is none.
        """
        deadline = words.deadline_after(timeout if block else 0.0)
        with self._lock:
            while 0 < self.maxsize <= self._size():
                if not wait(self._emptied, deadline):
                    raise Full
            self._add(item)
            self.unfinished_tasks += 1
            self._filled.notify()

    def put_nowait(self, item: T) -> None:
        self.put(item, False)

    def get(self, block: bool = True, timeout: float = -1.0) -> T:
        """Take the next item, when there is one.

        timeout: for how many seconds to wait for it; negative for ever.

        Raises:
            Empty: there is none.
        """
        deadline = words.deadline_after(timeout if block else 0.0)
        with self._lock:
            while self._size() == 0:
                if not wait(self._filled, deadline):
                    raise Empty
            item = self._take()
            self._emptied.notify()
            return item

    def get_nowait(self) -> T:
        return self.get(False)

    def task_done(self) -> None:
        """Say that what was to be done for an item, which was taken, is done.

        Raises:
            ValueError: that was said for all.
        """
        with self._lock:
            if self.unfinished_tasks == 0:
                raise ValueError("task_done() called too many times")
            self.unfinished_tasks -= 1
            if self.unfinished_tasks == 0:
                self._finished.notify_all()

    def join(self) -> None:
        """Wait until all is done for all items."""
        with self._lock:
            while self.unfinished_tasks > 0:
                self._finished.wait()

    def _size(self) -> int:
        return len(self._items)

    def _add(self, item: T) -> None:
        self._items.append(item)

    def _take(self) -> T:
        return self._items.popleft()


class LifoQueue(Queue[T]):
    """The item that was put last is the next."""

    def _take(self) -> T:
        return self._items.pop()


class SimpleQueue(Queue[T]):
    """A Queue with room for any number."""

    def __init__(self) -> None:
        super().__init__()


class PriorityQueue(Queue[T]):
    """The least item is the next."""

    _heap: list[T]

    def __init__(self, maxsize: int = 0) -> None:
        super().__init__(maxsize)
        self._heap = []

    def _size(self) -> int:
        return len(self._heap)

    def _add(self, item: T) -> None:
        heapq.heappush(self._heap, item)

    def _take(self) -> T:
        return heapq.heappop(self._heap)


def wait(condition: Condition, deadline: u64) -> bool:
    """Wait until somebody notifies; return False if a time is over."""
    if deadline == words.NEVER:
        return condition.wait()
    left = words.seconds_until(deadline)
    return left > 0.0 and condition.wait(left)
