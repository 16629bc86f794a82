"""One request: an operation on a file, as far as it has come.

    begin      look at what the program wrote, once: registers, the file, the deadline
    attempt    do what can be done without waiting
    join       wait at the queues that are woken when more can be done; then attempt, since something may have come before

Locks: that of the ring. Where a request waits it is the worker's until it has left.
"""

from __future__ import annotations

from core.errors import Cancelled, NotSupported
from core.object import TypeInfo
from core.ring_records import HARD_LINK, LINK, NEVER, NOWHERE, Operation, Ready, Submission
from kernel.fs import operations
from kernel.fs.file import File
from kernel.fs.file_table import FileTable
from kernel.fs.opening import Opening
from kernel.fs.transfer import Transfer
from kernel.fs.view import View
from kernel.sched import sleep
from kernel.sched.thread import Thread
from kernel.sync.wait_queue import Waiter, WaitQueue
from kernel.syscall.error_number import number_of
from kernel.syscall.path_argument import PATH_ROOM, copy_path
from kernel.time import clock
from lang import (
    Array,
    Ptr,
    UserSlice,
    address_of,
    borrow,
    copy,
    handled_class,
    no_raise,
    sleeps,
    struct,
    truncate,
    u8,
    u32,
    u64,
    usize,
)

QUEUES = 2  # at which a request may wait


