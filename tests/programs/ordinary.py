"""What ordinary programs do with containers: fields, arguments, unpacking, nesting."""

from __future__ import annotations


class Stack:
    items: list[int]

    def __init__(self) -> None:
        self.items = []

    def push(self, item: int) -> None:
        self.items.append(item)

    def pop(self) -> int:
        return self.items.pop()

    def __len__(self) -> int:
        return len(self.items)


class Graph:
    edges: dict[str, list[str]]

    def __init__(self) -> None:
        self.edges = {}

    def add(self, a: str, b: str) -> None:
        self.edges.setdefault(a, []).append(b)
        self.edges.setdefault(b, []).append(a)

    def reach(self, start: str) -> list[str]:
        seen = {start}
        queue = [start]
        while queue:
            at = queue.pop(0)
            for other in self.edges[at]:
                if other not in seen:
                    seen.add(other)
                    queue.append(other)
        return sorted(seen)


class Node:
    value: int
    left: Node | None
    right: Node | None

    def __init__(self, value: int) -> None:
        self.value = value
        self.left = None
        self.right = None

    def insert(self, value: int) -> None:
        if value < self.value:
            if self.left is None:
                self.left = Node(value)
            else:
                self.left.insert(value)
        elif self.right is None:
            self.right = Node(value)
        else:
            self.right.insert(value)

    def collect(self, into: list[int]) -> None:
        if self.left is not None:
            self.left.collect(into)
        into.append(self.value)
        if self.right is not None:
            self.right.collect(into)


def sieve(limit: int) -> list[int]:
    is_prime = [True] * (limit + 1)
    is_prime[0] = is_prime[1] = False
    for n in range(2, limit + 1):
        if is_prime[n]:
            for multiple in range(n * n, limit + 1, n):
                is_prime[multiple] = False
    return [n for n in range(limit + 1) if is_prime[n]]


def quicksort(values: list[int]) -> list[int]:
    if len(values) < 2:
        return values
    pivot = values[0]
    return (
        quicksort([v for v in values[1:] if v < pivot])
        + [pivot]
        + quicksort([v for v in values[1:] if v >= pivot])
    )


def transpose(rows: list[list[int]]) -> list[list[int]]:
    return [[row[i] for row in rows] for i in range(len(rows[0]))]


def queens(count: int, placed: list[int]) -> int:
    row = len(placed)
    if row == count:
        return 1
    total = 0
    for column in range(count):
        if all(column != c and abs(column - c) != row - r for r, c in enumerate(placed)):
            placed.append(column)
            total += queens(count, placed)
            placed.pop()
    return total


def distance(a: str, b: str) -> int:
    before = list(range(len(b) + 1))
    for i, x in enumerate(a):
        now = [i + 1]
        for j, y in enumerate(b):
            now.append(min(before[j] + (x != y), before[j + 1] + 1, now[j] + 1))
        before = now
    return before[-1]


def fibonacci(n: int, known: dict[int, int]) -> int:
    if n < 2:
        return n
    if n not in known:
        known[n] = fibonacci(n - 1, known) + fibonacci(n - 2, known)
    return known[n]


def unpacking() -> None:
    name, age = "ann:30".split(":")
    first, *rest = [1, 2, 3]
    *start, last = "a b c".split()
    print(name, age, first, rest, start, last)
    for key, (a, b) in {"x": (1, 2)}.items():
        print(key, a, b)
    pairs = [(2, "b"), (1, "z"), (1, "a")]
    pairs.sort()
    print(pairs, min(pairs), max(pairs), (1, "z") in pairs)
    x, y = 1, 2
    x, y = y, x
    values = [1, 2, 3]
    values[0], values[2] = values[2], values[0]
    table = {"a": 1}
    table["b"], values[1] = 7, 8
    values[x], values[y] = values[y], values[x]
    head, *tail = (1, 2, 3)
    one, two = "ab"
    try:
        one, two = "abc".split("b", 5)[:1]
    except ValueError:
        print("too few")
    print(values, table, head, tail, one, two, int("ff", 16))
    print(x, y, 3 in (1, 2, 3), "b" in ("a", "b"))


def numbers() -> None:
    print(int("42") + int(" -7 "), sum(int(part) for part in "1,2,3".split(",")))
    try:
        print(int("4x"))
    except ValueError:
        print("not a number")


def main() -> int:
    stack = Stack()
    for n in range(5):
        stack.push(n * n)
    print(stack.pop(), stack.pop(), len(stack), stack.items)
    graph = Graph()
    for pair in ["a-b", "b-c", "d-e"]:
        a, b = pair.split("-")
        graph.add(a, b)
    print(graph.reach("a"), graph.reach("e"), graph.edges)
    root = Node(50)
    for n in [30, 70, 20, 40, 60, 80, 35]:
        root.insert(n)
    collected: list[int] = []
    root.collect(collected)
    print(collected)
    print(sieve(50), quicksort([3, 6, 1, 8, 2, 9, 2]), transpose([[1, 2, 3], [4, 5, 6]]))
    print(queens(6, []), distance("kitten", "sitting"), fibonacci(60, {}))
    unpacking()
    numbers()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
