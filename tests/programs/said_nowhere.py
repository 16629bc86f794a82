"""Programs as people write them who annotate nothing: late fields, properties, abstract classes, comparisons
of unlike things, names that are bound anew."""

from __future__ import annotations

import heapq
import re
import sys
from abc import ABC, abstractmethod
from collections import defaultdict
from contextlib import contextmanager

WORD = re.compile(r"[a-z]+")


class Stopwatch:
    """Fields that only other methods give a value."""

    def __enter__(self):
        self.start = 5
        self.laps = []
        return self

    def __exit__(self, *args):
        self.end = self.start + 2.5
        self.laps.append(1)
        self.laps[0] += 3


class Thing:
    def __init__(self, n):
        self.setup(n)

    def setup(self, n):
        self.items = list(range(n))
        self.name = "thing"
        self.total = 0
        for i in self.items:
            self.total += i


class Louder(Thing):
    def more(self):
        self.extra = self.name.upper()
        self.name = "louder"


with Stopwatch() as watch:
    print(watch.start)
print(watch.end, watch.laps)
try:
    print(Stopwatch().start)
except AttributeError as error:
    print(error)
thing = Louder(4)
print(thing.items, thing.name, thing.total)
try:
    print(thing.extra)
except AttributeError as error:
    print(error)
thing.more()
print(thing.extra, thing.name)


class Rect:
    def __init__(self, w, h):
        self.h = h
        self.w = w

    @property
    def w(self):
        return self._w

    @w.setter
    def w(self, v):
        if v <= 0:
            raise ValueError(f"w must be positive, got {v}")
        self._w = v

    @property
    def is_square(self):
        return self.w == self.h


rect = Rect(2, 3)
rect.w += 1
print(rect.is_square, rect.w)
try:
    Rect(-1, 1)
except ValueError as error:
    print(error)


class Shape(ABC):
    @abstractmethod
    def area(self) -> float: ...

    @abstractmethod
    def name(self) -> str: ...


class Half(Shape):
    def area(self) -> float:
        return 1.0


for number in range(2):
    try:
        print((Shape() if number else Half()).area())
    except TypeError as error:
        print(error)


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        if not isinstance(other, Point):
            return NotImplemented
        return (self.x, self.y) == (other.x, other.y)


class Plain:
    pass


p, plain = Point(1, 2), Plain()
print(p == Point(1, 2), p == (1, 2), p != "x", p == 5, p != None, p == plain)  # noqa: E711
print(plain == 5, plain != "a", 1 == "1", [1] == (1,), "a" != 3, (1, 2) == [1, 2], {1: 2} == [1])

try:
    print(1 / 0)
except ZeroDivisionError as error:
    print(error)


@contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    finally:
        print(f"</{name}>")


with tag("p") as word:
    print(word)


class Graph:
    KINDS = {("a", 1): "first", ("b", 2): "second"}

    def __init__(self):
        self.edges = defaultdict(list)

    def add(self, u, v, w):
        self.edges[u].append((v, w))
        self.edges[v].append((u, w))

    def distances(self, source):
        found, before = {v: float("inf") for v in self.edges}, {}
        found[source] = 0
        heap = [(0, source)]
        while heap:
            d, u = heapq.heappop(heap)
            for v, w in self.edges[u]:
                if d + w < found[v]:
                    found[v] = d + w
                    before[v] = u
                    heapq.heappush(heap, (found[v], v))
        return found, before

    def kind(self, key):
        return self.KINDS.get(key, "none")


graph = Graph()
for u, v, w in [("A", "B", 4), ("A", "C", 2), ("B", "C", 1), ("C", "D", 8)]:
    graph.add(u, v, w)
found, before = graph.distances("A")
print(found, before)
print(graph.kind(("b", 2)), graph.kind(("c", 3)))

items = []
items.append(1)
print(items)
items = []
items.append("a")
print(items)
text = "12"
text = int(text) + 1
print(text)


def cells(words=None):
    held = set()
    for each in words or []:
        held.add(len(each))
    return sorted(held)


def total(argv=None):
    if argv is None:
        argv = sys.argv[1:]
    digits, carry = [], 0
    for each in argv:
        digits.append(int(each))
        carry += 1
    return digits, carry


print(cells(), cells(words=["a", "bcd"]))
print(total(), total(["4", "2"]), WORD.findall("one 2 three"))
print(max(1, *(len(each) for each in ["a", "bb"])), max(2 > 1, 1 > 2))
