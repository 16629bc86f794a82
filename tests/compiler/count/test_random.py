"""Count, on random functions: the model accepts what the pass makes, and notices what it must."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler import ir
from compiler.backend.target import TARGETS
from compiler.count import count_unit
from compiler.effects.solve import Facts
from compiler.ir import REF
from compiler.raising import raise_unit
from compiler.types import STR
from tests.compiler.build_ir import Building, unit
from tests.compiler.count.model import Wrong, prove
from tests.compiler.count.random_ir import random_function


def counted(f: Building) -> ir.Function:
    quiet = Building("sample.quiet")
    quiet.ret()
    made = unit(f, quiet)
    facts = Facts(frozenset(), frozenset(), frozenset({"sample.quiet"}))
    raise_unit(made, facts, TARGETS["program"], "release")
    count_unit(made, facts)
    return f.function


@settings(max_examples=300)
@given(st.integers(min_value=0, max_value=2**32))
def test_every_reference_of_a_random_function_is_balanced(seed: int) -> None:
    prove(counted(random_function(seed)), lambda name: name == "sample.quiet", at_most=300)


def sample() -> ir.Function:
    """A function in which each retain and release matters."""
    f = Building("sample.f", [("self", REF)], REF, may_raise=True)
    x = f.local("x", REF, source_type=STR)
    f.set(x, f.call("sample.make", [], REF, may_raise=True))
    f.store(f.offset(f["self"], 16), f.get(x))
    f.call("sample.use", [f.load(f.offset(f["self"], 24), REF)], may_raise=True)
    f.set(x, f.call("sample.make", [], REF))
    f.call("sample.use", [f.get(x)])
    f.ret(f["self"])
    return counted(f)


def places() -> list[tuple[int, int]]:
    return [
        (b, i)
        for b, block in enumerate(sample().blocks)
        for i, each in enumerate(block.instructions)
        if isinstance(each, ir.Retain | ir.Release)
    ]


@pytest.mark.parametrize("place", places())
def test_the_model_notices_a_count_that_is_missing(place: tuple[int, int]) -> None:
    function = sample()
    del function.blocks[place[0]].instructions[place[1]]
    with pytest.raises(Wrong):
        prove(function)


@pytest.mark.parametrize("place", places())
def test_the_model_notices_a_count_too_many(place: tuple[int, int]) -> None:
    function = sample()
    instructions = function.blocks[place[0]].instructions
    again = type(instructions[place[1]])(instructions[place[1]].value)
    instructions.insert(place[1], again)
    with pytest.raises(Wrong):
        prove(function)
