"""set: Python's set, with CPython's order.

Programs print sets and loop over them, so the order is part of what they do. It follows from how
CPython puts elements into its table: at the place of the hash or one of the nine after it, else from a
place that further bits of the hash choose. Only the hashes of str differ, which under CPython change
with every run.

Invariants:
    used <= filled, the places that are live or gone; 5 * filled < 3 * (places - 1), places a power of
    two, once there is an element. A place that is not live holds no references.

Source: CPython 3.11, Objects/setobject.c. Python Library Reference, "Set Types".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Generic, TypeVar, final

from core.containers import storage
from core.containers.list import list
from core.text.buffer import TextBuffer
from lang import Ptr, bit_cast, sizeof, struct, u8, u64, vacate, wrapping_add, wrapping_mul

T = TypeVar("T")

LEAST_PLACES: Final = 8
NEARBY: Final = 9  # places after the first that are tried before another is chosen
PERTURB_SHIFT: Final = 5
MANY: Final = 50_000  # from which on a table grows by less

FREE: Final = u64(0)
GONE: Final = u64(1)
LIVE: Final = u64(2)


@struct
class Place(Generic[T]):
    """A place of the table."""

    state: u64
    hash: int
    key: T


@final
class set(Generic[T]):
    """Elements, each once."""

    table: Ptr[Place[T]]
    places: int  # 0: there is no table yet, which stands for one of the least size
    used: int
    filled: int
    finger: int  # where `pop` looks first

    def __init__(self) -> None:
        self.table = storage.nowhere().cast(Place[T])
        self.places = 0
        self.used = 0
        self.filled = 0
        self.finger = 0

    def __del__(self) -> None:
        self._drop_table()

    # Elements ------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return self.used

    def __contains__(self, key: T) -> bool:
        return self._find(key, hash(key)) >= 0

    def add(self, key: T) -> None:
        """Add an element, unless one that equals it is there."""
        self._add(key, hash(key))

    def discard(self, key: T) -> None:
        """Remove an element if it is there."""
        self._discard(key, hash(key))

    def remove(self, key: T) -> None:
        """Remove an element.

        Raises:
            KeyError: it is not there.
        """
        if not self._discard(key, hash(key)):
            raise KeyError(key)

    def pop(self) -> T:
        """Remove an element and return it.

        Raises:
            KeyError: the set is empty.
        """
        if self.used == 0:
            raise KeyError("pop from an empty set")
        at = self.finger & (self.places - 1)
        while self.table[at].state != LIVE:
            at = at + 1 & (self.places - 1)
        key = self.table[at].key
        self._remove(at)
        self.finger = at + 1
        return key

    def clear(self) -> None:
        """Remove all elements."""
        emptied = set[T]()
        self._exchange(emptied)

    def __iter__(self) -> Iterator[T]:
        count = self.used
        at = 0
        while at < self.places:
            if self.table[at].state == LIVE:
                yield self.table[at].key
                if self.used != count:
                    raise RuntimeError("Set changed size during iteration")
            at = wrapping_add(at, 1)

    # Whole sets ----------------------------------------------------------------------------------

    def copy(self) -> set[T]:
        """Return a new set with the same elements."""
        result = set[T]()
        result.update(self)
        return result

    def update(self, other: set[T]) -> None:
        """Add the elements of another set."""
        if other is self or other.used == 0:
            return
        self._make_table()
        if (self.filled + other.used) * 5 >= (self.places - 1) * 3:
            self._resize((self.used + other.used) * 2)
        is_empty = self.filled == 0
        is_alike = is_empty and self.places == other.places and other.filled == other.used
        for at in range(other.places):
            place = other.table + at
            if place.state != LIVE:
                continue
            if is_alike:
                self._put(at, place.key, place.hash)
            elif is_empty:
                self._put(self._first_free(place.hash), place.key, place.hash)
            else:
                self._add(place.key, place.hash)

    def difference_update(self, other: set[T]) -> None:
        """Remove the elements of another set."""
        if other is self:
            self.clear()
            return
        for at in range(other.places):
            if other.table[at].state == LIVE:
                self._discard(other.table[at].key, other.table[at].hash)
        if self.filled - self.used > (self.places - 1) // 4:
            self._grow()

    def intersection_update(self, other: set[T]) -> None:
        """Remove the elements that are not in another set."""
        self._exchange(self & other)

    def symmetric_difference_update(self, other: set[T]) -> None:
        """Remove the elements of another set that are here, and add those that are not."""
        if other is self:
            self.clear()
            return
        for at in range(other.places):
            if other.table[at].state == LIVE:
                key, code = other.table[at].key, other.table[at].hash
                if not self._discard(key, code):
                    self._add(key, code)

    # The methods with a name take any iterable, whose items are then a list.

    def update_from(self, items: list[T]) -> None:
        for item in items:
            self.add(item)

    def union_from(self, items: list[T]) -> set[T]:
        result = self.copy()
        result.update_from(items)
        return result

    def intersection_from(self, items: list[T]) -> set[T]:
        result = set[T]()
        for item in items:
            if item in self:
                result.add(item)
        return result

    def intersection_update_from(self, items: list[T]) -> None:
        self._exchange(self.intersection_from(items))

    def difference_from(self, items: list[T]) -> set[T]:
        result = self.copy()
        result.difference_update_from(items)
        return result

    def difference_update_from(self, items: list[T]) -> None:
        for item in items:
            self.discard(item)
        if self.filled - self.used > (self.places - 1) // 4:
            self._grow()

    def __or__(self, other: set[T]) -> set[T]:
        result = self.copy()
        result.update(other)
        return result

    def __and__(self, other: set[T]) -> set[T]:
        larger, smaller = self, other
        if other.used > self.used:
            larger, smaller = other, self
        result = set[T]()
        for at in range(smaller.places):
            place = smaller.table + at
            if place.state == LIVE and larger._find(place.key, place.hash) >= 0:
                result._add(place.key, place.hash)
        return result

    def __sub__(self, other: set[T]) -> set[T]:
        if self.used >> 2 > other.used:
            result = self.copy()
            result.difference_update(other)
            return result
        result = set[T]()
        for at in range(self.places):
            place = self.table + at
            if place.state == LIVE and other._find(place.key, place.hash) < 0:
                result._add(place.key, place.hash)
        return result

    def __xor__(self, other: set[T]) -> set[T]:
        result = other.copy()
        result.symmetric_difference_update(self)
        return result

    def __ior__(self, other: set[T]) -> set[T]:
        self.update(other)
        return self

    def __iand__(self, other: set[T]) -> set[T]:
        self.intersection_update(other)
        return self

    def __isub__(self, other: set[T]) -> set[T]:
        self.difference_update(other)
        return self

    def __ixor__(self, other: set[T]) -> set[T]:
        self.symmetric_difference_update(other)
        return self

    def union(self, other: set[T]) -> set[T]:
        return self | other

    def intersection(self, other: set[T]) -> set[T]:
        return self & other

    def difference(self, other: set[T]) -> set[T]:
        return self - other

    def symmetric_difference(self, other: set[T]) -> set[T]:
        return self ^ other

    def issubset(self, other: set[T]) -> bool:
        if self.used > other.used:
            return False
        for at in range(self.places):
            place = self.table + at
            if place.state == LIVE and other._find(place.key, place.hash) < 0:
                return False
        return True

    def issuperset(self, other: set[T]) -> bool:
        return other.issubset(self)

    def isdisjoint(self, other: set[T]) -> bool:
        return len(self & other) == 0

    def __eq__(self, other: set[T]) -> bool:
        return self.used == other.used and self.issubset(other)

    def __le__(self, other: set[T]) -> bool:
        return self.issubset(other)

    def __lt__(self, other: set[T]) -> bool:
        return self.used < other.used and self.issubset(other)

    def __ge__(self, other: set[T]) -> bool:
        return other.issubset(self)

    def __gt__(self, other: set[T]) -> bool:
        return other.used < self.used and other.issubset(self)

    def write_repr(self, out: TextBuffer) -> None:
        """Write what repr() of the set is."""
        if self.used == 0:
            out.write(b"set()")
            return
        out.write_byte(ord("{"))
        is_first = True
        for at in range(self.places):
            if self.table[at].state == LIVE:
                if not is_first:
                    out.write(b", ")
                storage.write(out, f"{self.table[at].key!r}")
                is_first = False
        out.write_byte(ord("}"))

    # The table -----------------------------------------------------------------------------------

    def _find(self, key: T, code: int) -> int:
        """Return the place of an element; -1 if it is not there."""
        if self.used == 0:
            return -1
        mask = u64(self.places - 1)
        perturb = bit_cast(u64, code)
        start = perturb & mask
        while True:
            last = start + NEARBY if start + NEARBY <= mask else start
            for at in range(start, last + 1):
                place = self.table + at
                if place.state == FREE:
                    return -1
                if place.state == LIVE and place.hash == code and place.key == key:
                    return int(at)
            perturb >>= PERTURB_SHIFT
            start = _following(start, perturb) & mask

    def _first_free(self, code: int) -> int:
        """Return where an element with this hash goes that is not there."""
        mask = u64(self.places - 1)
        perturb = bit_cast(u64, code)
        start = perturb & mask
        while True:
            last = start + NEARBY if start + NEARBY <= mask else start
            for at in range(start, last + 1):
                if self.table[at].state == FREE:
                    return int(at)
            perturb >>= PERTURB_SHIFT
            start = _following(start, perturb) & mask

    def _reusable(self, code: int) -> int:
        """Return the last place of a removed element that a search for a hash passes; -1: none."""
        mask = u64(self.places - 1)
        perturb = bit_cast(u64, code)
        start = perturb & mask
        result = -1
        while True:
            last = start + NEARBY if start + NEARBY <= mask else start
            for at in range(start, last + 1):
                state = self.table[at].state
                if state == FREE:
                    return result
                if state == GONE:
                    result = int(at)
            perturb >>= PERTURB_SHIFT
            start = _following(start, perturb) & mask

    def _put(self, at: int, key: T, code: int) -> None:
        place = self.table + at
        place.key = key
        place.hash = code
        place.state = LIVE
        self.used += 1
        self.filled += 1

    def _add(self, key: T, code: int) -> None:
        if self._find(key, code) >= 0:
            return
        self._make_table()
        gone = self._reusable(code) if self.filled > self.used else -1
        if gone >= 0:
            self._put(gone, key, code)
            self.filled -= 1
            return
        self._put(self._first_free(code), key, code)
        if self.filled * 5 >= (self.places - 1) * 3:
            self._grow()

    def _discard(self, key: T, code: int) -> bool:
        """Remove an element; return whether it was there."""
        at = self._find(key, code)
        if at >= 0:
            self._remove(at)
        return at >= 0

    def _remove(self, at: int) -> None:
        self.table[at].state = GONE
        self.used -= 1
        vacate(self.table[at])

    def _grow(self) -> None:
        self._resize(self.used * 2 if self.used > MANY else self.used * 4)

    def _make_table(self) -> None:
        if self.places == 0:
            self.table = storage.take(LEAST_PLACES * sizeof(Place[T])).cast(Place[T])
            self.places = LEAST_PLACES

    def _resize(self, wanted: int) -> None:
        """Move the elements into a table with more than `wanted` places."""
        places = LEAST_PLACES
        while places <= wanted:
            places *= 2
        old, old_places = self.table, self.places
        self.table = storage.take(u64(places) * sizeof(Place[T])).cast(Place[T])
        self.places = places
        self.filled = self.used
        for at in range(old_places):
            if old[at].state == LIVE:
                target = self.table + self._first_free(old[at].hash)
                storage.move(target.cast(u8), (old + at).cast(u8), sizeof(Place[T]))
        if old_places > 0:
            storage.give_back(old.cast(u8), u64(old_places) * sizeof(Place[T]))

    def _drop_table(self) -> None:
        table, places = self.table, self.places
        for at in range(places):
            if table[at].state == LIVE:
                vacate(table[at])
        if places > 0:
            storage.give_back(table.cast(u8), u64(places) * sizeof(Place[T]))

    def _exchange(self, other: set[T]) -> None:
        """Let each set have what the other has."""
        self.table, other.table = other.table, self.table
        self.places, other.places = other.places, self.places
        self.used, other.used = other.used, self.used
        self.filled, other.filled = other.filled, self.filled
        self.finger, other.finger = other.finger, self.finger


def _following(start: u64, perturb: u64) -> u64:
    """Return the place to try next, before it is brought into the table."""
    return wrapping_add(wrapping_add(wrapping_mul(start, 5), 1), perturb)
