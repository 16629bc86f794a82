"""`compiler/declare/hierarchy.py`: what classes inherit."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.declare import (
    ancestry,
    find_member,
    resolve_type,
    signature_of,
)
from compiler.layout import virtual_methods
from compiler.source import CompileError
from compiler.types import BYTES, U8, U64, FunctionInstance, NamedType, PointerType
from tests.compiler.declare.programs import class_of, declared

SHAPES = """
T = TypeVar("T")

class Shape(ABC, Generic[T]):
    LIMIT = 4
    tag: T

    def __init__(self, tag: T) -> None:
        self.tag = tag

    @abstractmethod
    def area(self) -> u64: ...

    def name(self) -> bytes:
        return b"shape"

    @staticmethod
    def count() -> u64:
        return 0

    def swap(self, other: T) -> T:
        return other

class Square(Shape[u8]):
    side: u64

    def twice(self) -> u64:
        return self.side * 2

    def area(self) -> u64:
        return self.side * self.side
"""


def test_derived_classes_keep_the_slots_of_their_base(tmp_path: Path) -> None:
    module = declared(tmp_path, SHAPES)
    shape, square = class_of(module, "Shape"), class_of(module, "Square")
    base = [each.symbol for each in virtual_methods(NamedType(shape, (U8,))).values()]
    assert base == ["main.Shape[u8].area", "main.Shape[u8].name", "main.Shape[u8].swap"]
    own = [each.symbol for each in virtual_methods(NamedType(square)).values()]
    assert own == [
        "main.Square.area",
        "main.Shape[u8].name",
        "main.Shape[u8].swap",
        "main.Square.twice",
    ]


def test_abstract_methods_are_flagged_until_overridden(tmp_path: Path) -> None:
    module = declared(tmp_path, SHAPES)
    shape, square = class_of(module, "Shape"), class_of(module, "Square")
    assert shape.methods["area"].is_abstract
    assert not square.methods["area"].is_abstract
    assert (shape.is_abstract, square.is_abstract) == (True, False)
    assert (shape.is_final, square.is_final) == (False, True)
    assert (shape.overridden, square.overridden) == ({"area"}, set())


def test_a_class_between_knows_what_is_overridden_below(tmp_path: Path) -> None:
    source = """
class Top:
    def run(self) -> u64:
        return 1

class Middle(Top):
    def own(self) -> u64:
        return 2

class Bottom(Middle):
    def run(self) -> u64:
        return 3

    def more(self) -> u64:
        return 4
"""
    module = declared(tmp_path, source)
    overridden = [class_of(module, name).overridden for name in ("Top", "Middle", "Bottom")]
    assert overridden == [{"run"}, {"run"}, set()]


def test_members_are_found_where_they_are_declared(tmp_path: Path) -> None:
    square = NamedType(class_of(declared(tmp_path, SHAPES), "Square"))
    tag = find_member(square, "tag")
    assert (str(tag.owner), tag.type) == ("Shape[u8]", U8)
    assert find_member(square, "LIMIT").declaration.value == 4
    assert find_member(square, "area").owner == square
    assert find_member(square, "missing") is None


def test_the_ancestry_of_a_class_has_concrete_types(tmp_path: Path) -> None:
    square = NamedType(class_of(declared(tmp_path, SHAPES), "Square"))
    assert [str(each) for each in ancestry(square)] == ["Square", "Shape[u8]"]


def test_signatures_of_instances_are_concrete(tmp_path: Path) -> None:
    module = declared(tmp_path, SHAPES)
    swap = class_of(module, "Shape").methods["swap"]
    signature = signature_of(FunctionInstance(swap, (U64,)))
    assert [str(each) for each in signature.parameters] == ["Shape[u64]", "u64"]
    assert signature.result == U64
    name = class_of(module, "Shape").methods["name"]
    assert signature_of(FunctionInstance(name, (U64,))).result == BYTES


def test_a_result_that_may_be_a_struct_is_a_view_only_where_it_is_one(tmp_path: Path) -> None:
    module = declared(
        tmp_path,
        """
T = TypeVar("T")

@struct
class Point:
    x: u64

def first(items: Slice[T]) -> T:
    return items[0]
""",
    )
    first = module.scope["first"]
    point = NamedType(class_of(module, "Point"))
    assert signature_of(FunctionInstance(first, (point,))).returns_view
    assert not signature_of(FunctionInstance(first, (U8,))).returns_view


def test_annotations_inside_functions_resolve_in_their_module(tmp_path: Path) -> None:
    import ast

    module = declared(tmp_path, 'T = TypeVar("T")\nSIZE = 4\n\ndef f(a: Ptr[T]) -> None: ...\n')
    (variable,) = module.scope["f"].type_parameters
    node = ast.parse("Ptr[T]", mode="eval").body
    assert resolve_type(node, module, (variable,)) == PointerType(variable)
    with pytest.raises(CompileError, match="type variable 'T' is not bound here"):
        resolve_type(node, module)
