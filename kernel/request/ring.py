"""One ring: submissions become requests, and requests become completions.

Requests that have no completion yet are in one of three places: `arrived`, with news for the worker; `waiting`, which only the
worker changes, so that it may look through it before it sleeps without a lock; or behind another one of their chain.
"""

from __future__ import annotations

from typing import Final

from core.errors import BadAddress, Cancelled
from core.object import TypeInfo
from core.ring_records import (
    ALL_FLAGS,
    ARGUMENTS,
    CONTROL_SIZE,
    HARD_LINK,
    LINK,
    MOST_COMPLETIONS,
    REGISTER_BITS,
    RESULT_SHIFT,
    Completion,
    Control,
    Operation,
    RingPlace,
    Submission,
    Which,
)
from kernel.fs.file_table import FileTable
from kernel.fs.view import View
from kernel.mem.address_space import AddressSpace, Protection
from kernel.request.request import Request, RequestList
from kernel.sched import sleep
from kernel.sched.sleep import NEVER
from kernel.sched.thread import Thread, WakeReason
from kernel.sync.mutex import Mutex
from kernel.sync.wait_queue import WaitQueue
from lang import (
    Atomic,
    Ptr,
    UserPtr,
    borrow,
    copy,
    handled_class,
    no_raise,
    offsetof,
    sizeof,
    sleeps,
    truncate,
    u32,
    u64,
    usize,
    wrapping_add,
    wrapping_sub,
)

LINKS: Final[u32] = LINK | HARD_LINK


