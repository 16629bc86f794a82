"""Unions of values: objects made where a value is wanted as a union, tests, and the values taken out.

The classes are those that `phrases/value_unions.py` writes. After `isinstance(x, int)` a place of type
`int | str` reads as the int in it, and where that is false, as the str. What is left when some types of
three or more are ruled out is kept as a fact of its own, a `Part`.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compiler import read, tree
from compiler.check import containers
from compiler.check.flow import Flow, path_of
from compiler.layout import base_of, fields_of
from compiler.tree import Conversion, Convert, Expression, Literal
from compiler.types import (
    BOOL,
    BYTES,
    F64,
    INT,
    STR,
    ClassDeclaration,
    FloatType,
    NamedType,
    OptionalType,
    TupleType,
    Type,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker

_PLAIN = {"int": (INT, BOOL), "bool": (BOOL,), "float": (F64,), "str": (STR,), "bytes": (BYTES,)}


_WORDS = (*_PLAIN, "list", "dict", "set", "frozenset", "tuple")

_OF_FLOATS = frozenset(
    {
        tree.BinaryOperator.ADD,
        tree.BinaryOperator.SUBTRACT,
        tree.BinaryOperator.MULTIPLY,
        tree.BinaryOperator.DIVIDE,
        tree.BinaryOperator.FLOOR_DIVIDE,
        tree.BinaryOperator.MODULO,
        tree.BinaryOperator.POWER,
    }
)


@dataclass(frozen=True)
class Part(Type):
    """Some of the types of a union, which are left of it. A fact of the flow, never a value's type."""

    of: NamedType
    members: tuple[str, ...]

    def __str__(self) -> str:
        return str(self.of)


def names_of(type: Type | None) -> tuple[str, ...]:
    """Return the names of the classes of a union of values; none for every other type."""
    if not isinstance(type, NamedType):
        return ()
    return getattr(type.declaration.node, "value_members", ())


def members(type: Type | None) -> dict[NamedType, Type]:
    """Return the classes of a union of values, each with the type of value that it holds."""
    found: dict[NamedType, Type] = {}
    for name in names_of(type):
        declaration = type.declaration.module.scope.get(name)
        if isinstance(declaration, ClassDeclaration):
            box = NamedType(declaration)
            found[box] = fields_of(box)["value"].type
    return found


def value_in(value: Expression) -> Expression:
    """Return what an object of one of the classes of a union holds; everything else as it is."""
    type = value.type
    if isinstance(type, NamedType) and type.declaration.name in names_of(base_of(type)):
        field = fields_of(type)["value"]
        return tree.FieldRef(value.span, field.type, value, field)
    return value


def held_by(value: Expression) -> Expression:
    """Return the place of a union from which a value was taken out; every other value as it is."""
    match value:
        case tree.FieldRef(object=Convert(conversion=Conversion.DOWNCAST, operand=inside) as box):
            if box.type.declaration.name in names_of(base_of(box.type)):
                return inside
    return value


def to_union(check: Checker, value: Expression, to: NamedType) -> Expression | None:
    """Return a value as a union that has its type; None if none of its types takes it."""
    from compiler.check import construction, conversions, generator_values

    inside = members(to)
    if not inside:
        return None
    if names_of(value.type):
        return _to_larger(check, value, to)
    if value.type is conversions.LITERAL:
        if INT not in inside.values():
            return None
        value = conversions.settle(check, value)
    box = next((each for each, type in inside.items() if type == value.type), None)
    if box is None and value.type not in (INT, BOOL):
        fits = (b for b, t in inside.items() if conversions.converts(value.type, t))
        box = next(fits, None)
    if box is None:
        return None

    def made(kept: ast.expr) -> Expression:
        call = ast.copy_location(ast.Call(kept, [kept], []), kept)
        return construction.instance(check, call, box, None)

    made_value = generator_values.over(check, value, to, made)
    assert isinstance(made_value, tree.Steps)
    made_value.value = Convert(value.span, to, Conversion.UPCAST, made_value.value)
    return made_value


