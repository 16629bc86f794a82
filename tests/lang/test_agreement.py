"""The stand-ins compute what compiled code computes, value for value and failure for failure.

One program has a function for each type and operation. It is compiled, and imported; both are called
with the same numbers.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lang
from lang.integers import FixedInt

NAMES = ["u8", "u16", "u32", "u64", "u128", "i8", "i16", "i32", "i64", "i128"]
BINARY = {
    "add": "a + b",
    "sub": "a - b",
    "mul": "a * b",
    "floordiv": "a // b",
    "mod": "a % b",
    "and": "a & b",
    "or": "a | b",
    "xor": "a ^ b",
    "wrapping_add": "wrapping_add(a, b)",
    "wrapping_sub": "wrapping_sub(a, b)",
    "wrapping_mul": "wrapping_mul(a, b)",
}
UNARY = {
    "neg": "-a",
    "invert": "~a",
    "wrapping_neg": "wrapping_neg(a)",
    "byte_swap": "byte_swap(a)",
    "square": "a ** 2",
    "masked": "a & ~6",
}
COUNTS = {
    "leading_zeros": "leading_zeros(a)",
    "trailing_zeros": "trailing_zeros(a)",
    "popcount": "popcount(a)",
}
SHIFTS = {
    "lshift": "a << n",
    "rshift": "a >> n",
    "wrapping_shl": "wrapping_shl(a, n)",
    "rotate_left": "rotate_left(a, n)",
    "rotate_right": "rotate_right(a, n)",
}
COMPARISONS = {"lt": "a < b", "le": "a <= b", "eq": "a == b", "ne": "a != b"}


def holds(wide: type[FixedInt], narrow: type[FixedInt]) -> bool:
    return wide.minimum <= narrow.minimum and narrow.maximum <= wide.maximum


def source() -> str:
    """Return the program."""
    words = sorted(name for name in lang.__all__ if hasattr(lang, name))
    lines = ["from __future__ import annotations", f"from lang import {', '.join(words)}"]

    def define(name: str, parameters: str, result: str, body: str) -> None:
        lines.append(f"def {name}({parameters}) -> {result}:\n    return {body}")

    for kind in NAMES:
        for name, body in BINARY.items():
            define(f"{name}_{kind}", f"a: {kind}, b: {kind}", kind, body)
        for name, body in UNARY.items():
            if name != "neg" or kind.startswith("i"):  # else refused: it is negative
                define(f"{name}_{kind}", f"a: {kind}", kind, body)
        for name, body in COUNTS.items():
            define(f"{name}_{kind}", f"a: {kind}", "u32", body)
        for name, body in SHIFTS.items():
            amount = kind if "rotate" in name else "u8"
            define(f"{name}_{kind}", f"a: {kind}, n: {amount}", kind, body)
        for other in NAMES:
            define(f"convert_{kind}_{other}", f"a: {kind}", other, f"{other}(a)")
            define(f"truncate_{kind}_{other}", f"a: {kind}", other, f"truncate({other}, a)")
            for name, body in COMPARISONS.items():
                define(f"{name}_{kind}_{other}", f"a: {kind}, b: {other}", "bool", body)
            wider = kind if holds(getattr(lang, kind), getattr(lang, other)) else other
            if holds(getattr(lang, wider), getattr(lang, kind)):
                for name in ("add", "mul", "xor", "mod"):
                    parameters = f"a: {kind}, b: {other}"
                    define(f"{name}_{kind}_{other}", parameters, wider, BINARY[name])
    return "\n\n\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def compiled() -> Any:
    return pytest.importorskip("compiler.testing").native(source())


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    file = tmp_path_factory.mktemp("agreement") / "agreement.py"
    file.write_text(source())
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@st.composite
def numbers(draw, kind: type[FixedInt]):
    edges = [kind.minimum, kind.minimum + 1, kind.maximum - 1, kind.maximum, 0, 1, 2, 3]
    edges += [-1, -2] if kind.signed else []
    near = st.sampled_from(edges)
    small = st.integers(max(kind.minimum, -130), min(kind.maximum, 130))
    return kind(draw(near | small | st.integers(kind.minimum, kind.maximum)))


def outcome(function: Callable[..., Any], *arguments: int) -> Any:
    """Return what a call gives, or the kind of exception that it raises."""
    try:
        return function(*arguments)
    except (OverflowError, ZeroDivisionError, ValueError) as error:
        kinds = (OverflowError, ZeroDivisionError, ValueError)
        return next(kind for kind in kinds if isinstance(error, kind))


def check(compiled, imported, name: str, *arguments: int) -> None:
    ours = outcome(getattr(imported, name), *arguments)
    theirs = outcome(getattr(compiled, name), *map(int, arguments))
    assert ours == theirs, f"{name}{tuple(map(int, arguments))}"


kinds = st.sampled_from([getattr(lang, name) for name in NAMES])


@given(st.data())
@settings(max_examples=600)
def test_operators(compiled, imported, data) -> None:
    kind = data.draw(kinds)
    unary = [name for name in UNARY if name != "neg" or kind.signed]
    name = data.draw(st.sampled_from([*BINARY, *unary, *COUNTS]))
    arguments = [data.draw(numbers(kind)) for _ in range(2 if name in BINARY else 1)]
    check(compiled, imported, f"{name}_{kind.__name__}", *arguments)


@given(st.data())
@settings(max_examples=300)
def test_shifts(compiled, imported, data) -> None:
    kind = data.draw(kinds)
    name = data.draw(st.sampled_from(list(SHIFTS)))
    amount = data.draw(st.integers(0, min(150, kind.maximum)))
    amount = kind(amount) if "rotate" in name else lang.u8(amount)
    check(compiled, imported, f"{name}_{kind.__name__}", data.draw(numbers(kind)), amount)


@given(st.data())
@settings(max_examples=300)
def test_conversions(compiled, imported, data) -> None:
    kind, other = data.draw(kinds), data.draw(kinds)
    name = data.draw(st.sampled_from(["convert", "truncate"]))
    suffix = f"{kind.__name__}_{other.__name__}"
    check(compiled, imported, f"{name}_{suffix}", data.draw(numbers(kind)))


@given(st.data())
@settings(max_examples=600)
def test_two_types(compiled, imported, data) -> None:
    kind, other = data.draw(kinds), data.draw(kinds)
    arithmetic = ["add", "mul", "xor", "mod"] if holds(kind, other) or holds(other, kind) else []
    name = data.draw(st.sampled_from([*COMPARISONS, *arithmetic]))
    suffix = f"{kind.__name__}_{other.__name__}"
    arguments = [data.draw(numbers(kind)), data.draw(numbers(other))]
    check(compiled, imported, f"{name}_{suffix}", *arguments)
