"""Arithmetic gives the exact result, or fails: Python's own integers are the model."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native
from compiler.types import NAMED_TYPES, IntType
from tests.compiler.lower.both import BUILDS
from tests.compiler.pipeline import with_imports

NAMES = ("u8", "u32", "u64", "u128", "i8", "i32", "i64", "i128", "int")
TYPES: dict[str, IntType] = {name: NAMED_TYPES[name] for name in NAMES}

BINARY: dict[str, tuple[str, Callable[[int, int], int]]] = {
    "add": ("+", operator.add),
    "sub": ("-", operator.sub),
    "mul": ("*", operator.mul),
    "floordiv": ("//", operator.floordiv),
    "mod": ("%", operator.mod),
    "and_": ("&", operator.and_),
    "or_": ("|", operator.or_),
    "xor": ("^", operator.xor),
}
COMPARISONS = {
    "eq": ("==", operator.eq),
    "ne": ("!=", operator.ne),
    "lt": ("<", operator.lt),
    "le": ("<=", operator.le),
    "gt": (">", operator.gt),
    "ge": (">=", operator.ge),
}
DIVISORS = (1, 2, 3, 7, 8, 10, 100, -1, -3, -8)
MAY_OVERFLOW = ("add", "sub", "mul", "neg")


def _source() -> str:
    lines = []
    for t in NAMES:
        for name, (sign, _) in BINARY.items():
            lines.append(f"def {name}_{t}(a: {t}, b: {t}) -> {t}:\n    return a {sign} b\n")
        negated = "-a" if TYPES[t].signed else "wrapping_neg(a)"
        lines.append(f"def neg_{t}(a: {t}) -> {t}:\n    return {negated}\n")
        lines.append(f"def invert_{t}(a: {t}) -> {t}:\n    return ~a\n")
        lines.append(f"def shr_{t}(a: {t}, n: int) -> {t}:\n    return a >> n\n")
        lines.append(f"def shl_{t}(a: {t}, n: u8) -> {t}:\n    return a << n\n")
        for d in DIVISORS:
            if TYPES[t].holds(d):
                suffix = f"{t}_{str(d).replace('-', 'm')}"
                lines.append(f"def floordiv_{suffix}(a: {t}) -> {t}:\n    return a // {d}\n")
                lines.append(f"def mod_{suffix}(a: {t}) -> {t}:\n    return a % {d}\n")
        for u in NAMES:
            lines.append(f"def to_{t}_{u}(a: {t}) -> {u}:\n    return {u}(a)\n")
            lines.append(f"def cut_{t}_{u}(a: {t}) -> {u}:\n    return truncate({u}, a)\n")
    for t in NAMES:
        for u in NAMES:
            for name, (sign, _) in COMPARISONS.items():
                head = f"def {name}_{t}_{u}(a: {t}, b: {u}) -> bool:"
                lines.append(f"{head}\n    return a {sign} b\n")
    return with_imports("\n\n".join(lines))


@cache
def compiled(build: str) -> Any:
    return native(_source(), build=build)


def numbers(type: IntType) -> st.SearchStrategy[int]:
    edges = [type.minimum, type.minimum + 1, -1, 0, 1, 2, 3, type.maximum - 1, type.maximum]
    return st.one_of(
        st.sampled_from([edge for edge in edges if type.holds(edge)]),
        st.integers(type.minimum, type.maximum),
        st.integers(max(type.minimum, -300), min(type.maximum, 300)),
    )


@st.composite
def operands(draw: Any, names: tuple[str, ...] = NAMES) -> tuple[str, int, int]:
    name = draw(st.sampled_from(names))
    return name, draw(numbers(TYPES[name])), draw(numbers(TYPES[name]))


def outcome(function: Callable, *arguments: int) -> int | str:
    try:
        return int(function(*arguments))
    except Exception as error:  # noqa: BLE001 - which failure it is, is compared
        return type(error).__name__


def expected(type: IntType, build: str, name: str, exact: Callable[[], int]) -> int | str:
    """Return what `name` gives: the exact result, wrapped or a failure where it does not fit."""
    try:
        value = exact()
    except ZeroDivisionError:
        return "ZeroDivisionError"
    if type.holds(value):
        return value
    if build == "release" and name in MAY_OVERFLOW and not type.always_checked:
        return wrapped(value, type)
    return "OverflowError"


def wrapped(value: int, type: IntType) -> int:
    value &= (1 << type.bits) - 1
    return value - (1 << type.bits) if value > type.maximum else value


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("name", BINARY)
@given(operands())
@settings(max_examples=60)
def test_operators(build: str, name: str, drawn: tuple[str, int, int]) -> None:
    type_name, a, b = drawn
    exact = BINARY[name][1]
    wanted = expected(TYPES[type_name], build, name, lambda: exact(a, b))
    assert outcome(getattr(compiled(build), f"{name}_{type_name}"), a, b) == wanted


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("name", [name for name in NAMES if TYPES[name].signed])
def test_the_minimum_by_minus_one(build: str, name: str) -> None:
    minimum = TYPES[name].minimum
    assert outcome(getattr(compiled(build), f"mod_{name}"), minimum, -1) == 0
    assert outcome(getattr(compiled(build), f"floordiv_{name}"), minimum, -1) == "OverflowError"


@pytest.mark.parametrize("build", BUILDS)
@given(operands())
@settings(max_examples=60)
def test_signs(build: str, drawn: tuple[str, int, int]) -> None:
    name, a, _ = drawn
    type = TYPES[name]
    negative = expected(type, build, "neg", lambda: -a) if type.signed else wrapped(-a, type)
    assert outcome(getattr(compiled(build), f"neg_{name}"), a) == negative
    complement = ~a if type.signed else type.maximum - a
    assert outcome(getattr(compiled(build), f"invert_{name}"), a) == complement


@pytest.mark.parametrize("build", BUILDS)
@given(operands(), st.sampled_from(DIVISORS))
@settings(max_examples=120)
def test_constant_divisors(build: str, drawn: tuple[str, int, int], divisor: int) -> None:
    name, a, _ = drawn
    if not TYPES[name].holds(divisor):
        return
    suffix = f"{name}_{str(divisor).replace('-', 'm')}"
    for operation, exact in (("floordiv", operator.floordiv), ("mod", operator.mod)):
        wanted = expected(TYPES[name], build, operation, lambda exact=exact: exact(a, divisor))
        assert outcome(getattr(compiled(build), f"{operation}_{suffix}"), a) == wanted


@pytest.mark.parametrize("build", BUILDS)
@given(operands(), st.integers(-3, 140))
@settings(max_examples=120)
def test_shifts(build: str, drawn: tuple[str, int, int], amount: int) -> None:
    name, a, _ = drawn
    type = TYPES[name]
    right = a >> amount if 0 <= amount < type.bits else "ValueError"
    assert outcome(getattr(compiled(build), f"shr_{name}"), a, amount) == right
    if amount < 0:
        return
    if amount >= type.bits:
        left: int | str = "ValueError"
    elif type.holds(a << amount):
        left = a << amount
    elif build == "checked" or type.always_checked:
        left = "OverflowError"
    else:
        left = wrapped(a << amount, type)
    assert outcome(getattr(compiled(build), f"shl_{name}"), a, amount) == left


@pytest.mark.parametrize("build", BUILDS)
@given(operands(), st.sampled_from(NAMES))
@settings(max_examples=120)
def test_conversions(build: str, drawn: tuple[str, int, int], to: str) -> None:
    name, a, _ = drawn
    fits = a if TYPES[to].holds(a) else "OverflowError"
    assert outcome(getattr(compiled(build), f"to_{name}_{to}"), a) == fits
    assert outcome(getattr(compiled(build), f"cut_{name}_{to}"), a) == wrapped(a, TYPES[to])


@st.composite
def mixed(draw: Any) -> tuple[str, int, str, int]:
    first, second = draw(st.sampled_from(NAMES)), draw(st.sampled_from(NAMES))
    a = draw(numbers(TYPES[first]))
    same = st.just(a) if TYPES[second].holds(a) else st.nothing()
    return first, a, second, draw(numbers(TYPES[second]) | same)


@pytest.mark.parametrize("name", COMPARISONS)
@given(mixed())
@settings(max_examples=60)
def test_comparisons_are_of_values_whatever_the_types(
    name: str, drawn: tuple[str, int, str, int]
) -> None:
    first, a, second, b = drawn
    wanted = int(COMPARISONS[name][1](a, b))
    assert outcome(getattr(compiled("release"), f"{name}_{first}_{second}"), a, b) == wanted
