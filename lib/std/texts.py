"""Between the bytes that the system knows and the text that programs do."""

from __future__ import annotations

from typing import Final

from core.containers import text as texts
from core.text import utf8
from lang import Array, Slice, u8, u64, usize
from lib.std import system

PIECE: Final = 4096


def decode(bytes: Slice[u8]) -> str:
    """Return bytes as text; each that is not UTF-8 becomes a question mark."""
    if utf8.is_valid(bytes):
        return texts.from_bytes(bytes)
    parts: list[str] = []
    done: usize = 0
    while done < len(bytes):
        size = utf8.find_invalid(bytes[done:])
        parts.append(texts.from_bytes(bytes[done : done + size]))
        done += size
        if done < len(bytes):
            parts.append("?")
            done += 1
    return "".join(parts)


class Reader:
    """The text that an open file gives, as it comes; a character whose bytes come in two pieces is one all the same."""

    number: int  # of the open file, which is not closed here
    storage: Array[u8, PIECE]
    held: usize  # bytes at the beginning of storage that may be the first of a character

    def __init__(self, number: int) -> None:
        self.number = number
        self.held = 0

    def read(self) -> str:
        """Wait for text, and return it; empty at the end."""
        while True:
            count = system.read(u64(self.number), self.storage[self.held :])
            size = self.held + count
            whole = size if count == 0 else utf8.whole_size(self.storage[:size])
            text = decode(self.storage[:whole])
            self.held = size - whole
            for index in range(self.held):
                self.storage[index] = self.storage[whole + index]
            if text != "" or count == 0:
                return text
