"""Target code for the tests of what is kept of the log."""

from __future__ import annotations

from kernel.log import kept
from lang import Array, u8, u64

buffer: Array[u8, 70000]


def clear() -> None:
    kept.begun.store(0)
    kept.end.store(0)


def append(first: u64, length: u64) -> None:
    """Keep bytes that count up modulo 251."""
    for index in range(length):
        buffer[index] = u8((first + index) % 251)
    kept.append(buffer[:length])


def append_line(length: u64) -> None:
    for index in range(length):
        buffer[index] = 0x2E
    buffer[length] = 10
    kept.append(buffer[: length + 1])


def begin_append(length: u64) -> None:
    """Leave the state in which somebody is in the middle of writing."""
    kept.begun.store(kept.end.load() + length)


def read(position: u64, length: u64) -> tuple[u64, u64]:
    piece = kept.read(position, buffer[:length])
    return piece.position, piece.length


def start_of_last(lines: u64) -> u64:
    return kept.start_of_last(lines)


def byte(index: u64) -> u8:
    return buffer[index]
