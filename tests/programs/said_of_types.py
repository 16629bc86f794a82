"""What only says something of types: overloads, keys that can be hashed; and records as dicts."""

from __future__ import annotations

from collections import namedtuple
from typing import Generic, Hashable, NamedTuple, TypeVar, overload

K = TypeVar("K", bound=Hashable)
Pair = namedtuple("Pair", "word count")


class Known(Generic[K]):
    def __init__(self) -> None:
        self.found: dict[K, int] = {}

    def note(self, key: K) -> int:
        self.found[key] = self.found.get(key, 0) + 1
        return self.found[key]


class Doubling:
    @overload
    def of(self, value: int) -> int: ...
    @overload
    def of(self, value: str) -> str: ...
    def of(self, value: int | str) -> int | str:
        return value * 2


@overload
def first(items: list[int]) -> int: ...
@overload
def first(items: str) -> str: ...
def first(items: list[int] | str) -> int | str:
    return items[0]


class Entry(NamedTuple):
    name: str
    size: int
    share: float = 0.5


def main() -> None:
    known: Known[str] = Known()
    print(known.note("a"), known.note("a"), known.found)
    print(Doubling().of(4), Doubling().of("ab"), first([7, 8]), first("xyz"))
    print(Pair("a", 1)._asdict(), Entry("b", 2)._asdict())
    for name, value in Entry("c", 3)._asdict().items():
        print(f"{name}={value!r}")


if __name__ == "__main__":
    main()
