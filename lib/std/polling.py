"""Waiting for any of several open files.

watched = [Watched(keyboard), Watched(child.ended)]
if polling.wait_for_any(watched, seconds=1.5):
    for each in watched:
        if each.is_readable: ...
"""

from __future__ import annotations

from typing import Final

from core.ring_records import NEVER, PollEntry, Ready
from lang import Array, no_raise, u32, u64
from lib.std import system

MOST: Final = 64  # files at a time
SECOND: Final = 1e9  # ns


class Watched:
    """An open file that is waited for, and what it is ready for since."""

    number: int
    wanted: u32
    ready: u32

    def __init__(self, number: int, for_reading: bool = True, for_writing: bool = False) -> None:
        self.number = number
        self.wanted = u32(for_reading) * u32(Ready.READ) + u32(for_writing) * u32(Ready.WRITE)

    @property
    @no_raise
    def is_readable(self) -> bool:
        """Whether reading does not wait."""
        return self.ready & u32(Ready.READ) != 0

    @property
    @no_raise
    def is_writable(self) -> bool:
        """Whether writing does not wait."""
        return self.ready & u32(Ready.WRITE) != 0

    @property
    @no_raise
    def has_ended(self) -> bool:
        """Whether nobody is at the other end any more."""
        return self.ready & u32(Ready.ENDED) != 0


def wait_for_any(watched: list[Watched], seconds: float | None = None) -> int:
    """Wait until a file is ready for what is wanted of it; return how many are: 0 if none was in time.

    watched: 64 at most. seconds: None waits for ever.
    """
    if len(watched) > MOST:
        raise ValueError("so many files cannot be waited for at a time")
    entries = Array[PollEntry, MOST]()
    for index, each in enumerate(watched):
        entries[index] = PollEntry(u64(each.number), each.wanted, 0)
    timeout_ns = NEVER if seconds is None else u64(seconds * SECOND)
    count = system.poll(entries[: len(watched)], timeout_ns)
    for index, each in enumerate(watched):
        each.ready = entries[index].ready
    return int(count)