def _to_larger(check: Checker, value: Expression, to: NamedType) -> Expression | None:
    """Return a value of one union as another one that has all of its types, too."""
    from compiler.check import generator_values

    boxes = {type: box.declaration.name for box, type in members(to).items()}
    own = members(value.type)
    is_here = value.type.declaration.module is to.declaration.module is check.module
    if not is_here or not all(type in boxes for type in own.values()):
        return None

    def made(kept: ast.expr) -> Expression:
        choice: ast.expr | None = None
        for box, type in reversed(own.items()):
            called = ast.Call(ast.Name(boxes[type], ast.Load()), [kept], [])
            is_it = ast.Call(
                ast.Name("isinstance", ast.Load()),
                [kept, ast.Name(box.declaration.name, ast.Load())],
                [],
            )
            choice = called if choice is None else ast.IfExp(is_it, called, choice)
            for each in ast.walk(choice):
                ast.copy_location(each, kept)
        return _converted(check, choice, to)

    return generator_values.over(check, value, to, made)


def _converted(check: Checker, node: ast.expr, to: Type) -> Expression:
    from compiler.check import conversions

    return conversions.convert(check, check.operand(node, to), to, node)


def to_float(check: Checker, value: Expression, to: FloatType) -> Expression | None:
    """Return a union of numbers as the float that is wanted; None for every other value."""
    from compiler.check import generator_values, special

    if not names_of(value.type) or special.find(check, value.type, "__float__") is None:
        return None

    def made(kept: ast.expr) -> Expression:
        return special.call(check, kept, check.operand(kept), "__float__", [])

    return generator_values.over(check, value, to, made)


def is_number(check: Checker, value: Expression) -> bool:
    """True for a union of nothing but numbers."""
    from compiler.check import special

    return bool(names_of(value.type)) and special.find(check, value.type, "__float__") is not None


def as_floats(
    check: Checker, operator: tree.BinaryOperator, left: Expression, right: Expression
) -> tuple[Expression, Expression]:
    """Return the operands of arithmetic: next to a float, a union of numbers is a float."""
    if operator not in _OF_FLOATS:
        return left, right
    if isinstance(left.type, FloatType):
        return left, to_float(check, right, left.type) or right
    if isinstance(right.type, FloatType):
        return to_float(check, left, right.type) or left, right
    return left, right


def as_python_has_them(
    check: Checker, node: ast.AST, items: list[Expression], hint: Type | None
) -> list[Expression]:
    """Return values of which one is chosen; ints and floats as a union of both, since the one that is
    chosen stays what it is.

    Raises:
        CompileError: the module has no such union, so that the int would be shown as a float.
    """
    from compiler.check import conversions

    types = [each.type for each in items]
    has_float = any(isinstance(each, FloatType) for each in types)
    has_int = any(each in (INT, conversions.LITERAL) for each in types)
    has_union = any(is_number(check, each) for each in items)
    is_mixed = (has_float and has_int) or (has_union and (has_float or has_int))
    if not is_mixed or isinstance(hint, FloatType) or not is_of_program(check):
        return items
    union = common(check, items)
    if union is None:
        raise check.error(
            node,
            "either an int or a float is chosen here, of which one is shown as 1.0",
            "write 1.0 for the int, or float(n)",
        )
    return [conversions.convert(check, each, union, node) for each in items]


def is_of_program(check: Checker) -> bool:
    """True in a program's own modules; the library below them knows which type it wants."""
    is_own = read.is_program(check.module.name) and containers.in_program(check)
    return is_own and not Path(check.module.path).is_relative_to(read.PROJECT / "lib")


def common_of_program(check: Checker, items: list[Expression]) -> NamedType | None:
    """Return a union for ints and floats that stay what they are, in a program's own modules."""
    return common(check, items) if is_of_program(check) else None


def common(check: Checker, items: list[Expression]) -> NamedType | None:
    """Return the smallest union of the module that takes all items; None if none does."""
    from compiler.check import conversions

    unions = [
        NamedType(each)
        for each in check.module.scope.values()
        if isinstance(each, ClassDeclaration) and getattr(each.node, "value_members", ())
    ]
    for union in sorted(unions, key=lambda each: len(names_of(each))):
        if all(conversions.try_convert(check, item, union) is not None for item in items):
            return union
    return None


def wanted_container(hint: Type | None, word: str) -> Type | None:
    """Return the container of a kind that a union has; another type as it is."""
    for each in members(hint).values():
        if containers.is_container(each, word):
            return each
    return hint


# Tests -----------------------------------------------------------------------------------------


def of_test(check: Checker, value: Expression, node: ast.Call) -> list[NamedType] | None:
    """Return the classes of a union that `isinstance(value, ...)` asks for; None if it is no union."""
    type = value.type.inner if isinstance(value.type, OptionalType) else value.type
    inside = members(type)
    if not inside:
        return None
    asked = node.args[1].elts if isinstance(node.args[1], ast.Tuple) else [node.args[1]]
    found: list[NamedType] = []
    for each in asked:
        found += [box for box, held in inside.items() if _asks_for(check, each, box, held)]
    return found


