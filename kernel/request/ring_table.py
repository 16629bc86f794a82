"""The rings of a process, by small numbers."""

from __future__ import annotations

from typing import Final

from core.errors import BadFile, TooManyFiles
from kernel.request.ring import Ring
from kernel.sync.spin_lock import SpinLock
from lang import Array, no_raise, struct, u64, usize

COUNT: Final = 8


@struct(pinned=True)
class RingTable:
    lock: SpinLock
    rings: Array[Ring | None, COUNT]  # guarded by lock

    def find(self, number: u64) -> Ring:
        """Return the ring of a number.

        Raises:
            BadFile: there is none.
        """
        if number < COUNT:
            with self.lock:
                ring = self.rings[usize(number)]
            if ring is not None:
                return ring
        raise BadFile

    def add(self, ring: Ring) -> u64:
        """Give a ring the lowest number that is free, and return it.

        Raises:
            TooManyFiles: none is.
        """
        with self.lock:
            for number in range(usize(COUNT)):
                if self.rings[number] is None:
                    self.rings[number] = ring
                    return u64(number)
        raise TooManyFiles

    def take(self, number: u64) -> Ring:
        """Take a ring out.

        Raises:
            BadFile: there is none.
        """
        if number >= COUNT:
            raise BadFile
        with self.lock:
            ring = self.rings[usize(number)]
            self.rings[usize(number)] = None
        if ring is None:
            raise BadFile
        return ring

    @no_raise
    def clear(self) -> None:
        """Let go of all rings, whose workers have ended."""
        for number in range(usize(COUNT)):
            with self.lock:
                ring = self.rings[number]
                self.rings[number] = None
            del ring
