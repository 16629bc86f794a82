"""HashMap: values by integer keys, in storage of a fixed size.

Open addressing with linear probing: an entry lies at the first free place from its home on, the home
being the hash of its key modulo the number of places. Removal moves later entries back into the hole,
so there are no tombstones and a search ends at the first free place.

Invariants:
    Between the home of an entry and its place, every place is used.
    At least one place is free. The number of places is a power of two.

With at most 3/4 of the places used, a search looks at 2.5 of them on average if the key is there, and
at 8.5 if it is not (Knuth, "The Art of Computer Programming", volume 3, section 6.4).
"""

from __future__ import annotations

from typing import Generic, TypeVar

from core import hash as hashing
from lang import Slice, copy, irq_safe, struct, u64, usize, wrapping_sub

K = TypeVar("K")
V = TypeVar("V")


@struct
class Entry(Generic[K, V]):
    """A place in the table."""

    key: K
    value: V
    is_used: bool


@struct
class HashMap(Generic[K, V]):
    """Values by keys, which are integers."""

    places: Slice[Entry[K, V]]  # a power of two of them
    used: usize

    @irq_safe
    def __len__(self) -> usize:
        return self.used

    @irq_safe
    def __contains__(self, key: K) -> bool:
        return self.places[self._find(key)].is_used

    @irq_safe
    def __getitem__(self, key: K) -> V:
        """Return the value of a key.

        Raises:
            KeyError: the key is not there.
        """
        entry = self.places[self._find(key)]
        if not entry.is_used:
            raise KeyError
        return entry.value

    @irq_safe
    def get(self, key: K, default: V) -> V:
        """Return the value of a key, or `default` if the key is not there."""
        entry = self.places[self._find(key)]
        return entry.value if entry.is_used else default

    @irq_safe
    def __setitem__(self, key: K, value: V) -> None:
        """Set the value of a key.

        Raises:
            MemoryError: the key is new and only the last place is free.
        """
        entry = self.places[self._find(key)]
        if not entry.is_used:
            if self.used + 1 >= len(self.places):
                raise MemoryError
            entry.key = key
            entry.is_used = True
            self.used += 1
        entry.value = copy(value)

    @irq_safe
    def pop(self, key: K) -> V:
        """Remove a key and return its value.

        Raises:
            KeyError: the key is not there.
        """
        place = self._find(key)
        if not self.places[place].is_used:
            raise KeyError
        value = copy(self.places[place].value)
        self._close(place)
        self.used -= 1
        return value

    def _find(self, key: K) -> usize:
        """Return the place of a key, or the free one where it belongs."""
        mask = len(self.places) - 1
        place = hashing.mix(u64(key)) & mask
        while self.places[place].is_used and self.places[place].key != key:
            place = place + 1 & mask
        return place

    def _close(self, emptied: usize) -> None:
        """Free a place, moving later entries of the run back where a search would miss them.

        An entry may move into the hole unless its home lies after it (cyclically).
        """
        mask = len(self.places) - 1
        hole = emptied
        place = hole + 1 & mask
        while self.places[place].is_used:
            home = hashing.mix(u64(self.places[place].key)) & mask
            if (wrapping_sub(place, home) & mask) >= (wrapping_sub(place, hole) & mask):
                self.places[hole].key = self.places[place].key
                self.places[hole].value = copy(self.places[place].value)
                hole = place
            place = place + 1 & mask
        self.places[hole].is_used = False
