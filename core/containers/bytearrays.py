"""bytearray: bytes that change.

Source: Python Library Reference, "Bytearray Objects".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self, final

from core.containers import octets, ranges, storage
from core.text import quote
from core.text.buffer import TextBuffer
from lang import Ptr, Slice, u8, u64


@final
class bytearray:
    """Bytes in memory that grows.

    Invariant: used <= capacity.
    """

    data: Ptr[u8]
    used: int
    capacity: int

    def __init__(self, content: Slice[u8] = b"") -> None:
        self.data = storage.nowhere()
        self.used = 0
        self.capacity = 0
        self.extend(content)

    def __del__(self) -> None:
        if self.capacity > 0:
            storage.give_back(self.data, u64(self.capacity))

    def view(self) -> Slice[u8]:
        """Return the bytes, for as long as there are no more and no fewer."""
        return Slice[u8](self.data, u64(self.used))

    def __len__(self) -> int:
        return self.used

    def __iter__(self) -> Iterator[int]:
        index = 0
        while index < self.used:
            yield int(self.data[index])
            index += 1

    def __contains__(self, number: int) -> bool:
        return octets.holds(self.view(), number)

    def __getitem__(self, index: int) -> int:
        return int(self.data[self.place(index, "bytearray index out of range")])

    def __setitem__(self, index: int, number: int) -> None:
        place = self.place(index, "bytearray index out of range")
        self.data[place] = octets.as_byte(number, "byte must be in range(0, 256)")

    def __delitem__(self, index: int) -> None:
        place = int(self.place(index, "bytearray index out of range"))
        self.replace_part(place, place + 1, b"")

    def place(self, index: int, refusal: str) -> u64:
        """Return the position that an index means.

        Raises:
            IndexError: there is none.
        """
        position = index if index >= 0 else index + self.used
        if position < 0 or position >= self.used:
            raise IndexError(refusal)
        return u64(position)

    def get_slice(self, start: int | None, stop: int | None, step: int | None) -> bytearray:
        return bytearray(octets.get_slice(self.view(), start, stop, step))

    def set_slice(self, start: int | None, stop: int | None, other: Slice[u8]) -> None:
        part = ranges.part(start, stop, None, self.used)
        self.replace_part(part.start, part.start + part.count, octets.copied(other))

    def delete_slice(self, start: int | None, stop: int | None, step: int | None) -> None:
        part = ranges.part(start, stop, step, self.used)
        kept = bytearray()
        for index in range(self.used):
            offset = index - part.start
            is_in = offset % part.step == 0 and 0 <= offset // part.step < part.count
            if not is_in:
                kept.append(int(self.data[index]))
        self.replace_part(0, self.used, kept.view())

    def replace_part(self, start: int, stop: int, other: Slice[u8]) -> None:
        """Put other bytes, which lie elsewhere, in the place of those between two positions."""
        rest = self.used - stop
        used = start + len(other) + rest
        self.reserve(used)
        moved = Slice[u8](self.data + stop, u64(rest))
        Slice[u8](self.data + start + len(other), u64(rest)).copy_from(moved)
        Slice[u8](self.data + start, len(other)).copy_from(other)
        self.used = used

    def reserve(self, count: int) -> None:
        """Have room for so many bytes.

        Raises:
            MemoryError: there is none; nothing has changed.
        """
        if count <= self.capacity:
            return
        capacity = max(count, self.capacity * 2, 16)
        larger = storage.take(u64(capacity))
        Slice[u8](larger, u64(self.used)).copy_from(self.view())
        if self.capacity > 0:
            storage.give_back(self.data, u64(self.capacity))
        self.data = larger
        self.capacity = capacity

    def append(self, number: int) -> None:
        """Put a byte at the end."""
        byte = octets.as_byte(number, "byte must be in range(0, 256)")
        self.reserve(self.used + 1)
        self.data[self.used] = byte
        self.used += 1

    def extend(self, other: Slice[u8]) -> None:
        """Put bytes at the end, which may be these."""
        count: int = len(other)
        if self.used + count > self.capacity:
            kept = octets.copied(other)
            self.reserve(self.used + count)
            Slice[u8](self.data + self.used, u64(count)).copy_from(kept)
        else:
            Slice[u8](self.data + self.used, u64(count)).copy_from(other)
        self.used += count

    def insert(self, index: int, number: int) -> None:
        place = ranges.clamped(index, self.used)
        self.replace_part(place, place, octets.of_numbers([number]))

    def pop(self, index: int = -1) -> int:
        """Remove a byte and return it.

        Raises:
            IndexError: there is none.
        """
        if self.used == 0:
            raise IndexError("pop from empty bytearray")
        place = int(self.place(index, "pop index out of range"))
        number = int(self.data[place])
        self.replace_part(place, place + 1, b"")
        return number

    def remove(self, number: int) -> None:
        """Remove the first byte of a value.

        Raises:
            ValueError: there is none.
        """
        for index in range(self.used):
            if int(self.data[index]) == number:
                self.replace_part(index, index + 1, b"")
                return
        raise ValueError("value not found in bytearray")

    def clear(self) -> None:
        self.used = 0

    def copy(self) -> bytearray:
        return bytearray(self.view())

    def reverse(self) -> None:
        last = self.used - 1
        for index in range(self.used // 2):
            self.data[index], self.data[last - index] = self.data[last - index], self.data[index]

    def __add__(self, other: Slice[u8]) -> bytearray:
        return bytearray(octets.add(self.view(), other))

    def __iadd__(self, other: Slice[u8]) -> Self:
        self.extend(other)
        return self

    def __mul__(self, count: int) -> bytearray:
        return bytearray(octets.multiply(self.view(), count))

    def __imul__(self, count: int) -> Self:
        whole = octets.multiply(self.view(), count)
        self.replace_part(0, self.used, whole)
        return self

    def __eq__(self, other: Slice[u8]) -> bool:
        return self.view() == other

    def __lt__(self, other: Slice[u8]) -> bool:
        return octets.copied(self.view()) < octets.copied(other)

    def write_repr(self, out: TextBuffer) -> None:
        """Write what repr() of it is."""
        out.write(b"bytearray(")
        quote.write_bytes_repr(out, self.view())
        out.write_byte(ord(")"))


def viewed(array: bytearray) -> Slice[u8]:
    """Return the bytes, for as long as there are no more and no fewer."""
    return array.view()
