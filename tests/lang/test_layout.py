"""The stand-ins lay structs out as the compiler does."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.declare import declare
from compiler.layout import fields_of, layout_of
from compiler.read import read
from compiler.types import ClassKind, NamedType
from lang import alignof, sizeof
from lang.layout import representation
from tests.lang import layout_subject

STRUCTS = [name for name, member in vars(layout_subject).items() if hasattr(member, "__struct__")]


@pytest.fixture(scope="module")
def declared() -> dict[str, NamedType]:
    """The structs as the compiler sees them."""
    modules = read(Path(layout_subject.__file__))
    declare(modules)
    (module,) = (m for m in modules.values() if Path(m.path).name == "layout_subject.py")
    return {
        each.name: NamedType(each)
        for each in module.classes
        if each.kind in (ClassKind.STRUCT, ClassKind.UNION)
    }


@pytest.mark.parametrize("name", [name for name in STRUCTS if name != "Pair"])
def test_the_compiler_agrees(declared, name) -> None:
    ours, theirs = getattr(layout_subject, name), declared[name]
    layout = layout_of(theirs)
    assert (sizeof(ours), alignof(ours)) == (layout.size, layout.align)
    for field in fields_of(theirs).values():
        place = representation(ours).fields[field.name]
        assert (place.offset, place.low, place.width or 0) == (field.offset, field.bit, field.bits)
