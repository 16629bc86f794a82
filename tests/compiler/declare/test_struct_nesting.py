"""Which structs may lie inside which."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.declare import declare
from compiler.read import read

HEAD = """\
from __future__ import annotations
from typing import Generic, TypeVar
from lang import Array, Atomic, Ptr, UserPtr, packed, struct, union
T = TypeVar("T")
@struct
class Link(Generic[T]):
    next: Ptr[T] | None
@struct
class Box(Generic[T]):
    value: T
"""


def messages(tmp_path: Path, fields: str) -> list[str]:
    file = tmp_path / "program.py"
    file.write_text(f"{HEAD}@struct\nclass Node:\n    {fields}\n")
    errors = []
    declare(read(file, errors=errors), errors)
    return [error.message for error in errors]


@pytest.mark.parametrize(
    "fields",
    ["link: Link[Node]", "next: Ptr[Node] | None", "user: UserPtr[Node]", "box: Box[Ptr[Node]]"],
)
def test_a_struct_may_hold_its_own_address(tmp_path, fields) -> None:
    assert messages(tmp_path, fields) == []


@pytest.mark.parametrize(
    "fields",
    ["node: Node", "nodes: Array[Node, 2]", "box: Box[Node]", "pair: tuple[int, Box[Box[Node]]]"],
)
def test_a_struct_never_contains_itself(tmp_path, fields) -> None:
    assert messages(tmp_path, fields) == ["struct 'Node' would contain itself"]
