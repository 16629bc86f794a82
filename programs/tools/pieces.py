"""Bytes as they are, for what is text or not."""

from __future__ import annotations

from typing import Final

from lang import Array, Slice, u8, u64
from lib.std import system

PIECE: Final = 4096
NEWLINE: Final[u8] = 10
STANDARD_OUTPUT: Final = 1


def write(data: Slice[u8], number: int = STANDARD_OUTPUT) -> None:
    """Write all of some bytes to an open file."""
    done: u64 = 0
    while done < len(data):
        done += system.write(u64(number), data[done:])


def copy(source: int, target: int = STANDARD_OUTPUT) -> None:
    """Copy all that an open file still gives to another."""
    storage = Array[u8, PIECE]()
    while (size := system.read(u64(source), storage[:])) > 0:
        write(storage[:size], target)


class Piece:
    """Some bytes of a file."""

    storage: Array[u8, PIECE]
    size: u64
    ends: int  # of lines that are in it

    def __init__(self, number: int) -> None:
        """Be what an open file gives next; of size 0 at the end."""
        self.size = system.read(u64(number), self.storage[:])
        self.ends = 0
        for byte in self.storage[: self.size]:
            if byte == NEWLINE:
                self.ends += 1
