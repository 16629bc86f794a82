"""Loops over ranges whose lists, texts and numbers are now as one expects, and now not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def scaled_sum(xs: list[int], start: int, stop: int, scale: int) -> int:
    total = 0
    for k in range(start, stop):
        total += scale * xs[k]
    return total


def differences(xs: list[int], start: int, stop: int) -> list[int]:
    result: list[int] = []
    for k in range(start, stop):
        result.append(xs[k + 1] - xs[k - 1])
    return result


def prefix_sums(xs: list[int], first: int) -> list[int]:
    sums = [first]
    for k in range(len(xs)):
        sums.append(sums[k] + xs[k])
    return sums


def prefix_sums_twice(xs: list[int]) -> list[int]:
    sums = [1, 2]
    for k in range(len(xs)):
        before = sums[k]
        sums.append(before + sums[k + 1] + xs[k])
    return sums


def read_after(xs: list[int]) -> list[int]:
    """Reads what it has just added, and what it has replaced."""
    made = [7]
    for k in range(len(xs)):
        made.append(xs[k])
        made.append(made[k] * 2)
    other = [5]
    for k in range(len(xs)):
        other.append(xs[k] + other[k])
        if other[k] > 8:
            break
    for k in range(len(xs)):
        xs[k] = xs[k] + 1
        if k > 0:
            xs[k - 1] = xs[k] * 2
    return made + other + xs


def replaced(xs: list[int]) -> list[int]:
    made = [1]
    for k in range(len(xs)):
        made[k] = 100 + k
        made.append(made[k] + xs[k])
    return made


def sometimes(xs: list[int], ys: list[int]) -> int:
    """Appends in some of its iterations, to a list that may be the one that it reads."""
    total = 0
    for k in range(len(xs)):
        if xs[k] % 2 == 0:
            ys.append(xs[k])
        total += ys[-1] + len(ys)
    return total


def skipped(xs: list[int]) -> list[int]:
    made = [0]
    for k in range(len(xs)):
        if xs[k] < 0:
            continue
        made.append(made[len(made) - 1] + xs[k])
    return made


def two_of(xs: list[int], ys: list[int], zs: list[int]) -> int:
    for k in range(3):
        ys.append(xs[k])
        zs.append(xs[k] * 10)
    return len(zs)


def same_letters(a: str, b: str, stop: int) -> int:
    count = 0
    for k in range(stop):
        if a[k] == b[k]:
            count += 1
        if a[0] == b[k]:
            count += 10
    return count


def rebound(xs: list[int]) -> int:
    total = 0
    for k in range(4):
        k = k * 3
        total += xs[k]
    return total


def row_sum(rows: list[list[float]], i: int, stop: int) -> float:
    total = 0.0
    for k in range(stop):
        total += rows[i][k]
    return total


def row_changed(rows: list[list[int]], i: int) -> int:
    """Makes the row shorter while it reads it."""
    total = 0
    for k in range(4):
        total += rows[i][k]
        if k == 1:
            rows[i] = [9, 9, 9, 9]
        if k == 2:
            rows[i].clear()
    return total


def products(n: int, a: int) -> int:
    total = 0
    for k in range(n):
        total ^= (a + k) * (a + k + 1) // 2
    return total


def counted_on(first: int) -> int:
    state = first
    for k in range(2):
        state = state * 1103 + k
    return state


class Table:
    def __init__(self, xs: list[int]) -> None:
        self.xs = xs

    def total(self, stop: int) -> int:
        total = 0
        for k in range(stop):
            total += self.xs[k]
            if k == 2:
                self.xs = [100] * 3
        return total


def maybe_there(xs: list[int] | None, text: str | None, table: Table | None, n: int) -> int:
    total = 0
    for k in range(n):
        if xs is not None:
            total += xs[k]
        if text is not None and text[k] == "a":
            total += 100
        if table is not None:
            total += table.xs[k]
    return total


def tried(act: Callable[[], T]) -> None:
    try:
        print(act())
    except (IndexError, OverflowError) as error:
        print(type(error).__name__)


def main() -> None:
    xs = [3, 1, 4, 1, 5, 9, 2, 6]
    for start, stop in [(0, 8), (2, 5), (-3, 3), (0, 9), (5, 5), (8, 2), (-9, 0)]:
        tried(lambda: scaled_sum(xs, start, stop, 3))
        tried(lambda: differences(xs, start, stop - 1))
    tried(lambda: scaled_sum(xs, 0, 8, -(10**9)))
    tried(lambda: scaled_sum([1 << 62], 0, 1, 1))
    print(prefix_sums(xs, 0), prefix_sums([], 4), prefix_sums([-1] * 20, 1 << 40))
    print(prefix_sums_twice(xs), prefix_sums_twice([]))
    print(read_after([3, -1, 4]), replaced([1, 2, 3]))
    ys = [1]
    print(sometimes(xs, ys), ys, sometimes([], []))
    same = [2, 4, 6]
    print(sometimes(same, same), same)
    tried(lambda: sometimes([1, 2], []))
    print(skipped([1, -1, 2, -2, 3]))
    zs: list[int] = []
    two_of(xs, zs, zs)
    print(zs)
    two_of(zs, zs, ys)
    print(zs, ys)
    tried(lambda: two_of([1], zs, ys))
    print(zs, ys)
    print(same_letters("kitten", "sitting", 6), same_letters("straße", "strasse", 5))
    print(same_letters("aébcd", "béacd", 5), same_letters("", "", 0))
    tried(lambda: same_letters("abc", "abcd", 4))
    tried(lambda: same_letters("", "x", 1))
    tried(lambda: rebound(xs))
    print(rebound(xs * 2))
    rows = [[1.0, 2.0, 3.0], [0.5]]
    for i, stop in [(0, 3), (-2, 2), (1, 1), (1, 2), (2, 0), (2, 1)]:
        tried(lambda: row_sum(rows, i, stop))
    tried(lambda: row_changed([[1, 2, 3, 4]], 0))
    print(products(10, 5), products(3, -7), products(2, 1 << 30))
    print(products(2, 1 << 31))
    for first in (1, -1, 1 << 31, 1 << 33):
        print(counted_on(first))
    print(Table(list(range(6))).total(3))
    tried(lambda: Table(list(range(6))).total(5))
    print(maybe_there(xs, "abab", Table([1, 2]), 2), maybe_there(None, None, None, 3))
