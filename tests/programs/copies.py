"""Copies of lists, dicts, sets and objects, of one level and of all."""

from __future__ import annotations

import copy
from collections import defaultdict, deque
from copy import deepcopy
from dataclasses import dataclass, field
from enum import Enum
from typing import Callable, Generic, NamedTuple, Optional, TypeVar

T = TypeVar("T")


class Kind(Enum):
    PLAIN = 1
    SPECIAL = 2


class Place(NamedTuple):
    x: int
    y: int


@dataclass
class Item:
    name: str
    tags: list[str] = field(default_factory=list)
    kind: Kind = Kind.PLAIN


@dataclass(frozen=True)
class Fixed:
    size: int
    name: str


@dataclass(frozen=True)
class Labels:
    words: tuple[str, ...]
    sizes: list[int]


class Box:
    def __init__(self, item: Item, fixed: Fixed):
        self.item = item
        self.fixed = fixed
        self.counts = {"a": [1]}
        self.place = Place(1, 2)
        self.other: Optional[Item] = None
        self.shown: Callable[[int], str] = str


class Crate(Box):
    def __init__(self, item: Item, weight: float):
        super().__init__(item, Fixed(1, "crate"))
        self.weight = weight
        self.seals = [{"x"}, {"y"}]


class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: list[T] = []


class Node:
    def __init__(self, value: int) -> None:
        self.value = value
        self.next: Node | None = None
        self.peers: list[Node] = []


@dataclass
class Own:
    size: int

    def __copy__(self) -> Own:
        return Own(self.size + 1)


def grids() -> None:
    grid = [[1, 2], [3]]
    one, all_of_it = copy.copy(grid), deepcopy(grid)
    one.append([4])
    one[0][0] = 9
    all_of_it[1].append(5)
    print(grid, one, all_of_it)

    row = [0] * 3
    same = copy.deepcopy([row, row])
    same[0][1] = 7
    print(row, same, same[0] is same[1], same[0] is row)


def values() -> None:
    table = {"a": [1], "b": []}
    second = deepcopy(table)
    second["a"].append(2)
    print(
        table,
        second,
        copy.copy({1, 2}),
        deepcopy([(1, ["x"]), (2, ["z"])]),
        deepcopy("text"),
        copy.copy(5),
    )
    groups: dict[str, list[int]] = defaultdict(list)
    groups["x"].append(1)
    more = deepcopy(groups)
    more["y"].append(2)
    print(dict(groups), dict(more), deepcopy(deque([[1], [2]])), copy.copy(deque([1, 2], maxlen=2)))
    mixed: list[int | str | list[int]] = [1, "two", [3]]
    print(deepcopy(mixed), copy.copy(mixed) == mixed, deepcopy([None, [1]]))


def objects() -> None:
    item = Item("a", ["x"])
    one, all_of_it = copy.copy(item), copy.deepcopy(item)
    one.name = "b"
    one.tags.append("y")
    print(item, one, all_of_it, all_of_it.kind is Kind.PLAIN)

    boxes: list[Box] = [Box(item, Fixed(1, "f")), Crate(Item("c"), 2.5)]
    boxes[0].other = item
    again = deepcopy(boxes)
    again[0].item.name = "changed"
    again[0].counts["a"].append(2)
    print(
        item.name, again[0].other, again[0].other is again[0].item, boxes[0].counts, again[0].counts
    )
    print(again[0].fixed is boxes[0].fixed, again[0].place, again[0].shown(3), again[1].other)
    for before, after in zip(boxes, again):
        print(type(after).__name__, after is before, after.item == before.item)
        if isinstance(before, Crate) and isinstance(after, Crate):
            after.seals[0].add("z")
            print(before.seals[0], sorted(after.seals[0]), after.weight)

    labels = Labels(("a", "b"), [1])
    more = deepcopy(labels)
    more.sizes.append(2)
    print(labels, more, copy.copy(labels).sizes is labels.sizes)

    stack: Stack[Item] = Stack()
    stack.items.append(item)
    print(deepcopy(stack).items[0] is item, copy.copy(stack).items[0] is item)
    print(copy.copy(Own(1)), deepcopy(Own(1)), [copy.copy(each) for each in [Own(5)]])


def circles() -> None:
    first, second = Node(1), Node(2)
    first.next, second.next = second, first
    first.peers = [first, second]
    copied = deepcopy(first)
    print(copied.next.next is copied, copied.peers[0] is copied, copied.peers[1] is copied.next)
    print(copied is first, copied.next.value)
    for each in (first, second, copied, copied.peers[1]):
        each.next = None
        each.peers = []


grids()
values()
objects()
circles()
