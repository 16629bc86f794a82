"""Generators in loops do what they do under CPython, and cost what the loop written out costs."""

from __future__ import annotations

import pytest

from compiler import ir
from tests.compiler import pipeline
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


def count(n: i64) -> Iterator[i64]:
    i = 0
    while i < n:
        yield i
        i += 1


def three(n: i64) -> Iterator[i64]:
    yield n
    note(1)
    yield n * 2
    note(2)
    if n > 3:
        return
    yield n * 3
    note(3)


def guarded(n: i64) -> Iterator[i64]:
    note(1)
    try:
        for i in range(n):
            yield i
            note(2)
    finally:
        note(3)
    note(4)


def two_guards(n: i64) -> Iterator[i64]:
    try:
        yield 1
        try:
            yield 2
        finally:
            note(5)
        yield 3
    finally:
        note(6)


class Manager:
    number: i64

    def __init__(self, number: i64) -> None:
        self.number = number

    def __enter__(self) -> None:
        note(7)

    def __exit__(self, *error: object) -> None:
        note(8)


def catching(n: i64) -> Iterator[i64]:
    try:
        yield 1
        fails(n)
        yield 2
    except ValueError:
        note(4)
        yield 3
    else:
        yield 4


def fails(n: i64) -> i64:
    if n > 2:
        raise ValueError
    return n


def pairs(n: i64) -> Iterator[tuple[i64, i64]]:
    for a in count(n):
        for b in count(a):
            yield a, b


def parameter_assigned(n: i64) -> Iterator[i64]:
    while n > 0:
        n -= 2
        yield n


class Node:
    value: i64
    next: Node | None

    def __init__(self, value: i64, next: Node | None) -> None:
        self.value = value
        self.next = next

    def __del__(self) -> None:
        note(9)

    def values(self) -> Iterator[i64]:
        node: Node | None = self
        while node is not None:
            yield node.value
            node = node.next

    def nodes(self) -> Iterator[Node]:
        node: Node | None = self
        while node is not None:
            yield node
            node = node.next


def simple(n: i64) -> i64:
    total = 0
    for i in count(n):
        total = total * 3 + i
    return total


def several(n: i64) -> i64:
    total = 0
    for i in three(n):
        if i == 4:
            continue
        total = total * 7 + i
        if total > 40:
            break
    else:
        total += 1000
    return total * 100000 + traced()


def closed_by_break(n: i64) -> i64:
    for i in guarded(4):
        note(5)
        if i == n:
            break
    note(9)
    return traced()


def returned(n: i64) -> i64:
    for i in guarded(4):
        if i == n:
            return i
    return 9


def closed_by_return(n: i64) -> i64:
    result = returned(n)
    return traced() * 10 + result


def closed_by_exception(n: i64) -> i64:
    try:
        for i in guarded(5):
            fails(i + n)
    except ValueError:
        note(8)
    return traced()


def closed_where_it_rests(n: i64) -> i64:
    for i in two_guards(n):
        if i == n:
            break
        note(1)
    return traced()


def body_raises_past_it(n: i64) -> i64:
    total = 0
    try:
        for i in catching(0):
            total += i
            if i == n:
                raise ValueError
    except ValueError:
        total += 100
    return total * 100 + traced()


def it_raises_itself(n: i64) -> i64:
    total = 0
    for i in catching(n):
        total = total * 10 + i
    return total * 100 + traced()


def nested(n: i64) -> i64:
    total = 0
    for a in count(n):
        for b in count(a):
            if b == 2:
                break
            total = total * 2 + a * b
    for a, b in pairs(n):
        total += a - b
    return total


def in_finally_of_the_loop(n: i64) -> i64:
    total = 0
    for i in guarded(4):
        try:
            if i == n:
                continue
            if i == n + 1:
                break
            total += 1
        finally:
            total += 10
    return total * 1000000 + traced()


def assigned(n: i64) -> i64:
    total = 0
    for i in parameter_assigned(n):
        total += i
        i = 100
        total += i
    return total + n


def linked(n: i64) -> i64:
    head: Node | None = None
    for i in range(n):
        head = Node(i, head)
    total = 0
    if head is not None:
        for value in head.values():
            total = total * 10 + value
        for node in head.nodes():
            node.value += 1
            if node.value == 2:
                break
            del node
        total = total * 10 + head.value
    note(5)
    return total * 1000 + traced() % 1000


def let_go(n: i64) -> i64:
    """What a generator holds ends with the loop, however it is left."""
    for i in holding(3):
        if i == n:
            break
    note(5)
    try:
        for i in holding(3):
            fails(i + n)
    except ValueError:
        note(6)
    return traced()


def holding(n: i64) -> Iterator[i64]:
    node = Node(n, None)
    for i in range(n):
        yield i + node.value - n


def numbered(n: i64) -> i64:
    total = 0
    for index, i in enumerate(count(n), start=2):
        total += int(index) * i
    return total
'''

FUNCTIONS = [
    "simple",
    "several",
    "closed_by_break",
    "closed_by_return",
    "closed_by_exception",
    "closed_where_it_rests",
    "body_raises_past_it",
    "it_raises_itself",
    "nested",
    "in_finally_of_the_loop",
    "assigned",
    "linked",
    "let_go",
    "numbered",
]


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_does_what_cpython_does(name: str, build: str) -> None:
    both = Both(SOURCE, "generators", build)
    both.agree_on(name, range(6))
    both.agree("traced")
    assert both.compiled.live_objects == 0


def test_a_loop_over_a_generator_is_the_loop_itself() -> None:
    unit = pipeline.lowered(
        """
        def count(n: u64) -> Iterator[u64]:
            for i in range(n):
                yield i

        def total(n: u64) -> u64:
            result: u64 = 0
            for i in count(n):
                result += i
            return result
        """,
        "release",
    )
    assert pipeline.instructions(unit, "total", ir.Call) == []
    assert pipeline.instructions(unit, "total", ir.Switch) == []
    assert not any(local.storage for local in pipeline.function_of(unit, "total").locals)


def test_a_generator_cannot_loop_over_itself() -> None:
    messages = pipeline.diagnostics_of(
        """
        def walk(n: u64) -> Iterator[u64]:
            for i in walk(n - 1):
                yield i

        def total(n: u64) -> u64:
            result: u64 = 0
            for i in walk(n):
                result += i
            return result
        """,
        pipeline.lowered,
    )
    assert messages == [
        "a generator cannot loop over itself: each level would need memory of its own"
    ]
