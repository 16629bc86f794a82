from __future__ import annotations
from typing import Callable, Generic, Iterable, Iterator, Optional, TypeVar

T = TypeVar("T")
U = TypeVar("U")


class Stack(Generic[T]):
    def __init__(self, items: Iterable[T] = ()) -> None:
        self._items: list[T] = list(items)

    def push(self, item: T) -> Stack[T]:
        self._items.append(item)
        return self

    def pop(self) -> T:
        if not self._items:
            raise IndexError("pop from empty stack")
        return self._items.pop()

    def map(self, function: Callable[[T], U]) -> Stack[U]:
        return Stack(function(each) for each in self._items)

    def __iter__(self) -> Iterator[T]:
        return reversed(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return f"Stack({self._items!r})"


def take(n: int, source: Iterable[T]) -> list[T]:
    result = []
    for item in source:
        if len(result) == n:
            break
        result.append(item)
    return result


def first(source: Iterable[T], default: Optional[T] = None) -> Optional[T]:
    for item in source:
        return item
    return default


def flat(rows: Iterable[Iterable[T]]) -> Iterator[T]:
    for row in rows:
        yield from row


def squares(limit: int) -> Iterator[int]:
    for n in range(limit):
        print("square", n)
        yield n * n


s = Stack([1, 2])
print(s.push(3), len(s), list(s), s.pop(), s.map(str), s.map(lambda n: n / 2))
words = Stack("abc")
print(words, Stack({"k": 1}), Stack((1.5, 2.5)), Stack(range(3)), Stack(squares(2)))
empty: Stack[int] = Stack()
print(empty, Stack[str]())
try:
    empty.pop()
except IndexError as e:
    print(e)
print(take(2, squares(10)), take(2, range(5)), take(1, {"a", "a"}), take(9, "xy"), take(2, s))
print(first([3, 4]), first(""), first(n for n in range(3) if n), first(map(str, [1])))


def total(numbers: Iterable[int] = ()) -> int:
    return sum(numbers)


print(total(), total([1, 2]))
