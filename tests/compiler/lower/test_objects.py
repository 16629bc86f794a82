"""Objects live and die as under CPython: what is alive, what is called, in which order it ends.

But for two things that CPython does otherwise: arguments end with their caller's statement here, and
an exception keeps nobody's locals alive.
"""

from __future__ import annotations

import pytest

from compiler.testing import native
from tests.compiler.lower.both import BUILDS, Both
from tests.compiler.pipeline import with_imports

SOURCE = """
trace: i64 = 0


def note(number: i64) -> None:
    global trace
    trace = trace % 1000000000000 * 10 + number


def traced() -> i64:
    global trace
    result = trace
    trace = 0
    return result


class Noisy:
    number: i64
    other: Noisy | None

    def __init__(self, number: i64, other: Noisy | None) -> None:
        self.number = number
        self.other = other

    def __del__(self) -> None:
        note(self.number)

    def same(self) -> Noisy:
        return self

    def value(self) -> i64:
        return self.number


def made(number: i64) -> Noisy:
    return Noisy(number, None)


def fails(n: i64) -> i64:
    if n > 2:
        raise ValueError
    return n


def temporary(n: i64) -> i64:
    x = made(1).value() + made(2).value()
    note(9)
    return traced() * 10 + x


def bound_again(n: i64) -> i64:
    a = made(1)
    a = made(2)
    note(8)
    a = made(3)
    note(9)
    del a
    return traced()


def two_locals(n: i64) -> i64:
    def_order(n)
    return traced()


def def_order(n: i64) -> None:
    a = made(1)
    b = made(2)
    note(9)


def chain(n: i64) -> i64:
    head = Noisy(1, Noisy(2, Noisy(3, None)))
    second = head.other
    del head
    note(9)
    if second is not None:
        second.other = None
    note(8)
    del second
    return traced()


def in_loop(n: i64) -> i64:
    total = 0
    for i in range(3):
        a = made(i)
        if i == n:
            continue
        note(5)
        total += a.value()
    note(9)
    return traced()


def field_replaced(n: i64) -> i64:
    a = Noisy(1, made(2))
    a.other = made(3)
    note(9)
    a.other = a.other
    note(8)
    a.other = a
    a.other = None
    del a
    return traced()


def on_exception(n: i64) -> i64:
    try:
        a = made(1)
        fails(n)
        note(7)
    except ValueError:
        note(8)
    note(9)
    return traced()


def conditional(n: i64) -> i64:
    a = made(1) if n > 2 else made(2)
    b = a if n > 1 else made(3)
    note(9)
    del a
    note(8)
    del b
    return traced()


def or_chain(n: i64) -> i64:
    a: Noisy | None = made(1) if n > 2 else None
    b = a or made(2)
    note(9)
    del a
    note(8)
    del b
    return traced()


def tuples(n: i64) -> i64:
    a, b = made(1), made(2)
    note(9)
    a, b = b, a
    note(8)
    del a
    note(7)
    del b
    return traced()


def returned_early(n: i64) -> i64:
    early(n)
    return traced()


def early(n: i64) -> i64:
    a = made(1)
    for i in range(4):
        b = made(i + 2)
        if i == n:
            return i
    return 9


def walked(n: i64) -> i64:
    head: Noisy | None = None
    for i in range(n):
        head = Noisy(i, head)
    total = 0
    node = head
    while node is not None:
        total = total * 10 + node.number
        node = node.other
    note(9)
    del head
    return traced() * 1000 + total


def self_assigned(n: i64) -> i64:
    a: Noisy | None = made(1)
    a = a
    if a is not None:
        a = a.same()
    note(9)
    a = None
    note(8)
    return traced()


def identity(n: i64) -> i64:
    a = made(1)
    b = a
    c = made(1)
    return int(a is b) * 10 + int(a is not c) + traced()


class Base:
    tag: i64

    def __init__(self, tag: i64) -> None:
        self.tag = tag

    def __del__(self) -> None:
        note(1)

    def name(self) -> i64:
        return 1

    def twice(self) -> i64:
        return self.name() * 2

    @property
    def size(self) -> i64:
        return self.tag


class Middle(Base):
    extra: Noisy

    def __init__(self, tag: i64) -> None:
        super().__init__(tag + 1)
        self.extra = made(7)

    def name(self) -> i64:
        return 20 + super().name()


class Leaf(Middle):
    def __del__(self) -> None:
        note(3)

    @property
    def size(self) -> i64:
        return self.tag * 100


def make(n: i64) -> Base:
    if n == 0:
        return Base(5)
    if n == 1:
        return Middle(5)
    return Leaf(5)


def dispatched(n: i64) -> i64:
    a = make(n)
    result = a.twice() * 1000 + a.size
    if isinstance(a, Middle):
        result += a.extra.number * 100000
    if isinstance(a, Leaf):
        result += 1000000
    del a
    return result * 1000 + traced()


def matched(n: i64) -> i64:
    match make(n):
        case Leaf(tag=tag):
            return tag * 10 + 1
        case Middle(tag=6, extra=Noisy(number=number)):
            return number * 10 + 2
        case Base() as base:
            return base.tag * 10 + 3


def equal_text(n: i64) -> i64:
    a = "abc" if n > 2 else "abd"
    b = b"abc" if n > 1 else b"ab"
    result = int(a == "abc") * 1000 + int(b == b"abc") * 100 + int(a < "abd") * 10
    return result + len(a) + len(b) + b[1]
"""

