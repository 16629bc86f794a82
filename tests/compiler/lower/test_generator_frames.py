"""Generators that are entered again behind each yield: what outlasts one is in the frame.

@noinline keeps a generator from being put in the place of the loop, so that each source proves both.
"""

from __future__ import annotations

import re

import pytest

from compiler import ir
from tests.compiler import pipeline
from tests.compiler.lower import test_generators
from tests.compiler.lower.both import BUILDS, Both

SOURCE = '''
trace: i64 = 0


def note(number: i64) -> None:
    global trace
    trace = trace % 100000000000 * 10 + number


def traced() -> i64:
    global trace
    result = trace
    trace = 0
    return result


@struct
class Point:
    x: i64
    y: i64


class Item:
    value: i64
    following: Item | None

    def __init__(self, value: i64, following: Item | None) -> None:
        self.value = value
        self.following = following

    def __del__(self) -> None:
        note(9)

    def __iter__(self) -> Iterator[Item]:
        item: Item | None = self
        while item is not None:
            yield item
            item = item.following


def chain(n: i64) -> Item:
    item: Item | None = None
    for i in range(n):
        item = Item(i, item)
    return Item(n, item)


def over_what_a_call_gave(n: i64) -> i64:
    total = 0
    for item in chain(n):
        total = total * 10 + item.value
        if item.value == 2:
            break
    note(5)
    return total * 100000 + traced() % 100000


def several_values(n: i64) -> Iterator[i64]:
    """Bounds and positions of one loop are needed behind the yields of the other."""
    for i in range(n):
        yield i
        for j in range(i, 0, -1):
            yield 10 * j
    for k in range(2 * n, n):
        yield k
    yield 100


def values(n: i64) -> i64:
    total = 0
    for i in several_values(n):
        total = total * 3 + i
    return total


def points(n: i64) -> Iterator[Point]:
    for i in range(n):
        yield Point(i, i * i)


def fresh_structs(n: i64) -> i64:
    total = 0
    for p in points(n):
        p.x += 1
        total = total * 10 + p.x * p.y
    return total


def each(points: Slice[Point]) -> Iterator[Point]:
    for p in points:
        if p.x != 1:
            yield p


def structs_that_exist(n: i64) -> i64:
    three = Array[Point, 3](Point(n, 1), Point(1, 2), Point(2, 3))
    for p in each(three[:]):
        p.y += p.x
    return three[0].y * 100 + three[1].y * 10 + three[2].y


def moving(n: i64) -> Iterator[i64]:
    """A struct and an Array of the generator's own, and a view of them."""
    point = Point(n, 0)
    window = Array[i64, 4]()
    view = window[1:]
    for i in range(n):
        point.y += i
        view[i % 3] = point.y
        yield window[1] + window[2] * 10 + window[3] * 100 + point.x


def own_places(n: i64) -> i64:
    total = 0
    for i in moving(n):
        total = total * 2 + i
    return total


def pieces(text: Slice[i64]) -> Iterator[Slice[i64]]:
    start = 0
    for position, each in enumerate(text):
        if each == 0:
            yield text[start : int(position)]
            start = int(position) + 1
    yield text[start:]


def views(n: i64) -> i64:
    text = Array[i64, 8](1, 2, 0, 3, 3, 3, 0, 4)
    text[int(n)] = 0
    total = 0
    for piece in pieces(text[:]):
        total = total * 10 + len(piece)
    return total


def accumulated(n: i64) -> Iterator[i64]:
    total = 0

    def add(k: i64) -> i64:
        nonlocal total
        total += k
        return total

    for i in range(n):
        yield add(i)
    yield add(100)


def closures_inside(n: i64) -> i64:
    result = 0
    for i in accumulated(n):
        result = result * 2 + i
    return result


def filtered(n: i64, wanted: Callable[[i64], bool]) -> Iterator[i64]:
    for i in range(n):
        if wanted(i):
            yield i
    yield 50


def closures_given(n: i64) -> i64:
    result = 0
    limit = n // 2
    for i in filtered(n, lambda i: i >= limit):
        result = result * 3 + i
    return result


def keeping(n: i64) -> Iterator[Callable[[], i64]]:
    for i in range(n):
        m = i
        yield lambda: m
    yield lambda: 7


def closures_that_escape(n: i64) -> i64:
    result = 0
    for f in keeping(n):
        result = result * 3 + f()
    return result


def caught(n: i64) -> Iterator[i64]:
    for i in range(4):
        try:
            if i == n:
                raise ValueError
            yield i
        except ValueError:
            yield 8
            note(1)
            if n == 2:
                raise
        finally:
            note(2)


def yields_while_handling(n: i64) -> i64:
    total = 0
    try:
        for i in caught(n):
            total = total * 10 + i
    except ValueError:
        total += 1000000
    return total * 10000 + traced() % 10000


class Manager:
    item: Item

    def __init__(self, number: i64) -> None:
        self.item = Item(number, None)

    def __enter__(self) -> Item:
        note(7)
        return self.item

    def __exit__(self, *error: object) -> None:
        note(8)


def managed(n: i64) -> Iterator[i64]:
    with Manager(n) as item:
        yield item.value
        item.value += 1
        yield item.value
    yield 3


def with_blocks(n: i64) -> i64:
    total = 0
    for i in managed(n):
        total = total * 10 + i
        if i == 4:
            break
    note(5)
    return total * 10000000 + traced() % 10000000


def inner(n: i64) -> Iterator[i64]:
    item = Item(n, None)
    try:
        yield item.value
        yield item.value + 1
    finally:
        note(3)


def outer(n: i64) -> Iterator[i64]:
    for i in inner(n):
        for j in inner(i * 10):
            yield j


def generators_in_generators(n: i64) -> i64:
    total = 0
    for i in outer(n):
        if i == 11:
            break
        total = total * 100 + i
    note(5)
    return total * 100000000 + traced() % 100000000


def again_after_an_exception(n: i64) -> i64:
    """The frame of a loop that was left by an exception serves the next one."""
    total = 0
    for round in range(3):
        try:
            for i in inner(round):
                if i == n:
                    raise ValueError
                total += i
        except ValueError:
            note(4)
    return total * 100000000 + traced() % 100000000


def swapped(n: i64) -> Iterator[tuple[Item, i64]]:
    a, b = Item(n, None), Item(n + 1, None)
    for i in range(n):
        yield a, i
        c = a
        a = b
        b = c
    yield b, 5


def tuples_of_objects(n: i64) -> i64:
    total = 0
    for item, i in swapped(n):
        item.value += i
        total = total * 10 + item.value
    return total * 100 + traced() % 100


def nothing(n: i64) -> Iterator[i64]:
    if n < 0:
        yield n


def no_items(n: i64) -> i64:
    for i in nothing(n):
        return i
    else:
        return 100
    return 0
'''

