"""A pool of requests: a fixed number, handed out and taken back in constant time.

Free requests are linked through themselves; those in use are in one queue for each priority.

Invariant: a request is in the free list or in exactly one queue.
"""

from __future__ import annotations

from enum import IntEnum

from lang import Array, Ptr, address_of, over, struct, u8, u32, u64

REQUESTS = 48  # or 64, 96
PRIORITIES = 4


@over(u8)
class State(IntEnum):
    FREE = 0
    QUEUED = 1
    RUNNING = 2
    DONE = 3


@struct(pinned=True)
class Request:
    next: Ptr[Request] | None
    state: State
    priority: u8
    attempts: u32
    argument: u64
    result: u64


@struct(pinned=True)
class Queue:
    first: Ptr[Request] | None
    last: Ptr[Request] | None
    length: u32

    def append(self, request: Ptr[Request]) -> None:
        request.next = None
        last = self.last
        if last is None:
            self.first = request
        else:
            last.next = request
        self.last = request
        self.length += 1

    def take_first(self) -> Ptr[Request] | None:
        """Take the oldest request out; None if there is none."""
        request = self.first
        if request is None:
            return None
        self.first = request.next
        if self.first is None:
            self.last = None
        self.length -= 1
        return request


@struct(pinned=True)
class Pool:
    requests: Array[Request, REQUESTS]
    queues: Array[Queue, PRIORITIES]
    free: Ptr[Request] | None
    finished: u64

    def prepare(self) -> None:
        """Make every request free."""
        self.free = None
        for i in range(REQUESTS):
            self.give_back(address_of(self.requests[i]))

    def give_back(self, request: Ptr[Request]) -> None:
        request.state = State.FREE
        request.next = self.free
        self.free = request

    def submit(self, argument: u64, priority: u8) -> Ptr[Request]:
        """Queue a new request.

        Raises:
            MemoryError: all are in use.
        """
        request = self.free
        if request is None:
            raise MemoryError
        self.free = request.next
        request.state = State.QUEUED
        request.priority = priority
        request.attempts = 0
        request.argument = argument
        self.queues[priority % PRIORITIES].append(request)
        return request

    def take_next(self) -> Ptr[Request] | None:
        """Take the oldest request of the highest priority that has any."""
        for i in range(PRIORITIES):
            request = self.queues[PRIORITIES - 1 - i].take_first()
            if request is not None:
                request.state = State.RUNNING
                return request
        return None

    def perform(self, request: Ptr[Request]) -> None:
        """Run a request once; it may have to queue again, one priority lower."""
        request.attempts += 1
        if request.argument % 4 == 3 and request.attempts < 3 and request.priority > 0:
            request.priority -= 1
            request.state = State.QUEUED
            self.queues[request.priority % PRIORITIES].append(request)
            return
        request.result = request.argument * request.attempts
        request.state = State.DONE
        self.finished += 1


pool: Pool


def exercise(seed: u64) -> u64:
    """Submit and perform requests until all are done; return a checksum."""
    pool.prepare()
    total = seed % 1000
    for i in range(u64(80)):
        try:
            pool.submit((seed + i) % 1000, u8(i % PRIORITIES))
        except MemoryError:
            total += pool.finished % 3
        if i % 2 == 0:
            total += perform_one()
    while pool.queues[0].length + pool.queues[1].length + pool.queues[2].length > 0:
        total = total * 3 % 65537 + perform_one()
    return total


def perform_one() -> u64:
    """Run the next request; return its result, 0 if it is not done yet."""
    request = pool.take_next()
    if request is None:
        return 0
    pool.perform(request)
    if request.state != State.DONE:
        return 0
    result = request.result
    pool.give_back(request)
    return result