class Request:
    """What one submission asked for."""

    submission: Submission
    file: File | None
    opening: Opening | None  # what is to become the file of an OPEN
    deadline: u64  # uptime in ns
    done: u64  # bytes that have been moved
    error: u32  # core/errors.py; 0 for none
    result: u64
    is_cancelled: bool
    waiters: Array[Waiter, QUEUES]
    following: Request | None  # in its chain
    next: Request | None  # in a list

    def __init__(self, submission: Submission) -> None:
        self.submission = copy(submission)
        self.deadline = NEVER

    @property
    @no_raise
    def operation(self) -> u32:
        return self.submission.operation

    @property
    @no_raise
    def releases_next(self) -> bool:
        """Whether the next one of its chain begins, now that this one is done."""
        flags = self.submission.flags
        return flags & HARD_LINK != 0 or (flags & LINK != 0 and self.error == 0)

    @sleeps
    def begin(self, files: FileTable, view: View) -> None:
        """Find the file, or what is to be opened, and say how long it may take.

        Raises:
            BadFile: it is not open.
            NotSupported: there is no such operation.
            ValueError: there is nothing to wait for.
            OSError: a path leads nowhere, or is not the program's; see operations.open.
        """
        timeout = self.submission.timeout
        if timeout != NEVER:
            now = clock.uptime()
            self.deadline = now + min(timeout, sleep.NEVER - 1 - now)
        if self.operation > Operation.OPEN:
            raise NotSupported
        if self.operation == Operation.OPEN:
            self.opening = self.find_to_open(files, view)
        elif self.operation >= Operation.READ:
            self.file = files.find(self.submission.arguments[0])
        if self.operation == Operation.POLL and self.wanted == 0:
            raise ValueError

    @sleeps
    def find_to_open(self, files: FileTable, view: View) -> Opening:
        """Walk to where the path of an OPEN leads."""
        words = self.submission.arguments
        base = None if words[0] == NOWHERE else files.find(words[0])
        text = Array[u8, PATH_ROOM]()
        path = copy_path(UserSlice[u8](words[1], words[2]), text[:])
        return operations.begin_to_open(view, path, base)

    @property
    @no_raise
    def wanted(self) -> u32:
        """What a POLL waits for."""
        return truncate(u32, self.submission.arguments[1]) & u32(Ready.READ | Ready.WRITE)

    @no_raise
    @sleeps
    def attempt(self, files: FileTable) -> bool:
        """Do what can be done without waiting; return whether the request is done, as `error` and `result` say."""
        try:
            opening = self.opening
            return self.go_on() if opening is None else self.open(opening, files)
        except Exception:  # noqa: BLE001 - it is the program's to handle
            self.fail(handled_class().cast(TypeInfo))
            return True

    @sleeps
    def go_on(self) -> bool:
        file = self.file
        if file is None:
            return False
        if self.operation == Operation.POLL:
            self.result = u64(ready_for(borrow(file)) & self.wanted)
            return self.result != 0
        transfer = self.transfer(borrow(file))
        is_done = transfer.go_on() or file.is_nonblocking
        self.done = transfer.done
        self.result = transfer.done
        if file.is_nonblocking and self.done == 0 and not is_done:
            raise BlockingIOError
        return is_done

    @sleeps
    def open(self, opening: Opening, files: FileTable) -> bool:
        """Open a file, if that need not wait; return whether it was."""
        try:
            self.result = files.add(opening.attempt())
            return True
        except BlockingIOError:
            if opening.queue() is None:
                raise
            return False

    @no_raise
    def transfer(self, file: Ptr[File]) -> Transfer:
        words = self.submission.arguments
        is_write = self.operation == Operation.WRITE
        return Transfer(file, words[1], words[2], is_write, words[3], self.done)

    @no_raise
    def fail(self, type: Ptr[TypeInfo]) -> None:
        """Be done, with an exception of a class."""
        self.error = truncate(u32, number_of(type))

    @no_raise
    def give_up(self) -> bool:
        """Look whether it is to end though it is not done: it was cancelled, or has taken too long."""
        try:
            if self.is_cancelled:
                raise Cancelled
            if clock.uptime() >= self.deadline:
                raise TimeoutError
            return False
        except OSError:
            if self.done == 0:
                self.fail(handled_class().cast(TypeInfo))
            return True

    # Waiting ------------------------------------------------------------------------------------

    @no_raise
    def queue(self, index: usize) -> Ptr[WaitQueue] | None:
        """Return one of the queues that are woken when it may go on."""
        opening = self.opening
        if opening is not None:
            return opening.queue() if index == 0 else None
        file = self.file
        if file is None:
            return None
        wants_write = self.operation == Operation.WRITE or (
            self.operation == Operation.POLL and self.wanted & u32(Ready.WRITE) != 0
        )
        wants_read = self.operation == Operation.READ or (
            self.operation == Operation.POLL and self.wanted & u32(Ready.READ) != 0
        )
        if index == 0:
            return file.node.readable() if wants_read else None
        return file.node.writable() if wants_write else None

    @no_raise
    def join(self, worker: Ptr[Thread]) -> bool:
        """Wait at all its queues, on behalf of a thread; return whether it did not at one of them."""
        has_joined = False
        for index in range(usize(QUEUES)):
            queue = self.queue(index)
            waiter = address_of(self.waiters[index])
            if queue is not None and not queue.has(waiter[0]):
                waiter.thread = worker
                queue.join(waiter[0])
                has_joined = True
        return has_joined

    @no_raise
    def is_awake(self) -> bool:
        """Whether one of its queues was woken since it joined them."""
        for index in range(usize(QUEUES)):
            queue = self.queue(index)
            if queue is not None and not queue.has(self.waiters[index]):
                return True
        return False

    @no_raise
    def leave(self) -> None:
        for index in range(usize(QUEUES)):
            if (queue := self.queue(index)) is not None:
                queue.leave(self.waiters[index])


@no_raise
def ready_for(file: Ptr[File]) -> u32:
    """Return what can be done with a file without waiting: Ready."""
    ready = u32(Ready.READ) if file.node.can_be_read() else 0
    if file.node.can_be_written():
        ready |= u32(Ready.WRITE)
    if file.node.is_deserted():
        ready |= u32(Ready.ENDED)
    return ready


@struct
class RequestList:
    """Requests in the order in which they came. Zeros are an empty list."""

    first: Request | None
    last: Ptr[Request] | None

    @no_raise
    def push(self, request: Request) -> None:
        last = self.last
        if last is None:
            self.first = request
        else:
            last.next = request
        self.last = borrow(request)

    @no_raise
    def pop(self) -> Request | None:
        request = self.first
        if request is None:
            return None
        self.first = request.next
        request.next = None
        if self.first is None:
            self.last = None
        return request
