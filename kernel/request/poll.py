"""Polling: a thread waits for any of several files.

Looking whether one is ready costs nothing but the looking; only who has to wait gets a Waiting, which has the files, and a
place in the queues of each.

Limits: MOST files at a time.
"""

from __future__ import annotations

from typing import Final

from core.errors import BadFile
from core.ring_records import PollEntry, Ready
from kernel.fs.file import File
from kernel.fs.file_table import FileTable
from kernel.fs.mode import Mode
from kernel.request.request import ready_for
from kernel.sched.thread import WakeReason
from kernel.sync import wait_queue
from kernel.sync.wait_queue import Waiter, WaitQueue
from kernel.time import clock
from lang import Array, Ptr, Slice, borrow, no_raise, sleeps, u32, u64, usize

MOST: Final = 64
QUEUES: Final = 2  # of a file
WAITERS: Final = MOST * QUEUES
ALWAYS_TOLD: Final[u32] = u32(Ready.ENDED)
EITHER: Final[u32] = u32(Ready.READ | Ready.WRITE)


class Waiting:
    """What a thread waits for."""

    entries: Slice[PollEntry]  # the caller's
    files: Array[File | None, MOST]  # which nobody can end meanwhile
    waiters: Array[Waiter, WAITERS]
    count: usize  # of waiters

    def __init__(self, entries: Slice[PollEntry]) -> None:
        self.entries = entries

    def find(self, table: FileTable) -> None:
        """Find the files, and the queues that are woken when one of them may be ready.

        Raises:
            BadFile: a number is not open, or not for what is wanted.
        """
        for index in range(len(self.entries)):
            file = open_for(table, self.entries[index])
            self.files[index] = file
            wanted = self.entries[index].wanted
            if wanted == 0:
                wanted = EITHER  # which tells its end
            before = self.count
            if wanted & u32(Ready.READ) != 0:
                self.add(file.node.readable())
            if wanted & u32(Ready.WRITE) != 0:
                self.add(file.node.writable())
            if self.count == before and not note_ready(self.entries[index], borrow(file)):
                raise BadFile  # it never will be ready, such as one end of a pipe for what the other is for

    @no_raise
    def add(self, queue: Ptr[WaitQueue] | None) -> None:
        if queue is not None:
            self.waiters[self.count].queue = queue
            self.count += 1

    @no_raise
    def look(self) -> u64:
        """Store what each file is ready for; return how many are ready for anything."""
        count: u64 = 0
        for index in range(len(self.entries)):
            file = borrow(self.files[index])
            if file is not None and note_ready(self.entries[index], file):
                count += 1
        return count


@sleeps
def poll(table: FileTable, entries: Slice[PollEntry], deadline: u64) -> u64:
    """Wait until a file is ready for something that is wanted of it, and store what each is ready for.

    entries: MOST at most.
    deadline: the uptime, in ns, when the waiting ends. Returns how many files are ready: 0 if none was in time.

    Raises:
        BadFile: a number is not open, or not for what is wanted.
        InterruptedError: a note came first.
        MemoryError: there is too little memory.
    """
    count = look(table, entries)
    if count > 0 or deadline <= clock.uptime():
        return count
    waiting = Waiting(entries)
    waiting.find(table)
    here = borrow(waiting)
    reason = wait_queue.wait_for_any(
        waiting.waiters[: waiting.count], lambda: here.look() > 0, deadline
    )
    if reason == WakeReason.INTERRUPTED:
        raise InterruptedError
    return waiting.look()


def look(table: FileTable, entries: Slice[PollEntry]) -> u64:
    """Store what each file is ready for; return how many are ready for anything."""
    count: u64 = 0
    for index in range(len(entries)):
        if note_ready(entries[index], borrow(open_for(table, entries[index]))):
            count += 1
    return count


def open_for(table: FileTable, entry: PollEntry) -> File:
    """Return the file of an entry.

    Raises:
        BadFile: the number is not open, or not for what is wanted.
    """
    file = table.find(entry.file)
    wants_read, wants_write = entry.wanted & u32(Ready.READ), entry.wanted & u32(Ready.WRITE)
    if wants_read != 0 and file.mode & Mode.READ == 0:
        raise BadFile
    if wants_write != 0 and file.mode & Mode.WRITE == 0:
        raise BadFile
    return file


@no_raise
def note_ready(entry: PollEntry, file: Ptr[File]) -> bool:
    """Store what a file is ready for; return whether it is for anything that is told."""
    entry.ready = ready_for(file) & (entry.wanted | ALWAYS_TOLD)
    return entry.ready != 0
