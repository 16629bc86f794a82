"""Results and exceptions share the return registers: both arrive, whatever the type of the result."""

from __future__ import annotations

import pytest

from tests.compiler.lower.both import BUILDS, Both

# What a function returns, an expression for it, and how its caller makes a number of it.
RESULTS = {
    "truth": ("bool", "n == 1", "1 if {} else 0"),
    "byte": ("u8", "u8(n) + 250", "i64({})"),
    "negative": ("i8", "i8(n) - 100", "i64({})"),
    "word": ("i64", "n - 9000000000", "{}"),
    "double_word": ("u128", "u128(n) << 100 | 77", "i64(truncate(u64, {} >> 64)) + 1"),
    "pointer": ("Ptr[u64]", "address_of(table[n])", "i64({}[0])"),
    "no_pointer": ("Ptr[u64] | None", "None if n == 0 else address_of(table[n])", "number({})"),
    "view": ("Slice[u64]", "table[n:]", "len({})"),
    "object": ("Thing", "Thing(n)", "{}.number"),
    "no_object": ("Thing | None", "None if n == 0 else Thing(n)", "number_of({})"),
    "several": ("tuple[u8, Thing, u64]", "(u8(n), Thing(n), u64(n) + 1)", "added({})"),
    "maybe": ("u32 | None", "None if n == 0 else u32(n)", "or_zero({})"),
    "point": ("Point", "Point(u64(n), 5)", "summed({})"),
}

POINTERS = {"pointer": [1, 2, 3, -1], "no_pointer": [0, 2, 3, -1]}  # CPython has none to numbers

SOURCE = """
table: Array[u64, 8] = Array[u64, 8](1, 2, 3, 4, 5, 6, 7, 8)


@struct
class Point:
    x: u64
    y: u64


class Thing:
    number: i64

    def __init__(self, number: i64) -> None:
        self.number = number


def number(p: Ptr[u64] | None) -> i64:
    return 0 if p is None else i64(p[0])


def number_of(x: Thing | None) -> i64:
    return 0 if x is None else x.number


def added(all: tuple[u8, Thing, u64]) -> i64:
    a, b, c = all
    return i64(a) + b.number * 10 + i64(c) * 100


def or_zero(x: u32 | None) -> i64:
    return 0 if x is None else i64(x)


def summed(p: Point) -> i64:
    return i64(p.x) + i64(p.y)


def nothing(n: i64) -> None:
    if n == 3:
        raise KeyError


def by_nothing(n: i64) -> i64:
    try:
        nothing(n)
    except KeyError:
        return -1
    return n
"""

PAIR = """

@noinline
def {name}(n: i64) -> {type}:
    if n == 3:
        raise KeyError
    if n == 4:
        raise ValueError
    return {value}


def passing_{name}(n: i64) -> {type}:
    result = {name}(n)
    return result


def by_{name}(n: i64) -> i64:
    try:
        return {as_number}
    except KeyError:
        return -1
"""


def source() -> str:
    parts = [SOURCE]
    for name, (type, value, as_number) in RESULTS.items():
        call = as_number.format(f"passing_{name}(n)")
        parts.append(PAIR.format(name=name, type=type, value=value, as_number=call))
    return "".join(parts)


@pytest.mark.parametrize("build", BUILDS)
def test_results_and_exceptions_arrive(build: str) -> None:
    both = Both(source(), "results", build)
    for name in {"nothing", *RESULTS} - POINTERS.keys():
        both.agree_on(f"by_{name}", range(5))
    for name, expected in POINTERS.items():
        by_name = getattr(both.compiled, f"by_{name}")
        assert [by_name(n) for n in range(4)] == expected
        with pytest.raises(ValueError):
            by_name(4)