FUNCTIONS = [
    "temporary",
    "bound_again",
    "two_locals",
    "chain",
    "in_loop",
    "field_replaced",
    "on_exception",
    "conditional",
    "or_chain",
    "tuples",
    "returned_early",
    "walked",
    "self_assigned",
    "identity",
    "dispatched",
    "matched",
    "equal_text",
]


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_does_what_cpython_does(name: str, build: str) -> None:
    both = Both(SOURCE, "objects", build)
    both.agree_on(name, range(5))
    both.agree("traced")  # what ended after the last call
    assert both.compiled.live_objects == 0


STRUCTS = with_imports("""
trace: i64 = 0


class Noisy:
    number: i64

    def __init__(self, number: i64) -> None:
        self.number = number

    def __del__(self) -> None:
        global trace
        trace = trace * 10 + self.number


@struct
class Pair:
    first: Noisy | None
    second: Noisy | None


@struct
class Table:
    pairs: Array[Pair, 6]


def note(number: i64) -> None:
    global trace
    trace = trace * 10 + number


def make(number: i64) -> Pair:
    pair = Pair(Noisy(number), None)
    return pair


def fails(n: i64) -> Noisy:
    if n > 0:
        raise ValueError
    return Noisy(8)


def bound_again() -> None:
    for i in range(3):
        pair = make(i + 1)
        note(0)


def replaced() -> None:
    table = Table()
    for i in range(6):
        table.pairs[i] = Pair(Noisy(i + 1), None)
    table.pairs[1] = copy(table.pairs[0])
    note(0)
    table.pairs[0] = Pair(None, None)
    note(0)
    second = copy(table)
    table.pairs[2] = make(9)
    note(0)


def given_up(n: i64) -> None:
    pair = Pair(Noisy(1), Noisy(2))
    pair = Pair(Noisy(3), fails(n))
    note(0)


def temporaries() -> i64:
    total = 0
    for i in range(3):
        first = make(i).first
        if first is not None:
            total += first.number
        note(5)
    return total
""")


@pytest.mark.parametrize("build", BUILDS)
def test_structs_let_go_of_what_they_hold(build: str) -> None:
    module = native(STRUCTS, build=build)

    def traced(name: str, *arguments: int) -> int:
        module.trace = 0
        getattr(module, name)(*arguments)
        assert module.live_objects == 0
        return module.trace

    assert traced("bound_again") == 10203
    assert traced("replaced") == 2000_913456
    assert traced("given_up", 0) == 12038
    assert traced("temporaries") == 505152

    module.trace = 0
    with pytest.raises(ValueError):
        module.given_up(1)
    assert (module.trace, module.live_objects) == (312, 0)
