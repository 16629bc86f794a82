"""`compiler/comptime/fold.py`: folding gives what CPython gives, or gives up."""

from __future__ import annotations

import ast
import functools
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lang
from compiler.comptime.fold import NotFoldable, TypedInt, fold
from compiler.declare import Names
from compiler.types import Module
from tests.compiler.declare.programs import declared

WORDS = ("u8", "u16", "u64", "i8", "i32", "int", "bool")
NAMES = "A = 200\nB: Final[u8] = 7\nC: Final[i32] = -3\nD = 'text'\nE = (1, u16(2), b'x')\n"
VALUES = {"A": 200, "B": lang.u8(7), "C": lang.i32(-3), "D": "text"}
VALUES["E"] = (1, lang.u16(2), b"x")

atoms = st.one_of(
    st.integers(-300, 300).map(lambda n: f"({n})"),
    st.sampled_from([*VALUES, "True", "None", "1.5", "'ab'", "b'ab'", "E[1]", "0xFFFF_FFFF"]),
    st.tuples(st.sampled_from(WORDS[:5]), st.integers(-10, 300)).map(lambda p: f"{p[0]}({p[1]})"),
)


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = [*"+-*/%&|^<>", "//", "**", "<<", ">>", "and", "or", "==", "!=", "<=", ">="]
    return st.one_of(
        st.tuples(inner, st.sampled_from(operators), inner).map(lambda p: f"({' '.join(p)})"),
        st.tuples(st.sampled_from(["-", "+", "~", "not "]), inner).map(lambda p: f"({''.join(p)})"),
        st.tuples(inner, inner, inner).map(lambda p: f"({p[0]} if {p[1]} else {p[2]})"),
        st.tuples(st.sampled_from(WORDS), inner).map(lambda p: f"{p[0]}({p[1]})"),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(
            lambda p: f"{p[0]}({p[1]}, {p[2]})"
        ),
        inner.map(lambda text: f"len({text})"),
    )


@functools.cache
def module() -> Module:
    with TemporaryDirectory() as folder:
        return declared(Path(folder), NAMES + "".join(f"# {word}\n" for word in WORDS))


def folded(text: str) -> Any:
    return fold(ast.parse(text, mode="eval").body, module(), Names())


def same(ours: Any, theirs: Any) -> bool:
    """True if two values are equal and of the same type."""
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    kind = str(ours.type) if isinstance(ours, TypedInt) else type(ours).__name__
    return ours == theirs and kind == type(theirs).__name__


@given(st.recursive(atoms, larger, max_leaves=8))
def test_folding_is_what_cpython_computes(text: str) -> None:
    try:
        value = folded(text)
    except NotFoldable:
        return
    assert same(value, eval(text, dict(vars(lang)), dict(VALUES)))


@pytest.mark.parametrize(
    ("text", "value"),
    [("A // 3", 66), ("B << 2", 28), ("C * 2", -6), ("D * 2", "texttext"), ("E[0] + A", 201)],
)
def test_what_is_simple_is_folded(text: str, value: Any) -> None:
    assert folded(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "B * 100",
        "B + C",
        "1 // 0",
        "1 << 100_000",
        "9 ** 99_999",
        "'a' * 10 ** 9",
        "u8(256)",
        "D.x",
    ],
)
def test_what_is_wrong_or_large_is_left_to_cpython(text: str) -> None:
    with pytest.raises(NotFoldable):
        folded(text)