class Ring:
    files: Ptr[FileTable]  # of its process; constant, as are view and place
    view: View
    place: RingPlace

    lock: Mutex
    taken: u32  # submissions; guarded by lock
    posted: u32  # completions; guarded by lock
    arrived: RequestList  # guarded by lock
    waiting: RequestList  # the worker's; others read it with the lock
    next_deadline: u64  # the worker's: when the first of those gives up
    worker: Thread | None  # constant once it has one

    outstanding: Atomic[u32]  # requests that have no completion yet; grows under lock
    posts: Atomic[u64]  # completions, counted up
    has_news: Atomic[bool]  # for the worker
    is_over: Atomic[bool]
    has_ended: Atomic[bool]  # the worker is through with it
    changed: WaitQueue  # woken with each completion, and at the end

    def __init__(self, files: Ptr[FileTable], view: View, place: RingPlace) -> None:
        self.files = files
        self.view = view
        self.place = copy(place)
        self.next_deadline = NEVER

    # What threads that enter do -----------------------------------------------------------------

    @sleeps
    def take(self, most: u32) -> u32:
        """Begin requests that the program has submitted, and return how many; fewer where completions lack room.

        Raises:
            Cancelled: the ring is over.
            ValueError: the program's counts make no sense.
            BadAddress: the ring's memory is not there any more.
            MemoryError: there is no memory for even one.
        """
        with self.lock:
            if self.is_over.load():
                raise Cancelled
            counts = self.program_counts()
            submitted = wrapping_sub(truncate(u32, counts), self.taken)
            unread = wrapping_sub(self.posted, truncate(u32, counts >> 32))
            if submitted > self.place.submission_count or unread > self.place.completion_count:
                raise ValueError
            room = self.place.completion_count - unread
            taken: u32 = 0
            limit = min(most, submitted)
            while taken < limit and self.outstanding.load() < room:
                free = room - self.outstanding.load()
                try:
                    count = self.take_chain(limit - taken, free)
                except MemoryError:
                    if taken == 0:
                        raise
                    break
                if count == 0:
                    break
                taken += count
            return taken

    @sleeps
    def take_chain(self, most: u32, room: u32) -> u32:
        """Take one submission with all that are linked to it, and begin it; return how many, 0 if they have no room.

        most: that there are; the last of these ends the chain.
        """
        first = self.read_submission(0)
        last = borrow(first)
        count: u32 = 1
        while last.submission.flags & LINKS != 0 and count < most:
            following = self.read_submission(count)
            last.following = following
            last = borrow(following)
            count += 1
        if count > room:
            return 0
        self.taken = wrapping_add(self.taken, count)
        self.outstanding.fetch_add(count)
        self.write_counts()
        self.run(first)
        return count

    @sleeps
    def read_submission(self, index: u32) -> Request:
        mask = self.place.submission_count - 1
        place = u64(wrapping_add(self.taken, index) & mask)
        size: u64 = sizeof(Submission)
        return Request(UserPtr[Submission](self.place.submissions + place * size).read())

    @sleeps
    def wait(self, wanted: u32) -> None:
        """Wait until the program has so many completions to read, or no request is left that could give one.

        Raises:
            InterruptedError: a note came first.
            Cancelled: the ring is over.
            BadAddress: the ring's memory is not there any more.
        """
        with self.lock:
            unread = wrapping_sub(self.posted, truncate(u32, self.program_counts() >> 32))
            goal = self.posts.load() + u64(wanted - min(unread, wanted))
        me = borrow(self)
        reason = self.changed.wait_until(
            lambda: me.posts.load() >= goal or me.outstanding.load() == 0 or me.is_over.load()
        )
        if reason != WakeReason.WOKEN:
            raise InterruptedError
        if self.is_over.load():
            raise Cancelled

    @no_raise
    @sleeps
    def end(self) -> None:
        """Give up what is not done, and wait until the worker has let go of everything."""
        self.is_over.store(True)
        self.changed.wake_all()
        self.tell_worker()
        me = borrow(self)
        self.changed.wait_uninterrupted(lambda: me.has_ended.load())

    @no_raise
    def tell_worker(self) -> None:
        self.has_news.store(True)
        if (worker := self.worker) is not None:
            sleep.wake(borrow(worker))

    # Requests -----------------------------------------------------------------------------------

    @no_raise
    @sleeps
    def run(self, first: Request) -> None:
        """Begin a request, and go on with its chain as far as that can be done without waiting."""
        request: Request | None = first
        while request is not None:
            if not self.begin(request):
                self.arrived.push(request)
                self.tell_worker()
                return
            request = self.complete(request)

    @no_raise
    @sleeps
    def begin(self, request: Request) -> bool:
        """Begin a request; return whether it is done already."""
        try:
            self.load_registers(request)
            if request.operation == Operation.CANCEL:
                request.result = self.cancel(request)
                return True
            request.begin(self.files[0], self.view)
        except Exception:  # noqa: BLE001 - it is the program's to handle
            request.fail(handled_class().cast(TypeInfo))
            return True
        return request.attempt(self.files[0])

    def cancel(self, by: Request) -> u64:
        """Cancel the first request, or all, with the data that a request names; return how many.

        Raises:
            KeyError: there is none.
        """
        data = by.submission.arguments[0]
        is_all = by.submission.arguments[1] == u64(Which.ALL)
        count = mark(self.arrived.first, data, is_all)
        if count == 0 or is_all:
            count += mark(self.waiting.first, data, is_all)
        if count == 0:
            raise KeyError
        self.tell_worker()
        return count

    @no_raise
    @sleeps
    def complete(self, request: Request) -> Request | None:
        """Tell the program what became of a request; return the one that begins now, if one does."""
        following = request.following
        request.following = None
        self.post(request)
        if following is None or request.releases_next:
            return following
        while following is not None:
            cancelled = following
            following = cancelled.following
            cancelled.following = None
            cancelled.is_cancelled = True
            cancelled.give_up()
            self.post(cancelled)
        return None

    @no_raise
    @sleeps
    def post(self, request: Request) -> None:
        """Write a completion. If the program has taken the memory away, it does without."""
        try:
            self.save_register(request)
            self.write_completion(request)
        except BadAddress:
            pass
        self.outstanding.fetch_sub(1)
        self.posts.fetch_add(1)
        self.changed.wake_all()

    def write_completion(self, request: Request) -> None:
        size: u64 = sizeof(Completion)
        index = u64(self.posted & (self.place.completion_count - 1))
        asked = request.submission
        into = UserPtr[Completion](self.place.completions + index * size)
        into.write(Completion(asked.operation, request.error, asked.data, request.result, 0))
        self.posted = wrapping_add(self.posted, 1)
        self.write_counts()

    # The shared memory --------------------------------------------------------------------------

    def program_counts(self) -> u64:
        """Return how far the program has come: what it has submitted, and above that what it has seen.

        Raises:
            BadAddress: the memory is not there.
        """
        return UserPtr[u64](self.place.control + offsetof(Control, "submitted")).read()

    def write_counts(self) -> None:
        """Let the program see how far the kernel has come, by one store.

        Raises:
            BadAddress: the memory is not there.
        """
        counts = u64(self.taken) | u64(self.posted) << 32
        UserPtr[u64](self.place.control + offsetof(Control, "taken")).write(counts)

    def register(self, number: u32) -> UserPtr[u64]:
        """Return where a register is; they count from 1."""
        first = self.place.control + offsetof(Control, "registers")
        return UserPtr[u64](first + u64(number - 1) * 8)

    def load_registers(self, request: Request) -> None:
        """Take the arguments from registers that are to come from there.

        Raises:
            ValueError: a flag means nothing.
            BadAddress: the memory is not there.
        """
        flags = request.submission.flags
        if flags & ~ALL_FLAGS != 0:
            raise ValueError
        for index in range(u32(ARGUMENTS)):
            number = flags >> (REGISTER_BITS * index) & 7
            if number != 0:
                request.submission.arguments[usize(index)] = self.register(number).read()

    def save_register(self, request: Request) -> None:
        number = request.submission.flags >> RESULT_SHIFT & 7
        if number != 0 and request.error == 0:
            self.register(number).write(request.result)

    # What the worker does -----------------------------------------------------------------------

    @no_raise
    @sleeps
    def serve(self) -> None:
        """Go on with requests as their files are ready, until the ring is over or the process ends."""
        while not self.is_to_stop():
            with self.lock:
                self.go_on_with_all()
            self.rest()
        with self.lock:
            self.is_over.store(True)
            self.drop_all()
        self.has_ended.store(True)
        self.changed.wake_all()

    @no_raise
    @sleeps
    def go_on_with_all(self) -> None:
        self.has_news.store(False)
        before = RequestList(self.waiting.first, self.waiting.last)
        self.waiting = RequestList(None, None)
        self.next_deadline = NEVER
        while (request := before.pop()) is not None:
            self.go_on_with(request)
        while (request := self.arrived.pop()) is not None:
            self.go_on_with(request)

    @no_raise
    @sleeps
    def go_on_with(self, request: Request) -> None:
        """Go on with a request that waits, or is to wait from now on."""
        has_changed = request.join(sleep.current())
        if not (has_changed and request.attempt(self.files[0])) and not request.give_up():
            self.next_deadline = min(self.next_deadline, request.deadline)
            self.waiting.push(request)
            return
        request.leave()
        following = self.complete(request)
        if following is not None:
            self.run(following)

    @no_raise
    @sleeps
    def rest(self) -> None:
        """Sleep until there is something to do. See sleep.py for why nothing is missed."""
        sleep.begin_sleep()
        if self.has_news.load() or self.is_to_stop() or self.is_one_awake():
            sleep.cancel_sleep()
        else:
            sleep.block(self.next_deadline)

    @no_raise
    def is_to_stop(self) -> bool:
        """Whether the worker, which asks, is to let go of everything."""
        return self.is_over.load() or sleep.is_wanted()

    @no_raise
    def is_one_awake(self) -> bool:
        at = self.waiting.first
        while at is not None:
            if at.is_awake():
                return True
            at = at.next
        return False

    @no_raise
    @sleeps
    def drop_all(self) -> None:
        while (request := self.waiting.pop()) is not None:
            request.leave()
        while (request := self.arrived.pop()) is not None:
            pass
        self.outstanding.store(0)


