"""Processes: a program that runs, with its memory, its threads, and how it ended.

A process lives as long as anybody refers to it: each of its threads does. It has ended when the last thread has; its
memory goes with the process itself.

    ask_to_end    each thread ends instead of returning to the program, with a status that is text
    status        what whoever came first gave as the reason; empty is success

Lock order: Process.lock before that of a run queue.
"""

from __future__ import annotations

from typing import Final

from core.collections.list import IntrusiveList
from kernel.fs.file_table import FileTable
from kernel.mem import heap, user_space
from kernel.mem.address_space import AddressSpace
from kernel.sched import scheduler
from kernel.sched.thread import Thread, WakeReason
from kernel.sync.spin_lock import SpinLock
from kernel.sync.wait_queue import WaitQueue
from lang import (
    Array,
    Atomic,
    Order,
    Ptr,
    Slice,
    address_of,
    no_raise,
    owner,
    u8,
    u64,
)

LONGEST_STATUS: Final[u64] = 255

next_number: Atomic[u64]


class Process:
    """One program that runs."""

    # Set at creation, then constant.
    number: u64  # counted up from 1, never used again
    space: AddressSpace
    files: FileTable
    program: Slice[u8]  # the file that it runs

    # The first thread's, until it has entered the program.
    arguments: Ptr[u8] | None  # memory of the heap
    arguments_length: u64

    lock: SpinLock
    threads: IntrusiveList  # guarded by lock
    is_ending: bool  # guarded by lock
    text: Array[u8, 256]  # of the status; guarded by lock while not is_ending, then constant
    text_length: u64

    has_ended: Atomic[bool]
    ended: WaitQueue

    def __init__(self, program: Slice[u8]) -> None:
        self.program = program
        self.number = next_number.fetch_add(1, Order.RELAXED) + 1
        self.space.create()

    def __del__(self) -> None:
        self.forget_arguments()
        if self.space.root != 0:
            user_space.destroy(self.space)

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
        return b"" if kept is None else Slice[u8](kept, self.arguments_length)

    @no_raise
    def forget_arguments(self) -> None:
        kept = self.arguments
        if kept is not None:
            heap.free(kept)
            self.arguments = None

    @no_raise
    def add(self, thread: Thread) -> bool:
        """Add a thread that has not begun; return False if the process is ending, and takes none."""
        with self.lock:
            if self.is_ending:
                return False
            thread.process = self
            thread.space = address_of(self.space)
            self.threads.push_back(thread.place)
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
            for link in self.threads:
                end_soon(owner(link, Thread, "place"))
        scheduler.give_way()

    @no_raise
    def remove(self, thread: Thread) -> None:
        """Let a thread go that ends; with the last one the process has ended."""
        with self.lock:
            self.threads.remove(thread.place)
            is_last = self.threads.is_empty
            self.is_ending = self.is_ending or is_last
        if is_last:
            self.has_ended.store(True)
            self.ended.wake_all()


@no_raise
def end_soon(thread: Ptr[Thread]) -> None:
    """Have a thread end at its next return to its program, wherever it is now."""
    thread.is_to_end.store(True)
    if not scheduler.wake(thread, WakeReason.INTERRUPTED):
        scheduler.interrupt(thread)
