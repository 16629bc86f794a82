"""Subscripts: `a[i]`, `a[i:j]`, and `a[i] = x` by `__getitem__` and `__setitem__`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    containers,
    names,
    octets,
    operators,
    presence,
    slice_objects,
    special,
    texts,
    tuples,
    union_uses,
)
from compiler.check.checker import expression_of
from compiler.check.conversions import LITERAL, described, none_hint, settle, shown
from compiler.tree import Expression, Literal
from compiler.types import (
    BYTES,
    NONE,
    STR,
    U8,
    ArrayType,
    ClassKind,
    IntType,
    NamedType,
    PointerType,
    SliceType,
    TupleType,
    Type,
    WrappedType,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


@expression_of(ast.Subscript)
def subscript(check: Checker, node: ast.Subscript, hint: Type | None) -> Expression:
    """`base[index]` or `base[start:stop]` (Python Language Reference, section 6.3.2)."""
    found = names.meaning(check, node) if isinstance(node.value, ast.Name | ast.Attribute) else None
    if found is not None:
        return names.value_of(check, node, found, hint)
    base = check.operand(node.value)
    base = presence.operand(check, node, base, "'NoneType' object is not subscriptable")
    if union_uses.is_union(check, base):
        message = "'{}' object is not subscriptable"
        used = union_uses.operand(
            check, node, base, message, lambda each: of_base(check, node, each)
        )
        if used is not None:
            return used
    return of_base(check, node, base)


def of_base(check: Checker, node: ast.Subscript, base: Expression) -> Expression:
    """`base[index]` or `base[start:stop]` of a value."""
    node = slice_objects.written_out(check, node, base)
    if base.type is STR and texts.has(check):
        return texts.subscript(check, node, base)
    if base.type is BYTES and octets.has(check):
        return octets.subscript(check, node, base)
    base = tuples.of_record(check, node, base)
    if isinstance(node.slice, ast.Slice):
        return _slice(check, node, base)
    return element(check, node, base)


def element(check: Checker, node: ast.Subscript, base: Expression) -> Expression:
    """`base[index]`, as a value or a place."""
    span, type = check.span(node), base.type
    match type:
        case TupleType():
            return _tuple_item(check, node, base)
        case ArrayType(element=item) | SliceType(element=item):
            return tree.IndexRef(span, item, base, _index(check, node, base), True)
        case PointerType(target=target):
            return _pointed_at(check, node, base, target)
    if type is BYTES:
        return tree.IndexRef(span, U8, base, _index(check, node, base), True)
    if type is STR:
        raise check.error(
            node, "text is not indexed in the kernel", "write s.encode() and index its bytes"
        )
    member = special.find(check, type, "__getitem__")
    if member is not None:
        wanted = member.declaration.parameters[1].type
        index = check.operand(node.slice, wanted)
        return special.call(check, node, base, "__getitem__", [index])
    raise not_indexable(check, node, base)


def not_indexable(check: Checker, node: ast.Subscript, base: Expression):
    hint = none_hint(check, base, node.value)
    if isinstance(base.type, WrappedType):
        hint = _WRAPPED_HINTS.get(base.type.word, "")
    return check.error(node, f"{described(base.type)} is not indexed", hint)


_WRAPPED_HINTS = {
    "UserSlice": "copy it out first, with copy_out",
    "UserPtr": "copy it out first, with read()",
    "Atomic": "load it first, with load()",
    "PerCpu": "write variable.here()[0] for this processor's",
}


def _index(check: Checker, node: ast.Subscript, base: Expression) -> Expression:
    """Return the index: any integer. A constant one is tested against an Array's length."""
    index = operators.as_number(check.operand(node.slice))
    if index.type is LITERAL:
        index = settle(check, index)
    if isinstance(node.slice, ast.Tuple):
        raise check.error(node.slice, "an index is one integer", "write a[i][j]")
    if not isinstance(index.type, IntType):
        raise check.error(node.slice, f"an index is an integer, not {described(index.type)}")
    if isinstance(index, Literal) and isinstance(base.type, ArrayType):
        length = base.type.length
        if not -length <= index.value < length:
            raise check.error(
                node.slice, f"index {shown(index.value)} is outside of {described(base.type)}"
            )
    return index


def _pointed_at(check: Checker, node: ast.Subscript, base: Expression, target: Type) -> Expression:
    if target is NONE:
        raise check.error(
            node, "Ptr[None] points at nothing of a known type", "cast it first: p.cast(T)[0]"
        )
    if isinstance(target, NamedType) and target.kind in (ClassKind.CLASS, ClassKind.EXCEPTION):
        name = ast.unparse(node.value)
        raise check.error(
            node,
            f"{described(base.type)} is an object's address, where there is no reference to it",
            f"write retain({name}) for a reference to the object, or {name}.field for what it has",
        )
    index = _index(check, node, base)
    span = check.span(node)
    if isinstance(index, Literal) and index.value == 0:
        return tree.Deref(span, target, base)
    return tree.IndexRef(span, target, base, index, False)


def _tuple_item(check: Checker, node: ast.Subscript, base: Expression) -> Expression:
    items = base.type.items
    index = check.operand(node.slice)
    if not isinstance(index, Literal) or index.type is not LITERAL:
        if containers.in_program(check) and len(set(items)) == 1:
            return tuples.item_of_equals(check, node, base, index)
        raise check.error(node.slice, "the items of a tuple differ in type, so this is a constant")
    if not -len(items) <= index.value < len(items):
        raise check.error(node.slice, f"{described(base.type)} has {len(items)} items")
    number = index.value % len(items)
    return tree.TupleItem(check.span(node), items[number], base, number)


def _slice(check: Checker, node: ast.Subscript, base: Expression) -> Expression:
    """`base[start:stop]`: a view."""
    bounds = node.slice
    has_steps = isinstance(base.type, TupleType) or special.find(check, base.type, "get_slice")
    has_steps = has_steps or slice_objects.is_taken(check, base, "__getitem__")
    if bounds.step is not None and not has_steps:
        raise check.error(bounds.step, "a view has no step", "loop over range(start, stop, step)")
    match base.type:
        case ArrayType(element=item) | SliceType(element=item):
            type: Type = SliceType(item)
        case WrappedType(word="UserSlice"):
            type = base.type
        case _ if base.type is BYTES:
            type = SliceType(U8)
        case PointerType(target=target):
            raise check.error(
                node,
                "a pointer knows no length",
                f"write Slice[{target}]({check.text(node.value)}, length)",
            )
        case TupleType() if containers.in_program(check):
            return tuples.part(check, node, base)
        case NamedType() if special.find(check, base.type, "get_slice") is not None:
            return containers.slice_call(check, node, base, "get_slice")
        case NamedType() if slice_objects.is_taken(check, base, "__getitem__"):
            return element(check, node, base)
        case _:
            if base.type is STR:
                hint = "write s.encode() and take a view of its bytes"
                raise check.error(node, "text is not sliced in the kernel", hint)
            raise not_indexable(check, node, base)
    start = _bound(check, bounds.lower)
    stop = _bound(check, bounds.upper)
    return tree.SliceOf(check.span(node), type, base, start, stop)


def _bound(check: Checker, node: ast.expr | None) -> Expression | None:
    if node is None:
        return None
    bound = operators.as_number(check.operand(node))
    if bound.type is LITERAL:
        bound = settle(check, bound)
    if not isinstance(bound.type, IntType):
        raise check.error(node, f"a bound is an integer, not {described(bound.type)}")
    return bound