@no_raise
def mark(first: Request | None, data: u64, is_all: bool) -> u64:
    """Mark requests of a list as cancelled; return how many."""
    count: u64 = 0
    at = first
    while at is not None:
        if at.submission.data == data and not at.is_cancelled:
            at.is_cancelled = True
            count += 1
            if not is_all:
                break
        at = at.next
    return count


def map_memory(space: AddressSpace, address: u64, submissions: u32, completions: u32) -> RingPlace:
    """Promise the memory of a ring to a program, and return where it is.

    address: where, in whole pages; 0 leaves it to the kernel.

    Raises:
        ValueError: a count is no power of two or too large, or there are fewer completions than submissions.
        FileExistsError, BadAddress, MemoryError: as AddressSpace.reserve.
    """
    if not (is_power_of_two(submissions) and is_power_of_two(completions)):
        raise ValueError
    if not submissions <= completions <= MOST_COMPLETIONS:
        raise ValueError
    size = size_of(submissions, completions)
    protection = Protection.READ | Protection.WRITE
    start = (
        space.reserve(size, protection)
        if address == 0
        else space.reserve(size, protection, address)
    )
    behind = start + CONTROL_SIZE + u64(submissions) * sizeof(Submission)
    return RingPlace(start, start + CONTROL_SIZE, behind, submissions, completions)


@no_raise
def size_of(submissions: u32, completions: u32) -> u64:
    """Return how many bytes a ring takes."""
    entries: u64 = u64(submissions) * sizeof(Submission) + u64(completions) * sizeof(Completion)
    return CONTROL_SIZE + entries


@no_raise
def is_power_of_two(value: u32) -> bool:
    return value != 0 and value & (value - 1) == 0
