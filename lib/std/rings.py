"""Rings: requests that the system does while the program does something else.

    ring = Ring()
    ring.submit(reading(pipe, storage[:], data=1))
    ring.submit(waiting(5_000_000, data=2))
    ring.enter(completions=1)
    done = ring.completion()

What a request is to do is a Submission; `data` comes back with its Completion, which has a number of core/errors.py where the
call would have raised. Memory that a request reads or writes stays until then. How submissions are linked, and what
registers are, is said in core/ring_records.py.

One thread at a time submits and takes completions; others may enter.
"""

from __future__ import annotations

from typing import Final

from core.ring_records import (
    AT_POSITION,
    NEVER,
    NOWHERE,
    Completion,
    Control,
    Operation,
    Ready,
    RingPlace,
    Submission,
    Which,
)
from lang import (
    Array,
    Atomic,
    Order,
    Ptr,
    Slice,
    address_of,
    copy,
    no_raise,
    offsetof,
    u8,
    u32,
    u64,
    wrapping_add,
    wrapping_sub,
)
from lib.std import system
from lib.std.system_call import try_call

REMOVE: Final[u64] = 41


class Ring:
    """A ring of this process; it ends with this object, and gives up what is not done."""

    number: u64
    place: RingPlace

    def __init__(self, submissions: u32 = 64, completions: u32 = 128) -> None:
        """Make a ring for so many of each, which are powers of two."""
        self.number = NEVER
        self.place = RingPlace(0, 0, 0, 0, 0)
        self.number = system.ring_create(0, submissions, completions, address_of(self.place))

    def __del__(self) -> None:
        if self.number != NEVER:
            try_call(REMOVE, self.number, 0, 0, 0, 0, 0)

    @no_raise
    def _count(self, offset: u64) -> Ptr[Atomic[u32]]:
        return Ptr[Atomic[u32]](self.place.control + offset)

    def submit(self, submission: Submission) -> None:
        """Write a request where `enter` will find it.

        Raises:
            BlockingIOError: as many wait for that as fit.
        """
        submitted = self._count(offsetof(Control, "submitted"))
        tail = submitted.load(Order.RELAXED)
        taken = self._count(offsetof(Control, "taken")).load(Order.ACQUIRE)
        if wrapping_sub(tail, taken) == self.place.submission_count:
            raise BlockingIOError
        entries = Ptr[Submission](self.place.submissions)
        entries[tail & (self.place.submission_count - 1)] = copy(submission)
        submitted.store(wrapping_add(tail, 1), Order.RELEASE)

    def enter(self, completions: u32 = 0) -> u64:
        """Let the system begin what was submitted, and wait until so many completions are there; return how many it took.

        Raises as system.ring_enter.
        """
        return system.ring_enter(self.number, self.place.submission_count, completions)

    @property
    def unread(self) -> u32:
        """How many completions are there."""
        posted = self._count(offsetof(Control, "posted")).load(Order.ACQUIRE)
        return wrapping_sub(posted, self._count(offsetof(Control, "seen")).load(Order.RELAXED))

    def completion(self) -> Completion:
        """Take the completion that came first.

        Raises:
            BlockingIOError: there is none.
        """
        if self.unread == 0:
            raise BlockingIOError
        count = self._count(offsetof(Control, "seen"))
        seen = count.load(Order.RELAXED)
        entries = Ptr[Completion](self.place.completions)
        found = copy(entries[seen & (self.place.completion_count - 1)])
        count.store(wrapping_add(seen, 1), Order.RELEASE)
        return found

    def register(self, number: u32) -> u64:
        """Return what a register holds; they count from 1."""
        return Ptr[Control](self.place.control).registers[number - 1]

    def set_register(self, number: u32, value: u64) -> None:
        Ptr[Control](self.place.control).registers[number - 1] = value


@no_raise
def reading(
    file: int, into: Slice[u8], data: u64, offset: u64 = AT_POSITION, flags: u32 = 0
) -> Submission:
    """Return the request to read from an open file, as many bytes as come first and fit."""
    return transferring(Operation.READ, file, into, data, offset, flags)


@no_raise
def writing(
    file: int, source: Slice[u8], data: u64, offset: u64 = AT_POSITION, flags: u32 = 0
) -> Submission:
    """Return the request to write all bytes to an open file."""
    return transferring(Operation.WRITE, file, source, data, offset, flags)


@no_raise
def transferring(
    operation: Operation, file: int, memory: Slice[u8], data: u64, offset: u64, flags: u32
) -> Submission:
    address = address_of(memory[0]).address if len(memory) > 0 else u64(0)
    return Submission(
        NEVER,
        data,
        u32(operation),
        flags,
        Array[u64, 5](u64(file), address, u64(len(memory)), offset, 0),
    )


@no_raise
def polling(file: int, wanted: Ready, data: u64) -> Submission:
    """Return the request to say what an open file is ready for, once it is ready for something that is wanted."""
    return Submission(
        NEVER, data, u32(Operation.POLL), 0, Array[u64, 5](u64(file), u64(wanted), 0, 0, 0)
    )


@no_raise
def opening(path: Slice[u8], data: u64, folder: u64 = NOWHERE, flags: u32 = 0) -> Submission:
    """Return the request to open what a path leads to, which may wait, as for a server's `accept`; the result is the number.

    path: looked at when the ring is entered, and not after it. folder: from which a relative path starts.
    """
    address = address_of(path[0]).address if len(path) > 0 else u64(0)
    return Submission(
        NEVER, data, u32(Operation.OPEN), flags, Array[u64, 5](folder, address, len(path), 0, 0)
    )


@no_raise
def cancelling(target: u64, which: Which, data: u64) -> Submission:
    """Return the request to give up one, or all, of the requests whose data is `target`."""
    return Submission(
        NEVER, data, u32(Operation.CANCEL), 0, Array[u64, 5](target, u64(which), 0, 0, 0)
    )


@no_raise
def waiting(duration_ns: u64, data: u64) -> Submission:
    """Return the request to let time pass; it ends with TimeoutError."""
    return Submission(duration_ns, data, u32(Operation.NOTHING), 0, Array[u64, 5](0, 0, 0, 0, 0))
