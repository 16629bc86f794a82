"""dict: Python's dict, which keeps the order in which keys came.

The entries lie in a row in that order; a table of numbers says where. A key is looked for in the table
from its hash on, place after place, until a free one (linear probing). A removed entry leaves a dead
one in the row and a mark in the table; both go when the table is made anew.

Invariants:
    first <= used; live <= used <= capacity; the table has places for half as many again, a power of two.
    An entry is dead, and holds no references, exactly if its mark is 0.

Source: Python Library Reference, "Mapping Types". Hettinger, "More compact dictionaries with faster
iteration", python-dev, December 2012.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, Generic, TypeVar, final

from core import hash as hashing
from core.containers import storage
from core.containers.views import dict_items, dict_keys, dict_values
from core.text.buffer import TextBuffer
from lang import (
    Ptr,
    bit_cast,
    sizeof,
    struct,
    truncate,
    u8,
    u32,
    u64,
    vacate,
    wrapping_add,
    wrapping_sub,
)

K = TypeVar("K")
V = TypeVar("V")

LEAST_PLACES: Final = 8
FREE: Final = u32(0)  # of the table; others are the number of an entry, from 1 on
GONE: Final = u32(0xFFFF_FFFF)
LIVE: Final = u64(1 << 63)  # of an entry's mark; the rest are bits of its hash


@struct
class Entry(Generic[K, V]):
    """A key with its value."""

    mark: u64
    key: K
    value: V


@final
class dict(Generic[K, V]):
    """Values by keys."""

    entries: Ptr[Entry[K, V]]
    table: Ptr[u32]
    used: int  # entries, dead ones included
    first: int  # before it no entry is live
    live: int
    capacity: int  # of entries; 0: there is no storage
    places: int  # of the table

    # Of a defaultdict: what makes the value of a key that is not there, and its name. An OrderedDict has only that name.
    make_missing: Callable[[], V] | None
    maker: str

    def __init__(self) -> None:
        self.entries = storage.nowhere().cast(Entry[K, V])
        self.table = storage.nowhere().cast(u32)
        self.used = 0
        self.first = 0
        self.live = 0
        self.capacity = 0
        self.places = 0
        self.make_missing = None
        self.maker = ""

    def __del__(self) -> None:
        entries = self.entries
        for index in range(self.used):
            if entries[index].mark != 0:
                vacate(entries[index])
        self._give_back(entries, self.table, self.capacity, self.places)

    # Entries -------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return self.live

    def __contains__(self, key: K) -> bool:
        return self._find(key, _mark_of(hash(key))) >= 0

    def __getitem__(self, key: K) -> V:
        found = self._find(key, _mark_of(hash(key)))
        if found < 0:
            return self._missing(key)
        return self.entries[found].value

    def _missing(self, key: K) -> V:
        """Return the value that a defaultdict makes of a key that is not there.

        Raises:
            KeyError: this is another dict.
        """
        make = self.make_missing
        if make is None:
            raise KeyError(key)
        value = make()
        self[key] = value
        return value

    def __setitem__(self, key: K, value: V) -> None:
        mark = _mark_of(hash(key))
        found = self._find(key, mark)
        if found >= 0:
            self.entries[found].value = value
        else:
            self._add(key, value, mark)

    def __delitem__(self, key: K) -> None:
        place = self._place(key, _mark_of(hash(key)))
        if place < 0:
            raise KeyError(key)
        self._remove(place)

    def get(self, key: K) -> V | None:
        """Return the value of a key; None if it is not there."""
        found = self._find(key, _mark_of(hash(key)))
        return None if found < 0 else self.entries[found].value

    def get_or(self, key: K, default: V) -> V:
        """Return the value of a key, or the default; what `get(key, default)` is."""
        found = self._find(key, _mark_of(hash(key)))
        return default if found < 0 else self.entries[found].value

    def add_to(self, key: K, amount: V) -> None:
        """Add to the value of a key; what `d[key] += amount` is of numbers."""
        found = self._find(key, _mark_of(hash(key)))
        if found >= 0:
            self.entries[found].value += amount
        else:
            self[key] = self._missing(key) + amount

    def add_or(self, key: K, default: V, amount: V) -> None:
        """Add to the value of a key, or to the default; what `d[key] = d.get(key, default) + amount` is of numbers."""
        mark = _mark_of(hash(key))
        found = self._find(key, mark)
        if found >= 0:
            self.entries[found].value += amount
        else:
            self._add(key, default + amount, mark)

    def setdefault(self, key: K, default: V) -> V:
        """Return the value of a key, which is the default from now on if it had none."""
        mark = _mark_of(hash(key))
        found = self._find(key, mark)
        if found >= 0:
            return self.entries[found].value
        self._add(key, default, mark)
        return default

    def pop(self, key: K) -> V:
        """Remove a key and return its value.

        Raises:
            KeyError: it is not there.
        """
        place = self._place(key, _mark_of(hash(key)))
        if place < 0:
            raise KeyError(key)
        value = self.entries[int(self.table[place]) - 1].value
        self._remove(place)
        return value

    def pop_or(self, key: K, default: V) -> V:
        """Remove a key and return its value, or the default; what `pop(key, default)` is."""
        place = self._place(key, _mark_of(hash(key)))
        if place < 0:
            return default
        value = self.entries[int(self.table[place]) - 1].value
        self._remove(place)
        return value

    def pop_or_none(self, key: K) -> V | None:
        """Remove a key and return its value, or None; what `pop(key, None)` is."""
        place = self._place(key, _mark_of(hash(key)))
        if place < 0:
            return None
        value = self.entries[int(self.table[place]) - 1].value
        self._remove(place)
        return value

    def popitem(self, last: bool = True) -> tuple[K, V]:
        """Remove the key that came last, or first, and return it with its value.

        last: False is for an OrderedDict.

        Raises:
            KeyError: the dict is empty.
        """
        if self.live == 0:
            raise KeyError(
                "dictionary is empty" if self._is_ordered else "popitem(): dictionary is empty"
            )
        return self._pop_last() if last else self._pop_first()

    def _pop_first(self) -> tuple[K, V]:
        while self.entries[self.first].mark == 0:
            self.first += 1
        key, value = self.entries[self.first].key, self.entries[self.first].value
        self._remove(self._place_of_entry(self.first))
        return key, value

    def _pop_last(self) -> tuple[K, V]:
        last = self.used - 1
        while self.entries[last].mark == 0:
            last -= 1
        key, value = self.entries[last].key, self.entries[last].value
        place = self._place_of_entry(last)
        self._remove(place)
        following = u64(place) + 1 & u64(self.places - 1)
        if self.table[following] == FREE:  # no search passes here, so the entry leaves no mark
            self.table[place] = FREE
            self.used = last
            self.first = min(self.first, last)
        return key, value

    @property
    def _is_ordered(self) -> bool:
        return self.make_missing is None and self.maker != ""

    def move_to_end(self, key: K, last: bool = True) -> None:
        """Let a key of an OrderedDict be the one that came last, or first; that takes as long as there are others.

        Raises:
            KeyError: it is not there.
        """
        value = self.pop(key)
        if last:
            self[key] = value
            return
        others = self.plain()
        self.clear()
        self[key] = value
        self.update(others)

    def update(self, other: dict[K, V]) -> None:
        """Set the keys of another dict to their values there."""
        for index in range(other.used):
            if other.entries[index].mark != 0:
                self[other.entries[index].key] = other.entries[index].value

    def clear(self) -> None:
        """Remove all keys."""
        emptied = dict[K, V]()
        entries, table = self.entries, self.table
        used, live, capacity, places = self.used, self.live, self.capacity, self.places
        self.entries, self.table = emptied.entries, emptied.table
        self.used, self.first, self.live, self.capacity, self.places = 0, 0, 0, 0, 0
        emptied.entries, emptied.table = entries, table
        emptied.used, emptied.live, emptied.capacity, emptied.places = used, live, capacity, places

    # Whole dicts ---------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[K]:
        count = self.live
        index = 0
        while index < self.used:
            if self.entries[index].mark != 0:
                yield self.entries[index].key
                if self.live != count:
                    raise RuntimeError("dictionary changed size during iteration")
            index = wrapping_add(index, 1)

    def __reversed__(self) -> Iterator[K]:
        count = self.live
        index = self.used - 1
        while index >= 0:
            if self.entries[index].mark != 0:
                yield self.entries[index].key
                if self.live != count:
                    raise RuntimeError("dictionary changed size during iteration")
            index -= 1

    def keys(self) -> Iterator[K]:
        """Yield the keys in the order in which they came."""
        count = self.live
        index = 0
        while index < self.used:
            if self.entries[index].mark != 0:
                yield self.entries[index].key
                if self.live != count:
                    raise RuntimeError("dictionary changed size during iteration")
            index = wrapping_add(index, 1)

    def values(self) -> Iterator[V]:
        """Yield the values in the order in which their keys came."""
        count = self.live
        index = 0
        while index < self.used:
            if self.entries[index].mark != 0:
                yield self.entries[index].value
                if self.live != count:
                    raise RuntimeError("dictionary changed size during iteration")
            index = wrapping_add(index, 1)

    def items(self) -> Iterator[tuple[K, V]]:
        """Yield the keys with their values, in the order in which they came."""
        count = self.live
        index = 0
        while index < self.used:
            if self.entries[index].mark != 0:
                yield self.entries[index].key, self.entries[index].value
                if self.live != count:
                    raise RuntimeError("dictionary changed size during iteration")
            index = wrapping_add(index, 1)

    # Where no loop runs over them, keys, values and items are views.

    def keys_view(self) -> dict_keys[K, V]:
        return dict_keys[K, V](self)

    def values_view(self) -> dict_values[K, V]:
        return dict_values[K, V](self)

    def items_view(self) -> dict_items[K, V]:
        return dict_items[K, V](self)

    def copy(self) -> dict[K, V]:
        """Return a new dict with the same keys and values, a defaultdict if this is one."""
        result = self.plain()
        result.make_missing = self.make_missing
        result.maker = self.maker
        return result

    def plain(self) -> dict[K, V]:
        """Return a new dict with the same keys and values, which makes none; what `dict(d)` is."""
        result = dict[K, V]()
        result.update(self)
        return result

    def __or__(self, other: dict[K, V]) -> dict[K, V]:
        result = self.copy()
        result.update(other)
        return result

    def __ior__(self, other: dict[K, V]) -> dict[K, V]:
        self.update(other)
        return self

    def __eq__(self, other: dict[K, V]) -> bool:
        if self.live != other.live:
            return False
        if self._is_ordered and other._is_ordered and not self._keys_equal(other):
            return False
        for index in range(self.used):
            entry = self.entries + index
            if entry.mark != 0:
                found = other._find(entry.key, entry.mark)
                if found < 0 or other.entries[found].value != entry.value:
                    return False
        return True

    def _keys_equal(self, other: dict[K, V]) -> bool:
        """Whether the keys of another dict came in the same order, of which there are as many."""
        theirs = 0
        for index in range(self.used):
            if self.entries[index].mark != 0:
                while other.entries[theirs].mark == 0:
                    theirs += 1
                if self.entries[index].key != other.entries[theirs].key:
                    return False
                theirs += 1
        return True

    def write_repr(self, out: TextBuffer) -> None:
        """Write what repr() of the dict is."""
        if self._is_ordered:
            self._write_pairs(out)
            return
        if self.make_missing is not None:
            out.write(b"defaultdict(")
            out.write(self.maker.encode())
            out.write(b", ")
        out.write_byte(ord("{"))
        is_first = True
        for index in range(self.used):
            entry = self.entries + index
            if entry.mark != 0:
                if not is_first:
                    out.write(b", ")
                storage.write(out, f"{entry.key!r}: {entry.value!r}")
                is_first = False
        out.write_byte(ord("}"))
        if self.make_missing is not None:
            out.write_byte(ord(")"))

    def _write_pairs(self, out: TextBuffer) -> None:
        """Write what repr() of an OrderedDict is."""
        out.write(self.maker.encode())
        out.write(b"(")
        is_first = True
        for index in range(self.used):
            entry = self.entries + index
            if entry.mark != 0:
                out.write(b"[" if is_first else b", ")
                storage.write(out, f"({entry.key!r}, {entry.value!r})")
                is_first = False
        out.write(b")" if is_first else b"])")

    # The table -----------------------------------------------------------------------------------

    def _find(self, key: K, mark: u64) -> int:
        """Return which entry is that of a key; -1 if none is."""
        place = self._place(key, mark)
        return -1 if place < 0 else int(self.table[place]) - 1

    def _place(self, key: K, mark: u64) -> int:
        """Return the place of a key in the table; -1 if it is not there."""
        if self.live == 0:
            return -1
        mask = self._mask
        at = mark & mask
        while True:
            number = self.table[at]
            if number == FREE:
                return -1
            if number != GONE:
                entry = self.entries + (number - 1)
                if entry.mark == mark and entry.key == key:
                    return int(at)
            at = wrapping_add(at, 1) & mask

    @property
    def _mask(self) -> u64:
        """What of a mark chooses a place; there are some."""
        return bit_cast(u64, wrapping_sub(self.places, 1))

    def _place_of_entry(self, index: int) -> int:
        """Return the place in the table of a live entry."""
        mask = self._mask
        at = self.entries[index].mark & mask
        while self.table[at] != truncate(u32, index + 1):
            at = at + 1 & mask
        return int(at)

    def _add(self, key: K, value: V, mark: u64) -> None:
        """Add a key that is not there."""
        if self.used == self.capacity:
            self._renew()
        entry = self.entries + self.used
        entry.key = key
        entry.value = value
        entry.mark = mark
        self.used += 1
        self.live += 1
        self._enter(mark, self.used)

    def _enter(self, mark: u64, number: int) -> None:
        """Put the number of an entry at the first free place from its hash on."""
        mask = self._mask
        at = mark & mask
        while self.table[at] != FREE:
            at = at + 1 & mask
        self.table[at] = truncate(u32, number)

    def _remove(self, place: int) -> None:
        """Remove the entry whose number is at a place of the table."""
        entry = self.entries + (int(self.table[place]) - 1)
        self.table[place] = GONE
        self.live -= 1
        entry.mark = 0
        vacate(entry[0])

    def _renew(self) -> None:
        """Move the live entries into new storage with room for as many again."""
        places = LEAST_PLACES
        while places * 2 // 3 <= self.live * 3 // 2:
            places *= 2
        capacity = places * 2 // 3
        entries = storage.take(u64(capacity) * sizeof(Entry[K, V])).cast(Entry[K, V])
        table = storage.take(u64(places) * sizeof(u32)).cast(u32)
        used = 0
        for index in range(self.used):
            if self.entries[index].mark != 0:
                target = (entries + used).cast(u8)
                storage.move(target, (self.entries + index).cast(u8), sizeof(Entry[K, V]))
                used += 1
        self._give_back(self.entries, self.table, self.capacity, self.places)
        self.entries, self.table = entries, table
        self.capacity, self.places = capacity, places
        self.used = used
        self.first = 0
        for index in range(used):
            self._enter(entries[index].mark, index + 1)

    def _give_back(
        self, entries: Ptr[Entry[K, V]], table: Ptr[u32], capacity: int, places: int
    ) -> None:
        if capacity > 0:
            storage.give_back(entries.cast(u8), u64(capacity) * sizeof(Entry[K, V]))
            storage.give_back(table.cast(u8), u64(places) * sizeof(u32))


def _mark_of(hash: int) -> u64:
    """Return the mark of an entry whose key has this hash."""
    return hashing.folded(truncate(u64, hash)) | LIVE
