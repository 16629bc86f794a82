"""A map of its own, states, tasks, and what small functions do with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeVar, Optional, Union

K = TypeVar("K")
V = TypeVar("V")


class OrderedMap(Generic[K, V]):
    """A map that keeps the order of insertion, and can be cut by position."""

    def __init__(self, pairs: Iterable[tuple[K, V]] = ()) -> None:
        self._keys: list[K] = []
        self._values: dict[K, V] = {}
        for key, value in pairs:
            self[key] = value

    def __setitem__(self, key: K, value: V) -> None:
        if key not in self._values:
            self._keys.append(key)
        self._values[key] = value

    def __getitem__(self, key: K) -> V:
        return self._values[key]

    def __delitem__(self, key: K) -> None:
        del self._values[key]
        self._keys.remove(key)

    def __iter__(self) -> Iterator[K]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def items(self) -> Iterator[tuple[K, V]]:
        for key in self._keys:
            yield key, self._values[key]

    def __repr__(self) -> str:
        inner = ", ".join(f"{k!r}: {v!r}" for k, v in self.items())
        return f"OrderedMap({{{inner}}})"


m: OrderedMap[str, int] = OrderedMap([("b", 2), ("a", 1)])
m["c"] = 3
m["b"] = 20
del m["a"]
print(m, len(m), "a" in m, "b" in m, list(m), dict(m.items()))
try:
    m["zz"]
except KeyError as e:
    print("missing", e, repr(e))


class State(Enum):
    IDLE = "idle"
    RUNNING = "running"
    DONE = "done"

    def next(self) -> State:
        order = list(State)
        return order[(order.index(self) + 1) % len(order)]


s = State.IDLE
for _ in range(4):
    s = s.next()
    print(s, s.name, s.value, end=" | ")
print()


@dataclass(order=True)
class Task:
    priority: int
    name: str = field(compare=False)
    deps: list[str] = field(default_factory=list, compare=False, repr=False)

    @property
    def label(self) -> str:
        return f"{self.name}#{self.priority}"


tasks = [Task(3, "c"), Task(1, "a", ["c"]), Task(2, "b")]
print(sorted(tasks), min(tasks).label, max(tasks).label, Task(1, "x") == Task(1, "y"))
print([t.label for t in sorted(tasks, key=lambda t: t.name, reverse=True)])


def chunks(items: list[V], size: int) -> Iterator[list[V]]:
    for i in range(0, len(items), size):
        yield items[i : i + size]


print(list(chunks([1, 2, 3, 4, 5], 2)), list(chunks(list("abc"), 5)))


def compose(*fs: Callable[[int], int]) -> Callable[[int], int]:
    def run(x: int) -> int:
        for f in fs:
            x = f(x)
        return x

    return run


print(compose(lambda x: x + 1, lambda x: x * 10, abs)(-5))


def safe_div(a: int, b: int) -> Optional[float]:
    try:
        return a / b
    except ZeroDivisionError:
        return None
    finally:
        print("div", a, b)


r = safe_div(1, 0)
print(r is None, safe_div(7, 2))


def describe(x: Union[int, str, list[int], None]) -> str:
    if x is None:
        return "nothing"
    if isinstance(x, int):
        return f"int {x:+d}"
    if isinstance(x, str):
        return f"str {x!r:>6}"
    return f"list {sum(x)}"


print([describe(v) for v in (5, "ab", [1, 2], None)])
counts: dict[str, int] = {}
for ch in "mississippi":
    counts[ch] = counts.get(ch, 0) + 1
for ch, n in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])):
    print(f"{ch}:{n}", end=" ")
print()
matrix = [[1, 2, 3], [4, 5, 6]]
print([list(row) for row in zip(*matrix)], [x for row in matrix for x in row if x % 2])
print({k: [v for v in row] for k, row in enumerate(matrix)})
nested = {"a": {"x": 1}, "b": {"y": 2}}
for outer_key, inner_map in nested.items():
    for inner_key, value in inner_map.items():
        print(outer_key, inner_key, value)
first, *middle, last = [1, 2, 3, 4, 5]
print(first, middle, last)
(a, b), c = (1, 2), 3
a, b = b, a
print(a, b, c)
x = y = 0
x += 1
print(x, y)
data = [3, 1, 2]
data2 = data
data2.sort()
print(data, data is data2, sorted(data, reverse=True), data[::-1])
print("%s has %d items costing %.2f" % ("cart", 3, 9.99))
