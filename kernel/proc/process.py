"""Processes: a program that runs, with its memory, its threads, and how it ended.

A process lives as long as anybody refers to it: each of its threads does. It has ended when the last thread has; its
memory goes with the process itself.

    ask_to_end    each thread ends instead of returning to the program, with a status that is text
    status        what whoever came first gave as the reason; empty is success

Lock order: Process.lock before that of a run queue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.collections.list import IntrusiveList
from kernel.fs import file_table
from kernel.fs.file_table import FileTable
from kernel.fs.tmpfs import TmpFolder
from kernel.fs.view import View
from kernel.ipc import shared_files
from kernel.mem import user_space
from kernel.mem.address_space import AddressSpace
from kernel.mem.heap_memory import HeapMemory
from kernel.proc.belongings import Belonging, Belongings
from kernel.request.ring_table import RingTable
from kernel.sched import accounting, priority, scheduler
from kernel.sched.accounting import ThreadTimes
from kernel.sched.thread import Request, Thread, WakeReason
from kernel.sync.spin_lock import SpinLock
from kernel.sync.wait_queue import WaitQueue
from kernel.time import clock
from lang import (
    Array,
    Atomic,
    Order,
    Ptr,
    Slice,
    address_of,
    borrow,
    no_raise,
    owner,
    u8,
    u32,
    u64,
)

if TYPE_CHECKING:
    from kernel.proc.group import Group

LONGEST_STATUS: Final[u64] = 255
REMEMBERED_NS: Final[u64] = 1_000_000_000

next_number: Atomic[u64]


class Process:
    """One program that runs."""

    # Set at creation, then constant.
    number: u64  # counted up from 1, never used again
    space: AddressSpace
    files: FileTable
    rings: RingTable
    view: View  # of files
    environment: TmpFolder
    started_at: u64  # uptime, in ns

    arguments: HeapMemory | None  # texts, each ended by a 0

    belongings: Belongings  # that others keep for it

    note_handler: Atomic[u64]  # where its program handles notes; 0: nowhere

    # How it begins. `expected` is its parent's belonging while it waits for that; set before its first thread
    # runs, then that thread's.
    may_begin: Atomic[bool]  # its first thread enters the program
    beginning: WaitQueue
    expected: Belonging | None

    lock: SpinLock
    threads: IntrusiveList  # guarded by lock
    servants: IntrusiveList  # threads that end with the last of those; guarded by lock
    is_ending: bool  # guarded by lock
    text: Array[u8, 256]  # of the status; guarded by lock while not is_ending, then constant
    text_length: u64

    in_group: Group  # guarded by lock
    weight: u32  # of its threads; guarded by lock
    ended_threads_ns: u64  # for how long those ran that have ended; guarded by lock
    ended_threads_call_ns: u64  # of that, in calls; guarded by lock

    unburied: Atomic[u32]  # threads that may still run on its memory
    has_ended: Atomic[bool]
    ended_at: u64  # uptime in ns, once it has ended
    ended: WaitQueue

    def __init__(self, view: View, group: Group) -> None:
        self.view = view
        self.in_group = group
        self.environment = TmpFolder()
        self.started_at = clock.uptime()
        self.weight = priority.weight_of(priority.USER_HIGHEST)
        self.number = next_number.fetch_add(1, Order.RELAXED) + 1
        self.space.create()

    def __del__(self) -> None:
        self.free_memory()

    @property
    @no_raise
    def status(self) -> Slice[u8]:
        """The status with which it ends, once that is known."""
        return self.text[: self.text_length]

    @property
    @no_raise
    def argument_texts(self) -> Slice[u8]:
        """What it was started with: texts, each ended by a 0."""
        kept = self.arguments
        return b"" if kept is None else kept.bytes

    @no_raise
    def add(self, thread: Thread) -> bool:
        """Add a thread that has not begun; return False if the process is ending, and takes none."""
        with self.lock:
            if self.is_ending:
                return False
            thread.process = self
            thread.space = address_of(self.space)
            thread.entity.set_share(self.weight, priority.SLICE_NS)
            self.list_for(thread).push_back(thread.place)
            self.unburied.fetch_add(1, Order.RELAXED)
            return True

    @no_raise
    def ask_to_end(self, status: Slice[u8]) -> None:
        """Have all threads end; the first call gives the status, of which the first 255 bytes count."""
        with self.lock:
            if self.is_ending:
                return
            self.is_ending = True
            self.text_length = min(len(status), LONGEST_STATUS)
            self.text[: self.text_length].copy_from(status[: self.text_length])
            end_all_soon(self.threads)
            end_all_soon(self.servants)
        scheduler.give_way()

    @no_raise
    def remove(self, thread: Thread) -> None:
        """Let a thread go that ends; with the last one the process has ended."""
        with self.lock:
            self.list_for(thread).remove(thread.place)
            self.ended_threads_ns += accounting.of_thread(borrow(thread))
            self.ended_threads_call_ns += accounting.in_calls(borrow(thread))
            if self.threads.is_empty:
                self.is_ending = True
                end_all_soon(self.servants)
            is_last = self.threads.is_empty and self.servants.is_empty
        if is_last:
            self.rings.clear()
            self.files.close_range(0, file_table.COUNT)
            self.belongings.end()
            shared_files.giver_ended(self.number)
            self.view.leave()
            self.ended_at = clock.uptime()
            self.has_ended.store(True)
            self.ended.wake_all()

    @no_raise
    def list_for(self, thread: Thread) -> Ptr[IntrusiveList]:
        """Return where a thread of the process is listed."""
        return address_of(self.servants) if thread.is_servant else address_of(self.threads)

    @no_raise
    def thread_is_gone(self) -> None:
        """A thread of the process has left its processor for ever; after the last one the memory is free."""
        if self.unburied.fetch_sub(1, Order.ACQ_REL) == 1 and self.has_ended.load():
            self.free_memory()

    @no_raise
    def free_memory(self) -> None:
        if self.space.root != 0:
            user_space.destroy(self.space)

    @no_raise
    def is_forgotten(self, now: u64) -> bool:
        """Whether it has ended so long ago that nobody is expected to ask for it."""
        return self.has_ended.load() and now - self.ended_at >= REMEMBERED_NS

    @no_raise
    def let_begin(self) -> None:
        """Let the first thread enter the program, if it waits for that."""
        self.may_begin.store(True)
        self.beginning.wake_all()

    @no_raise
    def leave_parent(self) -> None:
        """Be no belonging of its parent's any more: it begins, or never will."""
        expected = self.expected
        if expected is not None:
            expected.leave()
            self.expected = None

    @no_raise
    def is_asked_to_end(self) -> bool:
        with self.lock:
            return self.is_ending

    @no_raise
    def group(self) -> Group:
        with self.lock:
            return self.in_group

    @no_raise
    def set_group(self, group: Group) -> None:
        before: Group | None = None
        with self.lock:
            before = self.in_group
            self.in_group = group
        del before  # which may be its end, not under the lock

    @no_raise
    def thread_count(self) -> u64:
        count: u64 = 0
        with self.lock:
            for _ in self.threads:
                count += 1
        return count

    @no_raise
    def run_time(self) -> u64:
        """Return for how many ns its threads have run up to now, all together."""
        with self.lock:
            total = self.ended_threads_ns
            return total + run_time_of(self.threads) + run_time_of(self.servants)

    @no_raise
    def call_time(self) -> u64:
        """Return for how many ns of that they did what the program called the kernel for."""
        with self.lock:
            total = self.ended_threads_call_ns
            return total + call_time_of(self.threads) + call_time_of(self.servants)

    @no_raise
    def copy_times(self, into: Slice[ThreadTimes]) -> u64:
        """Store the times of as many threads, servants last, as there is room for; return how many there are."""
        with self.lock:
            count = copy_times_of(self.threads, into, 0)
            return copy_times_of(self.servants, into, count)

    @no_raise
    def priority(self) -> u32:
        with self.lock:
            return self.weight - 1

    @no_raise
    def set_priority(self, wanted: u32) -> None:
        """Set the priority of all threads, those that will be started included."""
        weight = priority.weight_of(wanted)
        with self.lock:
            self.weight = weight
            set_weight_of(self.threads, weight)
            set_weight_of(self.servants, weight)


