"""Structs, Arrays and views do what Python's references do, in both builds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native
from tests.compiler.lower.both import BUILDS, Both
from tests.compiler.pipeline import with_imports

SOURCE = """
@struct
class Point:
    x: i64
    y: i64

    def moved(self, by: i64) -> Point:
        return Point(self.x + by, self.y - by)

    def move(self, by: i64) -> None:
        self.x += by


@struct
class Line:
    start: Point
    end: Point
    name: u8 = 7


@struct
class Counter:
    count: i64

    def __init__(self, start: i64) -> None:
        self.count = start * 2


def alias(n: int) -> int:
    line = Line(Point(1, 2), Point(3, 4))
    start = line.start
    start.x = n
    line.start.y = 9
    return line.start.x * 10 + start.y + line.name


def second(n: int) -> int:
    line = Line(Point(1, 2), Point(3, 4))
    other = copy(line)
    other.start.x = n
    line.end = copy(other.start)
    return line.start.x * 100 + line.end.x * 10 + other.end.x


def bound_again(n: int) -> int:
    point = Point(n, n + 1)
    for _ in range(3):
        point = Point(point.y, point.x + 1)
    point = point.moved(point.x)
    point = Point(point.y, point.x)
    return point.x * 1000 + point.y


def in_loop(n: int) -> int:
    total = 0
    for i in range(n):
        counter = Counter(i)
        counter.count += 1
        total += counter.count
    return total


def swapped(n: int) -> int:
    points = Array[Point, 3](Point(1, 2), Point(3, 4), Point(n, 5))
    held = copy(points[0])
    points[0] = copy(points[2])
    points[2] = copy(held)
    return points[0].x * 100 + points[2].x * 10 + points[1].y


def stored_from_itself(n: int) -> int:
    line = Line(Point(n, 2), Point(3, 4))
    line.start = Point(line.start.y, line.start.x)
    line.end = line.start.moved(1)
    line.start = line.end.moved(line.start.x)
    return line.start.x * 100 + line.start.y * 10 + line.end.x


def chosen(n: int) -> int:
    a, b = Point(1, 2), Point(3, 4)
    point = a if n > 3 else b
    point.x += 10
    made = Point(n, 1) if n > 5 else Point(1, n)
    return a.x * 1000 + b.x * 10 + made.y


def elements(n: int) -> int:
    points = Array[Point, 4]()
    for i, point in enumerate(points):
        point.x = i64(i) + n
    total = 0
    for point in points:
        point.move(1)
        total = total * 3 + point.x
    points[-1].y = 5
    points[1].x *= 2
    return total + points[3].y + points[1].x


def table(n: int) -> int:
    numbers = Array[u16, 10](1, 1, 2, 3, 5, 8, 13, 21, 34, 55)
    numbers[2] += 1
    return numbers[n] + len(numbers)


def nested(n: int) -> int:
    grid = Array[Array[i64, 3], 2]()
    grid[1][n] = 5
    row = grid[1]
    row[0] += 1
    return grid[0][0] * 100 + grid[1][0] * 10 + grid[1][n]


def through_pointer(n: int) -> int:
    points = Array[Point, 3]()
    pointer = address_of(points[0])
    (pointer + 1).x = n
    pointer[2].y = n + 1
    other = address_of(points[2])
    return points[1].x * 100 + points[2].y * 10 + (other - pointer)


def equal(n: int) -> int:
    a = Array[u32, 4](1, 2, 3, 4)
    b = Array[u32, 4](1, 2, 3, 4)
    same = a[:] == b[:]
    b[n % 4] += 1
    return int(same) * 10 + int(a[:] == b[:]) + int(a[:2] == b[:3])


def moved_slice(n: int) -> int:
    data = Array[u8, 8](1, 2, 3, 4, 5, 6, 7, 8)
    data[1:6].copy_from(data[:5])
    data[6:].fill(9)
    total = 0
    for byte in data:
        total = total * 10 + int(byte)
    return total


def bits(n: int) -> int:
    value = u64(n + 3)
    return int(popcount(value)) * 100 + int(leading_zeros(value | 1)) + int(trailing_zeros(value | 8))
"""

FUNCTIONS = [
    "alias",
    "second",
    "bound_again",
    "in_loop",
    "swapped",
    "stored_from_itself",
    "chosen",
    "elements",
    "table",
    "nested",
    "through_pointer",
    "equal",
    "moved_slice",
    "bits",
]


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_does_what_cpython_does(name: str, build: str) -> None:
    Both(SOURCE, "places", build).agree_on(name, range(-1, 11))


VIEWS = with_imports("""
def number(data: Slice[u8]) -> u64:
    total: u64 = 1
    for byte in data:
        total = total << 8 | byte
    return total


def part(data: Slice[u8], start: i64, stop: i64) -> u64:
    return number(data[start:stop])


def part_unsigned(data: Slice[u8], start: u64, stop: u64) -> u64:
    return number(data[start:stop])


def before(data: Slice[u8], stop: i64) -> u64:
    return number(data[:stop])


def after(data: Slice[u8], start: i64) -> u64:
    return number(data[start:])


def item(data: Slice[u8], index: i64) -> u8:
    return data[index]


def wide_item(data: Slice[u8], index: i128) -> u8:
    return data[index]


def last_two(data: Slice[u8]) -> u64:
    return number(data[-2:])
""")

BYTES = st.binary(max_size=6)
INDEX = st.one_of(st.integers(-9, 9), st.sampled_from([-(1 << 63), (1 << 63) - 1]))


def number(data: bytes) -> int:
    """Return a number that tells any bytes from any others."""
    return int.from_bytes(b"\1" + data, "big")


@given(BYTES, INDEX, INDEX)
@settings(max_examples=200)
def test_slices_clamp_their_bounds(data: bytes, start: int, stop: int) -> None:
    module = native(VIEWS)
    assert module.part(data, start, stop) == number(data[start:stop])
    assert module.before(data, stop) == number(data[:stop])
    assert module.after(data, start) == number(data[start:])
    assert module.last_two(data) == number(data[-2:])
    if start >= 0 and stop >= 0:
        assert module.part_unsigned(data, start, stop) == number(data[start:stop])


@given(BYTES, INDEX)
@settings(max_examples=200)
def test_indices_count_from_either_end(data: bytes, index: int) -> None:
    module = native(VIEWS)
    for function in (module.item, module.wide_item):
        if -len(data) <= index < len(data):
            assert function(data, index) == data[index]
        else:
            with pytest.raises(IndexError):
                function(data, index)
