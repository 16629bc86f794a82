"""The process table: which processes there are, by number, and for a while those that there were.

A process stays in the table for REMEMBERED_NS after it has ended, so that its status can still be read by whoever learned of it
too late to be waiting.

Locks: `lock` guards the list; nothing is taken with it held.
"""

from __future__ import annotations

from kernel.proc.process import REMEMBERED_NS, Process
from kernel.sched import kernel_thread, sleep
from kernel.sync.spin_lock import SpinLock
from kernel.time import clock
from lang import no_raise, u64


class Row:
    """A process in the table."""

    process: Process
    next: Row | None

    def __init__(self, process: Process) -> None:
        self.process = process


lock: SpinLock
newest: Row | None = None  # guarded by lock; numbers descend along the list


def add(process: Process) -> None:
    """Let a process be found.

    Raises:
        MemoryError: there is too little memory.
    """
    global newest
    row = Row(process)
    with lock:
        row.next = newest
        newest = row


@no_raise
def find(number: u64) -> Process | None:
    with lock:
        row = newest
        while row is not None:
            if row.process.number == number:
                return row.process
            row = row.next
    return None


@no_raise
def first_from(number: u64) -> Process | None:
    """Return the process with the least number that is not below a number."""
    found: Process | None = None
    with lock:
        row = newest
        while row is not None and row.process.number >= number:
            found = row.process
            row = row.next
    return found


def begin() -> None:
    """Begin to take out what has ended long enough ago.

    Raises:
        MemoryError: there is no memory for a thread.
    """
    kernel_thread.start("reaper", reap_for_ever)


@no_raise
def reap_for_ever() -> None:
    while True:
        sleep.until(clock.uptime() + REMEMBERED_NS)
        while take_out_one(clock.uptime()):
            pass


@no_raise
def take_out_one(now: u64) -> bool:
    """Take one process out that has ended long ago; return whether there was one."""
    global newest
    removed: Row | None = None
    with lock:
        before: Row | None = None
        row = newest
        while row is not None and not row.process.is_forgotten(now):
            before = row
            row = row.next
        if row is not None:
            if before is None:
                newest = row.next
            else:
                before.next = row.next
            removed = row
    return removed is not None