@no_raise
def end_soon(thread: Ptr[Thread]) -> None:
    """Have a thread end at its next return to its program, wherever it is now."""
    ask(thread, Request.END)


@no_raise
def end_all_soon(threads: IntrusiveList) -> None:
    for link in threads:
        end_soon(owner(link, Thread, "place"))


@no_raise
def run_time_of(threads: IntrusiveList) -> u64:
    """Return for how many ns threads have run up to now, all together."""
    total: u64 = 0
    for link in threads:
        total += accounting.of_thread(owner(link, Thread, "place"))
    return total


@no_raise
def call_time_of(threads: IntrusiveList) -> u64:
    """Return for how many ns of that they were in calls."""
    total: u64 = 0
    for link in threads:
        total += accounting.in_calls(owner(link, Thread, "place"))
    return total


@no_raise
def copy_times_of(threads: IntrusiveList, into: Slice[ThreadTimes], first: u64) -> u64:
    """Store the times of threads from a place on; return the place behind them all, though it may be out of room."""
    place = first
    for link in threads:
        if place < len(into):
            thread = owner(link, Thread, "place")
            times = into[place]
            times.number = thread.number
            times.run_ns = accounting.of_thread(thread)
            times.call_ns = accounting.in_calls(thread)
        place += 1
    return place


@no_raise
def set_weight_of(threads: IntrusiveList, weight: u32) -> None:
    for link in threads:
        scheduler.set_weight(owner(link, Thread, "place"), weight)


@no_raise
def ask(thread: Ptr[Thread], request: Request) -> None:
    """Have a thread do something before it returns to its program, and soon."""
    thread.requests.fetch_or(request)
    if not scheduler.wake(thread, WakeReason.INTERRUPTED):
        scheduler.interrupt(thread)
