from __future__ import annotations

from abc import ABC, abstractmethod
import heapq
import random
from typing import Generic, Protocol, TypeVar, Iterator

K = TypeVar("K")
V = TypeVar("V")


class Node(Generic[K, V]):
    def __init__(self, key: K, value: V) -> None:
        self.key = key
        self.value = value
        self.left: "Node[K, V] | None" = None
        self.right: "Node[K, V] | None" = None


class TreeMap(Generic[K, V]):
    def __init__(self) -> None:
        self.root: Node[K, V] | None = None
        self.size = 0

    def __setitem__(self, key: K, value: V) -> None:
        if self.root is None:
            self.root = Node(key, value)
            self.size += 1
            return
        node = self.root
        while True:
            if key == node.key:
                node.value = value
                return
            if key < node.key:
                if node.left is None:
                    node.left = Node(key, value)
                    break
                node = node.left
            else:
                if node.right is None:
                    node.right = Node(key, value)
                    break
                node = node.right
        self.size += 1

    def __getitem__(self, key: K) -> V:
        node = self.root
        while node is not None:
            if key == node.key:
                return node.value
            node = node.left if key < node.key else node.right
        raise KeyError(key)

    def __iter__(self) -> Iterator[K]:
        yield from self._walk(self.root)

    def _walk(self, node: Node[K, V] | None) -> Iterator[K]:
        if node is not None:
            yield from self._walk(node.left)
            yield node.key
            yield from self._walk(node.right)

    def items(self) -> Iterator[tuple[K, V]]:
        for key in self:
            yield key, self[key]

    def height(self) -> int:
        def go(node: Node[K, V] | None) -> int:
            return 0 if node is None else 1 + max(go(node.left), go(node.right))

        return go(self.root)


class Greeter(Protocol):
    def greet(self, name: str) -> str: ...


class Loud:
    def greet(self, name: str) -> str:
        return f"HELLO {name.upper()}!"


class Quiet:
    def greet(self, name: str) -> str:
        return f"hello {name}"


def welcome(g: Greeter, names: list[str]) -> None:
    for n in names:
        print(g.greet(n))


Graph = dict[str, dict[str, int]]


def dijkstra(graph: Graph, source: str) -> dict[str, int]:
    dist = {source: 0}
    heap = [(0, source)]
    done: set[str] = set()
    while heap:
        d, u = heapq.heappop(heap)
        if u in done:
            continue
        done.add(u)
        for v, w in graph.get(u, {}).items():
            nd = d + w
            if v not in dist or nd < dist[v]:
                dist[v] = nd
                heapq.heappush(heap, (nd, v))
    return dist


def topo(graph: dict[str, list[str]]) -> list[str]:
    seen: set[str] = set()
    out: list[str] = []

    def visit(n: str, path: tuple[str, ...] = ()) -> None:
        if n in path:
            raise ValueError(" -> ".join(path + (n,)))
        if n in seen:
            return
        for m in graph.get(n, []):
            visit(m, path + (n,))
        seen.add(n)
        out.append(n)

    for n in graph:
        visit(n)
    return out[::-1]


class Animal(ABC):
    sound = "..."

    def __init__(self, name: str) -> None:
        self.name = name

    @abstractmethod
    def move(self) -> str: ...

    def speak(self) -> str:
        return f"{self.name} says {self.sound}"

    def __str__(self) -> str:
        return f"{self.__class__.__name__} {self.name}"


class Dog(Animal):
    sound = "woof"

    def move(self) -> str:
        return "runs"


class Bird(Animal):
    sound = "tweet"

    def move(self) -> str:
        return "flies"

    def speak(self) -> str:
        return super().speak() + "!"


t: TreeMap[str, int] = TreeMap()
for i, w in enumerate("the quick brown fox jumps over the lazy dog".split()):
    t[w] = i
print(list(t), t.size, t["the"], t.height())
print(list(t.items())[:3])
try:
    t["cat"]
except KeyError as e:
    print("no", e)
welcome(Loud(), ["ann"])
welcome(Quiet(), ["bob", "cid"])
print(dijkstra({"a": {"b": 7, "c": 3}, "c": {"b": 1, "d": 8}, "b": {"d": 2}}, "a"))
print(
    topo({"shirt": ["tie"], "tie": ["jacket"], "trousers": ["shoes", "belt"], "belt": ["jacket"]})
)
try:
    topo({"a": ["b"], "b": ["a"]})
except ValueError as e:
    print("cycle", e)
for a in (Dog("rex"), Bird("tweety")):
    print(a, a.speak(), a.move(), isinstance(a, Animal), isinstance(a, Dog))
random.seed(42)
print(random.randint(1, 6), random.choice("abc"), random.random(), random.sample(range(10), 3))
nums = list(range(8))
random.shuffle(nums)
print(nums)
matrix = [[1, 2, 3], [4, 5, 6]]
print(
    [list(r) for r in zip(*matrix)],
    [[sum(a * b for a, b in zip(r, c)) for c in zip(*[[1, 0], [0, 1], [1, 1]])] for r in matrix],
)
