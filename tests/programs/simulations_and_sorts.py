from __future__ import annotations

import heapq
import sys
from dataclasses import dataclass, field
from typing import Any, Callable, Optional


@dataclass(order=True)
class Event:
    time: float
    seq: int
    action: Callable[[], None] = field(compare=False)


class Simulator:
    def __init__(self) -> None:
        self.now = 0.0
        self._queue: list[Event] = []
        self._seq = 0

    def schedule(self, delay: float, action: Callable[[], None]) -> None:
        heapq.heappush(self._queue, Event(self.now + delay, self._seq, action))
        self._seq += 1

    def run(self, until: Optional[float] = None) -> None:
        while self._queue:
            if until is not None and self._queue[0].time > until:
                break
            event = heapq.heappop(self._queue)
            self.now = event.time
            event.action()


class Customer:
    def __init__(self, sim: Simulator, name: str) -> None:
        self.sim, self.name = sim, name

    def arrive(self) -> None:
        print(f"{self.sim.now:6.2f} {self.name} arrives")
        self.sim.schedule(2.5, self.leave)

    def leave(self) -> None:
        print(f"{self.sim.now:6.2f} {self.name} leaves")


sim = Simulator()
for i, name in enumerate(["ann", "bob"]):
    sim.schedule(i * 1.5, Customer(sim, name).arrive)
sim.schedule(10, lambda: print("late"))
sim.run(until=5)


class Matrix:
    def __init__(self, rows: list[list[float]]) -> None:
        if len({len(r) for r in rows}) != 1:
            raise ValueError("ragged matrix")
        self.rows = rows

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.rows[0])

    @classmethod
    def identity(cls, n: int) -> "Matrix":
        return cls([[1.0 if i == j else 0.0 for j in range(n)] for i in range(n)])

    def __matmul__(self, other: "Matrix") -> "Matrix":
        if self.shape[1] != other.shape[0]:
            raise ValueError(f"shapes {self.shape} and {other.shape} do not fit")
        cols = list(zip(*other.rows))
        return Matrix([[sum(a * b for a, b in zip(row, col)) for col in cols] for row in self.rows])

    def __getitem__(self, ij: tuple[int, int]) -> float:
        i, j = ij
        return self.rows[i][j]

    def __setitem__(self, ij: tuple[int, int], value: float) -> None:
        i, j = ij
        self.rows[i][j] = value

    def __str__(self) -> str:
        return "\n".join(" ".join(f"{v:5.1f}" for v in row) for row in self.rows)


m = Matrix([[1, 2], [3, 4]])
m[0, 1] = 5
print(m @ m, m.shape, m[1, 0], sep="\n")
try:
    Matrix([[1], [1, 2]])
except ValueError as e:
    print(e)
try:
    m @ Matrix([[1, 2, 3]])
except ValueError as e:
    print(e)


def parse_csv(text: str) -> list[dict[str, str]]:
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    header, *rows = (line.split(",") for line in lines)
    return [dict(zip(header, row)) for row in rows]


table = parse_csv("""
name,age,city
ann,31,Oslo
bob,25,Rome
""")
print(table, sorted(table, key=lambda r: int(r["age"]))[0]["name"])


def sudoku(board: list[list[int]]) -> bool:
    for r in range(4):
        for c in range(4):
            if board[r][c] == 0:
                for v in range(1, 5):
                    if ok(board, r, c, v):
                        board[r][c] = v
                        if sudoku(board):
                            return True
                        board[r][c] = 0
                return False
    return True


def ok(board: list[list[int]], r: int, c: int, v: int) -> bool:
    if v in board[r] or any(board[i][c] == v for i in range(4)):
        return False
    r0, c0 = r // 2 * 2, c // 2 * 2
    return all(board[i][j] != v for i in range(r0, r0 + 2) for j in range(c0, c0 + 2))


board = [[1, 0, 0, 0], [0, 0, 3, 0], [0, 4, 0, 0], [0, 0, 0, 2]]
print(sudoku(board), board)
memo: dict[tuple[int, int], int] = {}


def knap(i: int, w: int, items=[(3, 4), (4, 5), (2, 3)]) -> int:
    if i == len(items) or w == 0:
        return 0
    if (i, w) not in memo:
        best = knap(i + 1, w)
        weight, value = items[i]
        if weight <= w:
            best = max(best, value + knap(i + 1, w - weight))
        memo[i, w] = best
    return memo[i, w]


print(knap(0, 5), len(memo))


def bubble(xs: list[int]) -> list[int]:
    xs = xs[:]
    for i in range(len(xs)):
        swapped = False
        for j in range(len(xs) - 1 - i):
            if xs[j] > xs[j + 1]:
                xs[j], xs[j + 1] = xs[j + 1], xs[j]
                swapped = True
        if not swapped:
            break
    return xs


def quick(xs):
    if len(xs) <= 1:
        return xs
    pivot, *rest = xs
    return quick([x for x in rest if x < pivot]) + [pivot] + quick([x for x in rest if x >= pivot])


def merge_sort(xs: list[int]) -> list[int]:
    if len(xs) < 2:
        return xs
    mid = len(xs) // 2
    left, right = merge_sort(xs[:mid]), merge_sort(xs[mid:])
    out = []
    while left and right:
        out.append((left if left[0] <= right[0] else right).pop(0))
    return out + left + right


data = [5, 2, 9, 1, 5, 6]
print(bubble(data), quick(data), merge_sort(data), data)


def collatz(n):
    while n != 1:
        yield n
        n = n // 2 if n % 2 == 0 else 3 * n + 1
    yield 1


print(list(collatz(6)), max(collatz(27)), sum(1 for _ in collatz(27)))


def describe(x: Any) -> str:
    if isinstance(x, bool):
        return "bool"
    if isinstance(x, int):
        return f"int {x}"
    if isinstance(x, str):
        return f"str {x!r}"
    if isinstance(x, list):
        return f"list of {len(x)}"
    return "other"


for thing in [1, "a", True, 2.5]:
    print(describe(thing))