FUNCTIONS = re.findall(r"^def (\w+)\(n: i64\) -> i64:", SOURCE, flags=re.MULTILINE)


def entered_again(source: str) -> str:
    """Return a source whose generators are functions."""
    return re.sub(
        r"^( *)def (.*\) -> Iterator)", r"\1@noinline\n\1def \2", source, flags=re.MULTILINE
    )


WAYS = {"put in place": SOURCE, "entered again": entered_again(SOURCE)}


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_does_what_cpython_does(name: str, way: str, build: str) -> None:
    both = Both(WAYS[way], f"frames_{way.replace(' ', '_')}", build)
    both.agree_on(name, range(6))
    both.agree("traced")
    assert both.compiled.live_objects == 0


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("name", test_generators.FUNCTIONS)
def test_so_do_the_generators_of_loops(name: str, build: str) -> None:
    both = Both(entered_again(test_generators.SOURCE), "generators_entered_again", build)
    both.agree_on(name, range(6))
    both.agree("traced")
    assert both.compiled.live_objects == 0


def test_what_does_not_outlast_a_yield_is_no_part_of_the_frame() -> None:
    unit = pipeline.lowered(
        """
        @noinline
        def sums(n: u64) -> Iterator[u64]:
            while n > 0:
                total: u64 = 0
                for i in range(n):
                    total += i
                yield total
                n -= 1

        def last(n: u64) -> u64:
            result: u64 = 0
            for total in sums(n):
                result = total
            return result
        """,
        "release",
    )
    locals = pipeline.function_of(unit, "sums").locals
    assert [each.name for each in locals if each.frame_offset is not None] == ["n"]


def test_a_frame_that_nothing_points_into_is_not_shared() -> None:
    unit = pipeline.lowered(
        """
        @noinline
        def count(n: u64) -> Iterator[u64]:
            for i in range(n):
                yield i

        @noinline
        def read(n: u64) -> Iterator[u64]:
            values = Array[u64, 4]()
            view = values[:]
            for i in range(n):
                yield view[i]

        def total(n: u64) -> u64:
            result: u64 = 0
            for i in count(n):
                result += i
            for i in read(n):
                result += i
            return result
        """,
        "release",
    )
    assert pipeline.function_of(unit, "count").parameters[0].exclusive
    assert not pipeline.function_of(unit, "read").parameters[0].exclusive


def test_a_generator_is_lowered_once_for_all_loops() -> None:
    unit = pipeline.lowered(
        """
        @noinline
        def count(n: u64) -> Iterator[u64]:
            for i in range(n):
                yield i

        def pairs(n: u64) -> u64:
            result: u64 = 0
            for i in count(n):
                for j in count(i):
                    result += i * j
            return result
        """
    )
    assert [each.symbol for each in unit.functions].count("sample.count") == 1
    assert len(pipeline.instructions(unit, "pairs", ir.Call)) == 4
