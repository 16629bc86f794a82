"""bytes: what is made while a program runs, and the operators of all bytes.

A literal is a static object; `Octets` has the same fields in the same places, so that all `bytes` are read in
one way. Each has bytes of its own: what is cut out of others is copied.

    a + b, a * n             add, multiply
    data[i], data[a:b:c]     item, get_slice
    x in data, for b in data holds or contains, numbers
    bytes(x)                 zeros, of_numbers, copied
    data.method(...)         the function of that name in a module beside this one, a view of `data` being its
                             first argument

    encodings       text and bytes: encode, decode, hex, fromhex
    octet_parts     where bytes lie in others, and what is cut out
    octet_letters   letters, digits and white space among them; padding
    octet_numbers   to_bytes, from_bytes
    bytearrays      bytes that change

A program's own file has these if it imports nothing of `lang`, and says `bytes` in some way (compiler/read.py).

Source: Python Library Reference, "Bytes and Bytearray Operations".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

from core import hash as hashing
from core.containers import ranges, storage
from core.containers.list import list
from core.containers.searching import find_bytes
from lang import Ptr, Slice, truncate, u8, u64


@final
class Octets:
    """Bytes that are no literal. The fields lie where those of a literal's object do."""

    data: Ptr[u8]
    size: u64
    hash: u64  # 0: not computed
    owner: bytes | None  # always None

    def __init__(self, size: u64) -> None:
        self.data = storage.take(size) if size > 0 else storage.nowhere()
        self.size = size
        self.hash = 0
        self.owner = None

    def __del__(self) -> None:
        if self.size > 0:
            storage.give_back(self.data, self.size)

    def view(self) -> Slice[u8]:
        """Return the bytes, to be written before anybody else has the object."""
        return Slice[u8](self.data, self.size)


# Making bytes ----------------------------------------------------------------------------------


def copied(data: Slice[u8]) -> bytes:
    """Return bytes of their own."""
    made = Octets(len(data))
    made.view().copy_from(data)
    return made


def zeros(count: int) -> bytes:
    """Return that many zeros.

    Raises:
        ValueError: the count is negative.
    """
    if count < 0:
        raise ValueError("negative count")
    return Octets(u64(count))


def of_numbers(numbers: list[int]) -> bytes:
    """Return one byte for each number.

    Raises:
        ValueError: one is no byte.
    """
    made = Octets(u64(numbers.used))
    view = made.view()
    for index in range(numbers.used):
        view[index] = as_byte(numbers[index], "bytes must be in range(0, 256)")
    return made


def as_byte(number: int, refusal: str) -> u8:
    """Return a number as a byte.

    Raises:
        ValueError: it is none.
    """
    if number < 0 or number > 255:
        raise ValueError(refusal)
    return truncate(u8, number)


# Operators -------------------------------------------------------------------------------------


def add(left: Slice[u8], right: Slice[u8]) -> bytes:
    made = Octets(len(left) + len(right))
    made.view()[: len(left)].copy_from(left)
    made.view()[len(left) :].copy_from(right)
    return made


def multiply(data: Slice[u8], count: int) -> bytes:
    times = u64(max(count, 0))
    made = Octets(len(data) * times)
    for index in range(times):
        made.view()[index * len(data) : (index + 1) * len(data)].copy_from(data)
    return made


def item(data: Slice[u8], index: int) -> int:
    """Return the byte at an index, which may count from the end.

    Raises:
        IndexError: there is none.
    """
    position = index if index >= 0 else index + len(data)
    if position < 0 or position >= len(data):
        raise IndexError("index out of range")
    return int(data[u64(position)])


def get_slice(data: Slice[u8], start: int | None, stop: int | None, step: int | None) -> bytes:
    part = ranges.part(start, stop, step, len(data))
    if part.step == 1:
        return copied(data[u64(part.start) : u64(part.start + part.count)])
    made = Octets(u64(part.count))
    at = part.start
    for index in range(part.count):
        made.view()[index] = data[u64(at)]
        at += part.step
    return made


def numbers(data: bytes) -> Iterator[int]:
    """Yield the bytes as numbers."""
    for index in range(len(data)):
        yield int(data[index])


def listed(data: Slice[u8]) -> list[int]:
    """Return the bytes as numbers in a list."""
    made = list[int]()
    made.reserve(len(data))
    for byte in data:
        made.append(int(byte))
    return made


def contains(data: Slice[u8], wanted: Slice[u8]) -> bool:
    return find_bytes(data, wanted, 0) >= 0


def holds(data: Slice[u8], number: int) -> bool:
    """Whether one byte is this number.

    Raises:
        ValueError: it is no byte.
    """
    wanted = as_byte(number, "byte must be in range(0, 256)")
    for byte in data:
        if byte == wanted:
            return True
    return False


def hash_of(data: bytes) -> u64:
    return hashing.fnv1a(data) | 1
