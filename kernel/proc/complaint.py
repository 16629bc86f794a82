"""Complaints: what the last write of a process to a control file was refused for, in words.

A failed call gives a program a class of exceptions, and no more. The sentence that goes with it is kept with the process, which reads
it from /proc/self/complaint.
"""

from __future__ import annotations

from typing import Final

from core.text.buffer import TextBuffer
from kernel.sync.spin_lock import SpinLock
from lang import Array, Slice, no_raise, struct, u8, u64

LONGEST: Final = 240


@struct(pinned=True)
class Complaint:
    """What a process is told; nothing if its last command was obeyed."""

    lock: SpinLock
    length: u64  # guarded by lock
    bytes: Array[u8, LONGEST]  # guarded by lock

    @no_raise
    def set(self, text: Slice[u8]) -> None:
        """Keep a text, as much of it as fits."""
        with self.lock:
            self.length = min(len(text), u64(LONGEST))
            self.bytes[: self.length].copy_from(text[: self.length])

    @no_raise
    def write(self, out: TextBuffer) -> None:
        """Write what was kept."""
        storage = Array[u8, LONGEST]()
        with self.lock:
            length = self.length
            storage[:length].copy_from(self.bytes[:length])
        out.write(storage[:length])
