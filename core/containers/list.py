"""list: Python's list, its elements side by side in one piece of storage.

The storage doubles while it is short, then grows by half, so n appends move at most 3n elements.

Invariants:
    0 <= used <= capacity.
    The slots from `used` on hold no references.

Source: Python Library Reference, "Sequence Types", the sections on common and mutable sequences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, Generic, NoReturn, TypeVar, final

from core.containers import ranges, sorting, storage
from core.containers.sorting import Keyed
from core.containers.storage import Slot
from core.text.buffer import TextBuffer
from lang import (
    Ptr,
    bit_cast,
    cold,
    inline,
    noinline,
    sizeof,
    u8,
    u64,
    vacate,
    wrapping_add,
    wrapping_sub,
)

T = TypeVar("T")
K = TypeVar("K")

LEAST_CAPACITY: Final = 4
SHORT: Final = 64  # below this capacity, storage doubles
FORESEEN: Final = 4096  # more elements than these find their room as they come
LARGEST: Final = (1 << 63) - 1


@final
class list(Generic[T]):
    """A sequence that can change."""

    slots: Ptr[Slot[T]]
    used: int
    capacity: int  # 0: there is no storage, and slots points nowhere

    def __init__(self) -> None:
        self.slots = storage.nowhere().cast(Slot[T])
        self.used = 0
        self.capacity = 0

    def __del__(self) -> None:
        slots = self.slots
        index = self.used
        while index > 0:  # the last first, as CPython does
            index = wrapping_sub(index, 1)
            vacate(slots[index])
        if self.capacity > 0:
            storage.give_back(slots.cast(u8), u64(self.capacity) * sizeof(Slot[T]))

    # Elements ------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return self.used

    @inline
    def __getitem__(self, index: int) -> T:
        return self.slots[self._position(index)].value

    @inline
    def __setitem__(self, index: int, value: T) -> None:
        self.slots[self._place(index)].value = value

    def __delitem__(self, index: int) -> None:
        self._take(self._place(index))

    def __iter__(self) -> Iterator[T]:
        index = 0
        while index < self.used:
            yield self.slots[index].value
            index = wrapping_add(index, 1)

    def __contains__(self, value: T) -> bool:
        return self._find(value, 0, self.used) >= 0

    def index(self, value: T, start: int = 0, stop: int = LARGEST) -> int:
        """Return where the value comes first among [start:stop].

        Raises:
            ValueError: it is not there.
        """
        first = ranges.clamped(start, self.used)
        found = self._find(value, first, ranges.clamped(stop, self.used))
        if found < 0:
            raise ValueError(f"{value!r} is not in list")
        return found

    def count(self, value: T) -> int:
        """Return how many elements equal the value."""
        result = 0
        index = 0
        while index < self.used:
            if self.slots[index].value == value:
                result += 1
            index += 1
        return result

    # Changes -------------------------------------------------------------------------------------

    @inline
    def append(self, value: T) -> None:
        """Add an element at the end."""
        if self.used == self.capacity:
            self.reserve(self.used + 1)
        self.put_next(value)

    @inline
    def put_next(self, value: T) -> None:
        """Add an element at the end of a list that has room for it, as of `[a, b, c]` while it is made."""
        used = self.used
        self.slots[used].value = value
        self.used = wrapping_add(used, 1)

    def prepare(self, first: int, stop: int) -> None:
        """See to room for what a loop over range(first, stop) is about to add, unless that is much."""
        count = bit_cast(u64, wrapping_sub(stop, first))
        if first < stop and count <= FORESEEN:
            self.reserve(self.used + int(count))

    def insert(self, index: int, value: T) -> None:
        """Add an element before the one at `index`; beyond either end, at that end."""
        position = ranges.clamped(index, self.used)
        self._open(position, 1)
        self.slots[position].value = value

    def pop(self, index: int = -1) -> T:
        """Remove the element at `index` and return it.

        Raises:
            IndexError: there is none.
        """
        position = index if index >= 0 else wrapping_add(index, self.used)
        if position < 0 or position >= self.used:
            is_empty = self.used == 0
            raise IndexError("pop from empty list" if is_empty else "pop index out of range")
        if position != wrapping_sub(self.used, 1):
            return self._take(position)
        self.used = position
        value = self.slots[position].value
        vacate(self.slots[position])
        return value

    def remove(self, value: T) -> None:
        """Remove the first element that equals the value.

        Raises:
            ValueError: there is none.
        """
        found = self._find(value, 0, self.used)
        if found < 0:
            raise ValueError("list.remove(x): x not in list")
        self._take(found)

    def clear(self) -> None:
        """Remove all elements."""
        self._close(0, self.used)

    def extend(self, other: list[T]) -> None:
        """Add the elements of another list, which may be this one, at the end."""
        count = other.used
        self.reserve(self.used + count)
        self._add(other.slots, count)

    def copy(self) -> list[T]:
        """Return a new list with the same elements."""
        result = list[T]()
        result._begin(self.used)
        result._add(self.slots, self.used)
        return result

    def reverse(self) -> None:
        """Turn the order of the elements round."""
        low = 0
        high = self.used - 1
        while low < high:
            value = self.slots[low].value
            self.slots[low].value = self.slots[high].value
            self.slots[high].value = value
            low += 1
            high -= 1

    def sort(self, *, reverse: bool = False) -> None:
        """Sort by `<`; equal elements stay in their order."""
        if reverse:
            self.reverse()
        sorting.sort(self.slots, self.used)
        if reverse:
            self.reverse()

    def sort_by(self, key: Callable[[T], K], reverse: bool = False) -> None:
        """Sort by the keys of the elements, each of which is asked for once; what the compiler
        makes of `sort(key=...)`."""
        if reverse:
            self.reverse()
        count = self.used
        size = u64(count) * sizeof(Keyed[K, T])
        keyed = storage.take(size).cast(Keyed[K, T])
        try:
            for index in range(count):
                keyed[index].value = self[index]
                keyed[index].key = key(keyed[index].value)
            sorting.sort(keyed, count)
            for index in range(count):
                self[index] = keyed[index].value
        finally:
            for index in range(count):
                vacate(keyed[index])
            storage.give_back(keyed.cast(u8), size)
        if reverse:
            self.reverse()

    # Whole lists ---------------------------------------------------------------------------------

    def __add__(self, other: list[T]) -> list[T]:
        result = list[T]()
        result._begin(self.used + other.used)
        result._add(self.slots, self.used)
        result._add(other.slots, other.used)
        return result

    def __iadd__(self, other: list[T]) -> list[T]:
        self.extend(other)
        return self

    def __mul__(self, count: int) -> list[T]:
        result = list[T]()
        if count <= 0:
            return result
        used = self.used
        result.reserve(used * count)
        target = result.slots
        if used == 1:  # as of `[0] * n`
            value = self.slots[0].value
            for index in range(count):
                target[index].value = value
            result.used = count
            return result
        at = 0
        for _ in range(count):
            for index in range(used):
                target[wrapping_add(at, index)].value = self.slots[index].value
            at = wrapping_add(at, used)
        result.used = at
        return result

    def __rmul__(self, count: int) -> list[T]:
        return self * count

    def __eq__(self, other: list[T]) -> bool:
        if self.used != other.used:
            return False
        index = 0
        while index < self.used and index < other.used:
            if self.slots[index].value != other.slots[index].value:
                return False
            index += 1
        return self.used == other.used

    def __lt__(self, other: list[T]) -> bool:
        index = self._first_difference(other)
        if index == self.used or index == other.used:
            return self.used < other.used
        return self.slots[index].value < other.slots[index].value

    def __le__(self, other: list[T]) -> bool:
        return not other < self

    def __gt__(self, other: list[T]) -> bool:
        return other < self

    def __ge__(self, other: list[T]) -> bool:
        return not self < other

    def get_slice(self, start: int | None, stop: int | None, step: int | None) -> list[T]:
        """Return a new list with the elements of `self[start:stop:step]`.

        Raises:
            ValueError: the step is 0.
        """
        part = ranges.part(start, stop, step, self.used)
        result = list[T]()
        result._begin(part.count)
        if part.step == 1:
            result._add(self.slots + part.start, part.count)
            return result
        index = part.start
        for _ in range(part.count):
            result.put_next(self.slots[index].value)
            index = wrapping_add(index, part.step)
        return result

    def set_slice(self, start: int | None, stop: int | None, other: list[T]) -> None:
        """Put the elements of another list in the place of `self[start:stop]`."""
        values = other.copy() if other is self else other
        part = ranges.part(start, stop, None, self.used)
        self._open(part.start + part.count, values.used)
        for index in range(values.used):
            self.slots[part.start + part.count + index].value = values.slots[index].value
        self._close(part.start, part.count)

    def set_every(
        self, start: int | None, stop: int | None, step: int | None, other: list[T]
    ) -> None:
        """Put the elements of another list in the place of those of `self[start:stop:step]`.

        Raises:
            ValueError: there are not as many, or the step is 0.
        """
        part = ranges.part(start, stop, step, self.used)
        if part.step == 1:
            self.set_slice(start, stop, other)
            return
        if other.used != part.count:
            raise ValueError(
                f"attempt to assign sequence of size {other.used} to extended slice of size {part.count}"
            )
        values = other.copy() if other is self else other
        for number in range(part.count):
            self.slots[part.start + number * part.step].value = values.slots[number].value

    def delete_slice(self, start: int | None, stop: int | None, step: int | None) -> None:
        """Remove the elements of `self[start:stop:step]`.

        Raises:
            ValueError: the step is 0.
        """
        part = ranges.part(start, stop, step, self.used)
        if part.step == 1 or part.count == 0:
            self._close(part.start, part.count)
            return
        distance = abs(part.step)
        first = part.start if part.step > 0 else part.start + part.step * (part.count - 1)
        removed = list[T]()
        removed.reserve(part.count)
        for number in range(part.count):
            at = first + number * distance
            last = at + distance if number + 1 < part.count else self.used
            removed._receive(part.count - 1 - number, self.slots + at, 1)
            self._receive(at - number, self.slots + at + 1, last - at - 1)
        removed.used = part.count
        self.used -= part.count

    def write_repr(self, out: TextBuffer) -> None:
        """Write what repr() of the list is."""
        out.write_byte(ord("["))
        index = 0
        while index < self.used:
            if index > 0:
                out.write(b", ")
            storage.write(out, f"{self.slots[index].value!r}")
            index += 1
        out.write_byte(ord("]"))

    def expect(self, count: int, is_exact: bool) -> None:
        """See to it that there are `count` elements, or as many at least, for an unpacking.

        Raises:
            ValueError: there are not.
        """
        if self.used < count:
            least = "" if is_exact else "at least "
            raise ValueError(
                f"not enough values to unpack (expected {least}{count}, got {self.used})"
            )
        if is_exact and self.used > count:
            raise ValueError(f"too many values to unpack (expected {count})")

    # Storage -------------------------------------------------------------------------------------

    @inline
    def _begin(self, count: int) -> None:
        """See to it that a list which has no storage yet has room for exactly `count` elements."""
        if count > 0:
            self.slots = storage.take(bit_cast(u64, count) * sizeof(Slot[T])).cast(Slot[T])
            self.capacity = count

    @noinline
    def reserve(self, count: int) -> None:
        """See to it that `count` elements have room.

        Raises:
            MemoryError: there is none; the list is as it was.
        """
        if count <= self.capacity:
            return
        more = self.capacity if self.capacity < SHORT else self.capacity >> 1
        capacity = max(count, self.capacity + more, LEAST_CAPACITY)
        larger = storage.take(u64(capacity) * sizeof(Slot[T]))
        storage.carry(larger, self.slots.cast(u8), u64(self.used) * sizeof(Slot[T]))
        if self.capacity > 0:
            storage.give_back(self.slots.cast(u8), u64(self.capacity) * sizeof(Slot[T]))
        self.slots = larger.cast(Slot[T])
        self.capacity = capacity

    def _position(self, index: int) -> int:
        """Return where the element of an index lies, which may count from the end."""
        used = self.used
        position = index if index >= 0 else wrapping_add(index, used)
        if bit_cast(u64, position) >= bit_cast(u64, used):
            raise IndexError
        return position

    def _place(self, index: int) -> int:
        """Like `_position`, for an element that is to be replaced or removed."""
        used = self.used
        position = index if index >= 0 else wrapping_add(index, used)
        if bit_cast(u64, position) >= bit_cast(u64, used):
            refuse_place()
        return position

    def _find(self, value: T, start: int, stop: int) -> int:
        """Return where the value comes first between two positions; -1 if it does not."""
        index = start
        while index < stop and index < self.used:
            if self.slots[index].value == value:
                return index
            index += 1
        return -1

    def _first_difference(self, other: list[T]) -> int:
        """Return the first position where two lists differ, or the end of the shorter one."""
        index = 0
        while index < self.used and index < other.used:
            if self.slots[index].value != other.slots[index].value:
                return index
            index += 1
        return index

    def _add(self, source: Ptr[Slot[T]], count: int) -> None:
        """Add copies of some elements at the end, where there is room for them."""
        target = self.slots + self.used
        for index in range(count):
            target[index].value = source[index].value
        self.used = wrapping_add(self.used, count)

    def _open(self, position: int, count: int) -> None:
        """Make room for elements before the one at a position."""
        self.reserve(self.used + count)
        at = self.slots + position
        storage.move(
            (at + count).cast(u8), at.cast(u8), u64(self.used - position) * sizeof(Slot[T])
        )
        self.used += count

    def _take(self, position: int) -> T:
        """Remove the element at a position and return it."""
        value = self.slots[position].value
        vacate(self.slots[position])
        self._receive(position, self.slots + position + 1, self.used - position - 1)
        self.used -= 1
        return value

    def _close(self, position: int, count: int) -> None:
        """Remove elements from a position on, which end when the list is whole again, the last first."""
        removed = list[T]()
        removed.reserve(count)
        removed._receive(0, self.slots + position, count)
        removed.used = count
        after = self.used - position - count
        self._receive(position, self.slots + position + count, after)
        self.used -= count

    def _receive(self, position: int, source: Ptr[Slot[T]], count: int) -> None:
        """Move elements to a position, where none are; `used` stays as it is."""
        target = self.slots + position
        storage.move(target.cast(u8), source.cast(u8), u64(count) * sizeof(Slot[T]))


@cold
@noinline
def refuse_place() -> NoReturn:
    """Fail, since there is no element to replace or to remove."""
    raise IndexError("list assignment index out of range")
