"""Python's module collections, for programs: deque, defaultdict, OrderedDict, Counter and ChainMap.

Source: Python Library Reference, module collections.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


class deque(Generic[T]):
    """Items in a row, put in and taken out at both ends.

    The row is `front`, turned round, and then `back`. An end that has run out gets half of the other, so
    that an item moves a fixed number of times on average.
    """

    front: list[T]
    back: list[T]
    changes: int  # how often the row was changed
    limit: int  # of items; -1: there is none

    def __init__(self, iterable: list[T] | None = None, maxlen: int | None = None) -> None:
        self.front = []
        self.back = []
        self.changes = 0
        self.limit = -1
        if maxlen is not None:
            if maxlen < 0:
                raise ValueError("maxlen must be non-negative")
            self.limit = maxlen
        if iterable is not None:
            self.extend(iterable)

    @property
    def maxlen(self) -> int | None:
        return None if self.limit < 0 else self.limit

    def __len__(self) -> int:
        return len(self.front) + len(self.back)

    def append(self, item: T) -> None:
        """Put an item in at the end; a full deque loses its first one."""
        self.changes += 1
        self.back.append(item)
        if len(self) > self.limit >= 0:
            self.popleft()

    def appendleft(self, item: T) -> None:
        """Put an item in at the start; a full deque loses its last one."""
        self.changes += 1
        self.front.append(item)
        if len(self) > self.limit >= 0:
            self.pop()

    def extend(self, iterable: list[T]) -> None:
        for item in iterable:
            self.append(item)

    def extendleft(self, iterable: list[T]) -> None:
        for item in iterable:
            self.appendleft(item)

    def pop(self) -> T:
        """Take the last item out.

        Raises:
            IndexError: there is none.
        """
        if len(self) == 0:
            raise IndexError("pop from an empty deque")
        self.changes += 1
        if not self.back:
            self.back = _half(self.front)
        return self.back.pop()

    def popleft(self) -> T:
        """Take the first item out.

        Raises:
            IndexError: there is none.
        """
        if len(self) == 0:
            raise IndexError("pop from an empty deque")
        self.changes += 1
        if not self.front:
            self.front = _half(self.back)
        return self.front.pop()

    def clear(self) -> None:
        self.changes += 1
        self.front.clear()
        self.back.clear()

    def copy(self) -> deque[T]:
        made = deque[T](self._items())
        made.limit = self.limit
        return made

    def rotate(self, n: int = 1) -> None:
        """Move the last n items to the start; with n < 0 the first ones to the end."""
        if len(self) < 2:
            return
        steps = n % len(self)
        if steps <= len(self) // 2:
            for _ in range(steps):
                self.front.append(self.pop())
        else:
            for _ in range(len(self) - steps):
                self.back.append(self.popleft())

    def reverse(self) -> None:
        self.changes += 1
        turned = self.front
        self.front = self.back
        self.back = turned

    def __getitem__(self, index: int) -> T:
        at = self._position(index)
        count = len(self.front)
        return self.front[count - 1 - at] if at < count else self.back[at - count]

    def __setitem__(self, index: int, item: T) -> None:
        at = self._position(index)
        count = len(self.front)
        if at < count:
            self.front[count - 1 - at] = item
        else:
            self.back[at - count] = item

    def __delitem__(self, index: int) -> None:
        at = self._position(index)
        count = len(self.front)
        self.changes += 1
        if at < count:
            del self.front[count - 1 - at]
        else:
            del self.back[at - count]

    def insert(self, index: int, item: T) -> None:
        """Put an item in before the one at an index.

        Raises:
            IndexError: the deque is full.
        """
        if len(self) == self.limit:
            raise IndexError("deque already at its maximum size")
        items = self._items()
        items.insert(index, item)
        self._replace(items)

    def remove(self, value: T) -> None:
        """Take the first item that is equal to a value out.

        Raises:
            ValueError: there is none.
        """
        for at in range(len(self)):
            if self[at] == value:
                del self[at]
                return
        raise ValueError("deque.remove(x): x not in deque")

    def index(self, value: T) -> int:
        """Return where the first item is that is equal to a value.

        Raises:
            ValueError: there is none.
        """
        for at in range(len(self)):
            if self[at] == value:
                return at
        raise ValueError(f"{value!r} is not in deque")

    def count(self, value: T) -> int:
        return self.front.count(value) + self.back.count(value)

    def __contains__(self, value: T) -> bool:
        for at in range(len(self)):
            if self[at] == value:
                return True
        return False

    def __iter__(self) -> Iterator[T]:
        before = self.changes
        at = 0
        while at < len(self):
            yield self[at]
            if self.changes != before:
                raise RuntimeError("deque mutated during iteration")
            at += 1

    def __reversed__(self) -> Iterator[T]:
        before = self.changes
        at = len(self) - 1
        while at >= 0:
            yield self[at]
            if self.changes != before:
                raise RuntimeError("deque mutated during iteration")
            at -= 1

    def __add__(self, other: deque[T]) -> deque[T]:
        made = self.copy()
        made.extend(other._items())
        return made

    def __iadd__(self, other: list[T]) -> deque[T]:
        self.extend(other)
        return self

    def __mul__(self, count: int) -> deque[T]:
        made = deque[T](self._items() * count)
        made.limit = self.limit
        while 0 <= made.limit < len(made):
            made.popleft()
        return made

    def __eq__(self, other: deque[T]) -> bool:
        return self._items() == other._items()

    def __lt__(self, other: deque[T]) -> bool:
        return self._items() < other._items()

    def __repr__(self) -> str:
        if self.limit >= 0:
            return f"deque({self._items()!r}, maxlen={self.limit})"
        return f"deque({self._items()!r})"

    def _position(self, index: int) -> int:
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError("deque index out of range")
        return at

    def _items(self) -> list[T]:
        items = self.front.copy()
        items.reverse()
        items.extend(self.back)
        return items

    def _replace(self, items: list[T]) -> None:
        self.changes += 1
        self.front.clear()
        self.back = items


def _half(row: list[T]) -> list[T]:
    """Take the first half of a row out, rounded up, and return it turned round."""
    count = (len(row) + 1) // 2
    taken = row[:count]
    taken.reverse()
    del row[:count]
    return taken


def defaultdict(default_factory: Callable[[], V], maker: str) -> dict[K, V]:
    """Return a dict that makes the value of a key that it lacks. maker: what makes it, as repr() shows it."""
    made: dict[K, V] = {}
    made.make_missing = default_factory
    made.maker = maker
    return made


def OrderedDict__by(mapping: dict[K, V]) -> dict[K, V]:
    """Return a dict with the same keys and values, of which any may become the first or the last."""
    made = mapping.plain()
    made.maker = "OrderedDict"
    return made


def OrderedDict(iterable: list[tuple[K, V]] | None = None) -> dict[K, V]:
    """Return a dict with these keys and values, of which any may become the first or the last."""
    made: dict[K, V] = {}
    made.maker = "OrderedDict"
    if iterable is not None:
        for key, value in iterable:
            made[key] = value
    return made


def Counter__by(mapping: dict[T, int]) -> Counter[T]:
    """Return a Counter with these counts."""
    made = Counter[T]()
    made.counts = mapping.copy()
    return made


def Counter__counter(other: Counter[T]) -> Counter[T]:
    return other.copy()


class Counter(Generic[T]):
    """How often each of some items occurs."""

    counts: dict[T, int]

    def __init__(self, iterable: list[T] | None = None) -> None:
        self.counts = {}
        if iterable is not None:
            self.update(iterable)

    def update__by(self, mapping: dict[T, int]) -> None:
        """Add counts."""
        for item, count in mapping.items():
            self.counts[item] = self.counts.get(item, 0) + count

    def update__counter(self, other: Counter[T]) -> None:
        self.update__by(other.counts)

    def update(self, iterable: list[T]) -> None:
        """Count more items."""
        for item in iterable:
            self.counts[item] = self.counts.get(item, 0) + 1

    def subtract__by(self, mapping: dict[T, int]) -> None:
        for item, count in mapping.items():
            self.counts[item] = self.counts.get(item, 0) - count

    def subtract__counter(self, other: Counter[T]) -> None:
        self.subtract__by(other.counts)

    def subtract(self, iterable: list[T]) -> None:
        """Count items down, below zero too."""
        for item in iterable:
            self.counts[item] = self.counts.get(item, 0) - 1

    def __pos__(self) -> Counter[T]:
        return self + Counter[T]()

    def __neg__(self) -> Counter[T]:
        return Counter[T]() - self

    def __getitem__(self, item: T) -> int:
        return self.counts.get(item, 0)

    def __setitem__(self, item: T, count: int) -> None:
        self.counts[item] = count

    def __delitem__(self, item: T) -> None:
        """Forget an item, if it is there."""
        if item in self.counts:
            del self.counts[item]

    def __contains__(self, item: T) -> bool:
        return item in self.counts

    def __len__(self) -> int:
        return len(self.counts)

    def __iter__(self) -> Iterator[T]:
        yield from self.counts

    def keys(self) -> Iterator[T]:
        yield from self.counts

    def values(self) -> Iterator[int]:
        yield from self.counts.values()

    def items(self) -> Iterator[tuple[T, int]]:
        yield from self.counts.items()

    def get(self, item: T, default: int) -> int:
        return self.counts.get(item, default)

    def pop(self, item: T) -> int:
        return self.counts.pop(item)

    def clear(self) -> None:
        self.counts.clear()

    def copy(self) -> Counter[T]:
        made = Counter[T]()
        made.counts = self.counts.copy()
        return made

    def total(self) -> int:
        return sum(self.counts.values())

    def elements(self) -> Iterator[T]:
        """Give each item as often as it was counted."""
        for item, count in self.counts.items():
            for _ in range(count):
                yield item

    def most_common(self, n: int | None = None) -> list[tuple[T, int]]:
        """Return the n items that occur most often with their counts, all of them without n."""
        ordered = sorted(self.counts.items(), key=lambda pair: pair[1], reverse=True)
        return ordered if n is None else ordered[: max(n, 0)]

    def __add__(self, other: Counter[T]) -> Counter[T]:
        made = Counter[T]()
        for item, count in self.counts.items():
            if count + other[item] > 0:
                made[item] = count + other[item]
        for item, count in other.counts.items():
            if item not in self.counts and count > 0:
                made[item] = count
        return made

    def __sub__(self, other: Counter[T]) -> Counter[T]:
        made = Counter[T]()
        for item, count in self.counts.items():
            if count - other[item] > 0:
                made[item] = count - other[item]
        for item, count in other.counts.items():
            if item not in self.counts and count < 0:
                made[item] = -count
        return made

    def __and__(self, other: Counter[T]) -> Counter[T]:
        made = Counter[T]()
        for item, count in self.counts.items():
            if min(count, other[item]) > 0:
                made[item] = min(count, other[item])
        return made

    def __or__(self, other: Counter[T]) -> Counter[T]:
        made = Counter[T]()
        for item, count in self.counts.items():
            if max(count, other[item]) > 0:
                made[item] = max(count, other[item])
        for item, count in other.counts.items():
            if item not in self.counts and count > 0:
                made[item] = count
        return made

    def __eq__(self, other: Counter[T]) -> bool:
        """Return whether all counts are equal, where an item that is not there counts 0."""
        for item, count in self.counts.items():
            if count != other[item]:
                return False
        for item, count in other.counts.items():
            if count != self[item]:
                return False
        return True

    def __repr__(self) -> str:
        if not self.counts:
            return "Counter()"
        shown = ", ".join([f"{item!r}: {count!r}" for item, count in self.most_common()])
        return f"Counter({{{shown}}})"


class ChainMap(Generic[K, V]):
    """Dicts of which the first that has a key gives its value; the first one takes what is stored."""

    maps: list[dict[K, V]]

    def __init__(self, first: dict[K, V] | None = None, *others: dict[K, V]) -> None:
        self.maps = []
        if first is None:
            self.maps.append({})
        else:
            self.maps.append(first)
        self.maps += others

    def __getitem__(self, key: K) -> V:
        for each in self.maps:
            if key in each:
                return each[key]
        return self.maps[-1][key]

    def __setitem__(self, key: K, value: V) -> None:
        self.maps[0][key] = value

    def __delitem__(self, key: K) -> None:
        if key not in self.maps[0]:
            raise KeyError(f"Key not found in the first mapping: {key!r}")
        del self.maps[0][key]

    def __contains__(self, key: K) -> bool:
        for each in self.maps:
            if key in each:
                return True
        return False

    def __len__(self) -> int:
        return len(self._merged())

    def __iter__(self) -> Iterator[K]:
        for key in self._merged():  # noqa: UP028 - only programs have 'yield from'
            yield key

    def get(self, key: K, default: V) -> V:
        """Return the value of a key, or another one if there is none."""
        for each in self.maps:
            if key in each:
                return each[key]
        return default

    def keys(self) -> list[K]:
        """Return the keys, each once."""
        return list(self._merged())

    def values(self) -> list[V]:
        """Return the values, in the order of the keys."""
        return list(self._merged().values())

    def items(self) -> list[tuple[K, V]]:
        """Return the keys with their values."""
        return list(self._merged().items())

    def new_child(self) -> ChainMap[K, V]:
        """Return one with a new dict before these."""
        child = ChainMap[K, V]({})
        child.maps += self.maps
        return child

    @property
    def parents(self) -> ChainMap[K, V]:
        """All but the first dict."""
        rest = ChainMap[K, V]()
        if len(self.maps) > 1:
            rest.maps = self.maps[1:]
        return rest

    def __repr__(self) -> str:
        return f"ChainMap({', '.join([repr(each) for each in self.maps])})"

    def _merged(self) -> dict[K, V]:
        """Return all keys with their values, in CPython's order: that of the last dict first."""
        merged: dict[K, V] = {}
        for each in reversed(self.maps):
            merged.update(each)
        return merged