def plain_name(type: Type) -> str:
    """Return what Python calls a type of plain values; nothing for another type."""
    for name, types in _PLAIN.items():
        if type in types[:1]:
            return name
    if isinstance(type, TupleType):
        return "tuple"
    found = (name for name in containers.CONTAINERS if containers.is_container(type, name))
    return next(found, "")


def is_plainly(check: Checker, node: ast.expr, value: Expression) -> bool:
    """True if the type of a value, which is no reference of the program's, is the one asked for."""
    return isinstance(node, ast.Name) and _is_named(check, node.id, value.type)


def is_word(check: Checker, node: ast.expr) -> bool:
    """True for the name of one of Python's own types."""
    return isinstance(node, ast.Name) and node.id in _WORDS and node.id not in check.names


def _is_named(check: Checker, name: str, type: Type) -> bool:
    """True if a word of Python's builtins names the type."""
    if name in check.names or not containers.in_program(check):
        return False
    if name in containers.CONTAINERS:
        return containers.is_container(type, name)
    if name == "tuple":
        return isinstance(type, TupleType) or containers.is_sequence(type)
    return type in _PLAIN.get(name, ())


def _asks_for(check: Checker, node: ast.expr, box: NamedType, held: Type) -> bool:
    from compiler.check import conversions, names

    if isinstance(node, ast.Name) and _is_named(check, node.id, held):
        return True
    if is_word(check, node):
        return False
    found: Any = names.meaning(check, node)
    if found is box.declaration:
        return True
    if isinstance(found, ClassDeclaration) and isinstance(held, NamedType):
        return held.declaration is found or conversions.is_subclass(held, NamedType(found))
    return held == found


def test(check: Checker, node: ast.Call, value: Expression, asked: list[NamedType]) -> Expression:
    """Return the test that a value is one of some classes of its union."""
    span = check.span(node)
    is_all = left(check, value) <= {each.declaration.name for each in asked}
    if is_all and not isinstance(value.type, OptionalType):
        return Literal(span, BOOL, True)
    if not asked:
        return Literal(span, BOOL, False)
    tests = [tree.IsInstance(span, BOOL, value, each) for each in asked]
    return tests[0] if len(tests) == 1 else tree.Logical(span, BOOL, False, tests)


def left(check: Checker, value: Expression) -> set[str]:
    """Return the classes of a union that no test has ruled out for a value."""
    path = path_of(value)
    fact = check.flow.narrowed.get(path) if path is not None else None
    if isinstance(fact, Part):
        return set(fact.members)
    type = value.type.inner if isinstance(value.type, OptionalType) else value.type
    return set(names_of(type))


def narrow(
    check: Checker, value: Expression, asked: list[NamedType], when_true: Flow, when_false: Flow
) -> None:
    """Note in two flows what a test proves of a value, and what it rules out."""
    still, chosen = left(check, value), {each.declaration.name for each in asked}
    inside = members(value.type.inner if isinstance(value.type, OptionalType) else value.type)
    for flow, names in ((when_true, still & chosen), (when_false, still - chosen)):
        if flow is when_false and isinstance(value.type, OptionalType):
            continue  # None is left as well
        narrow_to(check, flow, value, [each for each in inside if each.declaration.name in names])


def narrow_to(check: Checker, flow: Flow, value: Expression, boxes: list[NamedType]) -> None:
    """Note in a flow that a value has one of some types of its union."""
    from compiler.check import narrowing

    type = value.type.inner if isinstance(value.type, OptionalType) else value.type
    if len(boxes) == 1:
        narrowing.narrow(check, flow, value, boxes[0])
    elif boxes:
        ordered = tuple(each.declaration.name for each in boxes)
        narrowing.narrow(check, flow, value, Part(type, ordered))


def box_of(value: Expression) -> NamedType | None:
    """Return the class of the union that a value was made an object of just now; None if it was not."""
    made = value.value if isinstance(value, tree.Steps) else value
    if isinstance(made, Convert) and made.conversion is Conversion.SOME:
        return box_of(made.operand)
    if isinstance(made, Convert) and made.conversion is Conversion.UPCAST:
        type = made.operand.type
        if isinstance(type, NamedType) and type.declaration.name in names_of(made.type):
            return type
    return None
