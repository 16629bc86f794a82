"""Linked list, tree, LRU cache, generators pipelines."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Callable, Generic, Iterable, Iterator, Optional, TypeVar
import functools

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


class Node(Generic[T]):
    __slots__ = ("value", "next")

    def __init__(self, value: T, next: Optional[Node[T]] = None) -> None:
        self.value = value
        self.next = next


class LinkedList(Generic[T]):
    def __init__(self, values: Iterable[T] = ()) -> None:
        self.head: Optional[Node[T]] = None
        self.tail: Optional[Node[T]] = None
        self._size = 0
        for v in values:
            self.append(v)

    def append(self, value: T) -> None:
        node = Node(value)
        if self.tail is None:
            self.head = self.tail = node
        else:
            self.tail.next = node
            self.tail = node
        self._size += 1

    def prepend(self, value: T) -> None:
        self.head = Node(value, self.head)
        if self.tail is None:
            self.tail = self.head
        self._size += 1

    def reverse(self) -> None:
        prev, cur = None, self.head
        self.tail = self.head
        while cur:
            cur.next, prev, cur = prev, cur, cur.next
        self.head = prev

    def __iter__(self) -> Iterator[T]:
        node = self.head
        while node:
            yield node.value
            node = node.next

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, index: int) -> T:
        if index < 0:
            index += self._size
        if not 0 <= index < self._size:
            raise IndexError(f"index {index} out of range")
        for i, value in enumerate(self):
            if i == index:
                return value
        raise AssertionError

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, LinkedList):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"{self.__class__.__name__}([{', '.join(map(repr, self))}])"

    def __add__(self, other: LinkedList[T]) -> LinkedList[T]:
        return LinkedList([*self, *other])

    def __contains__(self, value: T) -> bool:
        return any(v == value for v in self)


class TreeNode:
    def __init__(
        self, key: int, left: Optional["TreeNode"] = None, right: Optional["TreeNode"] = None
    ):
        self.key = key
        self.left = left
        self.right = right

    def insert(self, key: int) -> "TreeNode":
        if key < self.key:
            self.left = self.left.insert(key) if self.left else TreeNode(key)
        elif key > self.key:
            self.right = self.right.insert(key) if self.right else TreeNode(key)
        return self

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.key
        if self.right:
            yield from self.right

    @property
    def height(self) -> int:
        return 1 + max((child.height for child in (self.left, self.right) if child), default=0)

    def __repr__(self):
        return (
            f"T({self.key}, {self.left}, {self.right})"
            if self.left or self.right
            else f"T({self.key})"
        )


class LRUCache(Generic[K, V]):
    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.data: OrderedDict[K, V] = OrderedDict()
        self.hits = self.misses = 0

    def get(self, key: K, default: Optional[V] = None) -> Optional[V]:
        if key in self.data:
            self.data.move_to_end(key)
            self.hits += 1
            return self.data[key]
        self.misses += 1
        return default

    def put(self, key: K, value: V) -> None:
        if key in self.data:
            self.data.move_to_end(key)
        self.data[key] = value
        if len(self.data) > self.capacity:
            oldest, _ = self.data.popitem(last=False)
            print("evict", oldest)

    def __getitem__(self, key: K) -> V:
        if (value := self.get(key)) is None:
            raise KeyError(key)
        return value

    __setitem__ = put


def numbers(limit: int) -> Iterator[int]:
    for n in range(limit):
        print("make", n)
        yield n


def evens(source: Iterable[int]) -> Iterator[int]:
    return (n for n in source if n % 2 == 0)


def mapped(func: Callable[[int], T], source: Iterable[int]) -> Iterator[T]:
    for item in source:
        yield func(item)


def take(n: int, source: Iterable[T]) -> list[T]:
    result = []
    for item in source:
        if len(result) == n:
            break
        result.append(item)
    return result


def chunked(items: list[T], size: int) -> Iterator[list[T]]:
    for i in range(0, len(items), size):
        yield items[i : i + size]


class Countdown:
    def __init__(self, start: int):
        self.current = start

    def __iter__(self):
        return self

    def __next__(self) -> int:
        if self.current <= 0:
            raise StopIteration
        self.current -= 1
        return self.current + 1


words = LinkedList(["a", "b", "c"])
words.prepend("z")
print(words, len(words), words[1], words[-1], "b" in words, "q" in words)
words.reverse()
print(words, words == LinkedList("cbaz"), words != LinkedList(["c"]), words == 3)
print(hash(words) == hash(LinkedList("cbaz")), words + LinkedList(["!"]))
try:
    words[10]
except IndexError as e:
    print(e)
root = functools.reduce(lambda tree, key: tree.insert(key), [3, 9, 1, 4, 7], TreeNode(5))
print(list(root), root.height, root)
cache: LRUCache[str, int] = LRUCache(2)
cache["a"] = 1
cache["b"] = 2
print(cache.get("a"))
cache["c"] = 3
print(cache.get("b"), cache.get("b", -1), cache["c"], cache.hits, cache.misses)
try:
    cache["nope"]
except KeyError as e:
    print("KeyError", e)
print(take(2, mapped(lambda n: n * n, evens(numbers(10)))))
print(list(chunked(list(range(7)), 3)), list(Countdown(3)), sum(Countdown(4)))
it = iter(Countdown(2))
print(next(it), next(it), next(it, 0))
