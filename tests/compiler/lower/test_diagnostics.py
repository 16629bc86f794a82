"""What lowering alone finds out, or what no source can cause any more when it gets there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compiler import pipeline
from tests.tools.commands.test_jit import jit

NODES = """
class Node:
    pass

@struct
class Holder:
    node: Node | None
"""

KEPT = """
from collections.abc import Iterator
from lang import struct

@struct
class Pair:
    a: int
    b: int

def pairs(first: Pair) -> Iterator[Pair]:
    yield first

kept = pairs(Pair(1, 2))
print(next(kept).a)
"""


def test_a_generator_of_structs_is_not_kept(tmp_path: Path) -> None:
    source = tmp_path / "program.py"
    source.write_text(KEPT)
    message = "a generator that is kept gives values, and 'Pair' lies in place"
    assert message in jit(source).stderr


@pytest.mark.parametrize("operator", ["//", "%", "**"])
def test_an_operator_of_floats_that_no_machine_has(operator: str) -> None:
    messages = pipeline.diagnostics_of(
        f"def f(x: f64) -> f64:\n    return x {operator} 2.0\n", pipeline.lowered
    )
    assert messages == [f"`{operator}` on floats has no machine operation"]


def test_elements_with_references_are_not_copied_at_once() -> None:
    source = NODES + "def f(a: Slice[Node], b: Slice[Node]) -> None:\n    a.copy_from(b)\n"
    messages = pipeline.diagnostics_of(source, pipeline.lowered)
    assert messages == ["copying elements of type `Node` counts each"]


def test_a_struct_with_references_does_not_fill() -> None:
    source = NODES + "def f(a: Slice[Holder], h: Holder) -> None:\n    a.fill(h)\n"
    messages = pipeline.diagnostics_of(source, pipeline.lowered)
    assert messages == ["copying a `Holder` counts its references"]
