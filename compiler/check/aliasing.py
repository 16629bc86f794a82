"""Aliasing: which values are places, whose they are, and how long they stay good.

A struct or Array value lies in a place. A local bound to a place that exists is an *alias* of it,
as every name in Python is; a local bound to a fresh value *owns* its storage. Storing into a field,
element or variable makes a second value where Python would make a second reference, so what is
stored must be fresh, and `copy(x)` says so. What is pinned cannot be copied or moved at all.

A view (a Slice, or an alias) leads to storage that it does not own. `origin_of` says whose:

    FOREVER     a module variable, or behind a raw pointer: nobody here can tell
    PARAMETER   what the caller keeps alive
    a Local     of this function: gone when it returns
    TEMPORARY   a value that is gone after the statement

A view is returned only if its origin is FOREVER or a PARAMETER, and stored only where it does not
outlive its origin. A view into a counted object needs the object: where the reference to it may
change while the view is in use, a hidden local holds it.
"""

from __future__ import annotations

import ast
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import members
from compiler.layout import fields_of
from compiler.source import Note
from compiler.tree import Conversion, Convert, Expression, Local, LocalRef
from compiler.types import (
    FORMAT,
    ArrayType,
    ClassKind,
    NamedType,
    OptionalType,
    PointerType,
    SliceType,
    TupleType,
    Type,
    is_place,
    is_reference,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


class Origin(IntEnum):
    """Where a view leads that leads to no local; the larger, the shorter it stays good."""

    FOREVER = 0
    PARAMETER = 1
    LOCAL = 2  # rank of a Local
    TEMPORARY = 3


Source = Origin | Local


def _rank(source: Source) -> int:
    return Origin.LOCAL if isinstance(source, Local) else source


def worst(sources: list[Source]) -> Source:
    """Return the one that is gone first."""
    return max(sources, key=_rank, default=Origin.FOREVER)


# Where views lead ----------------------------------------------------------------------------


def origin_of(check: Checker, value: Expression) -> Source:
    """Return where a view leads: a place denoted, a Slice, or what a value holds."""
    match value:
        case LocalRef(local=local):
            return _origin_of_local(check, local)
        case tree.FieldRef(object=object):
            return _origin_through(check, object)
        case tree.IndexRef(base=base):
            return _origin_through(check, base)
        case tree.SliceOf(base=base):
            return origin_of(check, base)
        case Convert(operand=operand):
            return origin_of(check, operand)
        case tree.Walrus(value=inner):
            return origin_of(check, inner)
        case tree.Conditional(then=then, other=other):
            return worst([origin_of(check, then), origin_of(check, other)])
        case tree.Logical(operands=operands):
            return worst([origin_of(check, each) for each in operands])
        case tree.TupleItem(tuple=of):
            return origin_of(check, of)
        case tree.TupleValue(items=items):
            return worst([origin_of(check, each) for each in items if holds_views(each.type)])
        case tree.Copy(operand=operand) if holds_views(value.type):
            return origin_of(check, operand)
        case tree.Closure(captures=captures):
            return worst([local for local in captures])
        case tree.Call() | tree.VirtualCall() | tree.StructValue() | tree.New():
            return _origin_of_result(check, value)
        case tree.ArrayValue(elements=elements) if elements and holds_views(value.type):
            return worst([origin_of(check, each) for each in elements])
    return Origin.TEMPORARY if is_place(value.type) and tree.is_fresh(value) else Origin.FOREVER


def origin_of_elements(check: Checker, sequence: Expression) -> Source:
    """Return where the elements of an Array or Slice lie."""
    if is_place(sequence.type) and tree.is_fresh(sequence):
        return Origin.TEMPORARY
    return _origin_through(check, sequence)


def _origin_of_local(check: Checker, local: Local) -> Source:
    if local in check.origins:
        return check.origins[local]
    if local.is_parameter:
        return Origin.PARAMETER
    return local if is_place(local.type) or is_reference(local.type) else Origin.FOREVER


def _origin_through(check: Checker, base: Expression) -> Source:
    """Return where `base.field` or `base[i]` lies."""
    if isinstance(base.type, PointerType):
        return Origin.FOREVER
    if isinstance(base, LocalRef) and base.local.owns and is_place(base.local.type):
        return Origin.PARAMETER if base.local.is_parameter else base.local
    return origin_of(check, base)


def _origin_of_result(check: Checker, call: Expression) -> Source:
    """A result that is a view, or holds some, leads where the arguments lead."""
    if not (is_place(call.type) and not tree.is_fresh(call)) and not holds_views(call.type):
        return Origin.TEMPORARY
    return origin_of_arguments(check, call)


def origin_of_arguments(check: Checker, call: Expression) -> Source:
    """Return where views that come out of a call lead: where its arguments lead."""
    sources: list[Source] = []
    for argument in call.arguments:
        if argument is None:
            continue
        if is_place(argument.type) and not isinstance(call, tree.StructValue):
            sources.append(_place_of(check, argument))
        elif is_place(argument.type) or is_reference(argument.type) or holds_views(argument.type):
            sources.append(origin_of(check, argument))
    return worst(sources)


def _place_of(check: Checker, value: Expression) -> Source:
    """Return whose storage a place-typed expression denotes."""
    if isinstance(value, LocalRef) and value.local.owns and not value.local.is_parameter:
        return value.local
    return Origin.TEMPORARY if tree.is_fresh(value) else origin_of(check, value)


@cache
def holds_views(type: Type) -> bool:
    """True if values of a type are views, or hold some."""
    match type:
        case SliceType():
            return True
        case OptionalType(inner=inner) | ArrayType(element=inner):
            return holds_views(inner)
        case TupleType(items=items):
            return any(map(holds_views, items))
        case NamedType(kind=ClassKind.STRUCT | ClassKind.UNION):
            return any(holds_views(field.type) for field in fields_of(type).values())
    return type is FORMAT


# Binding a local -----------------------------------------------------------------------------


def bound_value(check: Checker, node: ast.AST, local: Local, value: Expression) -> Expression:
    """Return `value` as it is bound to `local`, or report that it cannot be.

    An alias or a Slice must lead to what stays; what it leads into is held.
    """
    if is_place(value.type):
        if local.owns:
            return value
        return _alias_value(check, node, local, value)
    if not holds_views(value.type):
        if is_reference(value.type) and not local.is_parameter:
            note_origin(check, local, _origin_of_reference(check, value))
        return value
    source = origin_of(check, value)
    if source is Origin.TEMPORARY:
        raise _temporary(check, node, local.name, value)
    note_origin(check, local, source)
    return held(check, node, value)


def _alias_value(check: Checker, node: ast.AST, local: Local, value: Expression) -> Expression:
    source = _place_of(check, value)
    if source is Origin.TEMPORARY:
        raise _temporary(check, node, local.name, value)
    if isinstance(value, LocalRef) and value.local.owns and not value.local.is_parameter:
        _refuse_if_bound_again(check, node, local, value.local)
    note_origin(check, local, source)
    return held(check, node, value)


def _refuse_if_bound_again(check: Checker, node: ast.AST, alias: Local, owner: Local) -> None:
    """In Python an alias keeps the old value when the other name is bound again."""
    if check.count_bindings(owner.name) > 1:
        raise check.error(
            node,
            f"'{owner.name}' is bound more than once, which would change '{alias.name}' as well",
            f"write copy({owner.name})",
            (Note(owner.span, f"'{owner.name}' is bound here first"),),
        )


def _origin_of_reference(check: Checker, value: Expression) -> Source:
    """A local reference keeps its object alive; if a parameter does so too, its views outlive the
    function."""
    source = origin_of(check, value)
    return source if source in (Origin.PARAMETER, Origin.FOREVER) else Origin.LOCAL


def note_origin(check: Checker, local: Local, source: Source) -> None:
    before = check.origins.get(local)
    if source is Origin.LOCAL:
        source = local
    check.origins[local] = source if before is None else worst([before, source])


def _temporary(check: Checker, node: ast.AST, name: str, value: Expression):
    return check.error(
        node,
        f"'{name}' would be a view of a value that is gone after this statement",
        "bind that value to a local of its own first",
    )


def held(check: Checker, node: ast.AST, view: Expression) -> Expression:
    """See to it that the object into which a view leads stays while the view is in use."""
    match view:
        case tree.FieldRef(object=base):
            name = "object"
        case tree.IndexRef(base=base) | tree.SliceOf(base=base):
            name = "base"
        case Convert(conversion=Conversion.ARRAY_TO_SLICE, operand=base):
            name = "operand"
        case _:
            return view
    if not is_reference(base.type):
        held(check, node, base)
    elif not _stays(check, base):
        local = check.hidden_local("held", base.type, node)
        setattr(view, name, tree.Walrus(base.span, base.type, local, base))
    return view


def _stays(check: Checker, reference: Expression) -> bool:
    """True if a reference is a local that is bound once."""
    if isinstance(reference, Convert):
        return _stays(check, reference.operand)
    if isinstance(reference, tree.Walrus | tree.StaticRef | tree.StringLiteral):
        return True
    if not isinstance(reference, LocalRef):
        return False
    local = reference.local
    return check.count_bindings(local.name) <= (0 if local.is_parameter else 1)


# Storing -------------------------------------------------------------------------------------


def stored(check: Checker, node: ast.AST, value: Expression, where: str | ast.AST) -> Expression:
    """Return `value` as it is stored in `where`, or report that this would copy it unasked."""
    if is_place(value.type) and not tree.is_fresh(value):
        text = check.text(node)
        if members.is_pinned(value.type):
            raise check.error(
                node,
                f"'{value.type}' is pinned: it stays where it was made",
                f"make it in place, or store address_of({text})",
            )
        if isinstance(where, ast.AST):
            where = f"'{check.text(where)}'"
        raise check.error(
            node,
            f"this would copy '{text}' into {where}, where Python would share it",
            f"write copy({text})",
        )
    return value


def check_stored_view(check: Checker, node: ast.AST, value: Expression, target: Expression) -> None:
    """Report a view that would outlive what it leads to."""
    if not holds_views(value.type):
        return
    source = origin_of(check, value)
    if _rank(source) < Origin.LOCAL:
        return
    place = (
        _origin_through(check, target) if isinstance(target, LocalRef) else _target(check, target)
    )
    if isinstance(source, Local) and isinstance(place, Local):
        return
    whose = f"'{source.name}'" if isinstance(source, Local) else "a value that is gone by then"
    raise check.error(
        node,
        f"this stores a view of {whose}, which it would outlive",
        "store the data itself, or keep both in one object",
    )


def _target(check: Checker, target: Expression) -> Source:
    match target:
        case tree.FieldRef(object=base) | tree.IndexRef(base=base):
            return _origin_through(check, base)
    return Origin.FOREVER


# Returning -----------------------------------------------------------------------------------


def returned(check: Checker, node: ast.AST, value: Expression) -> Expression:
    """Return `value` as the function gives it to its caller."""
    type = value.type
    if is_place(type):
        return (
            _returned_view(check, node, value) if check.returns_view else _moved(check, node, value)
        )
    if holds_views(type):
        _check_outlives(check, node, origin_of(check, value), "this is a view")
    return value


def _moved(check: Checker, node: ast.AST, value: Expression) -> Expression:
    """A fresh value: made here, or an owning local that nobody needs any more."""
    if holds_views(value.type):
        _check_outlives(check, node, origin_of(check, value), "this holds a view")
    is_own = isinstance(value, LocalRef) and value.local.owns and not value.local.is_parameter
    if tree.is_fresh(value):
        return value
    text = check.text(node)
    if members.is_pinned(value.type):
        raise check.error(
            node,
            f"'{value.type}' is pinned: it stays where it was made, so it cannot be returned",
            "let the caller make it and pass it in",
        )
    if is_own:
        return tree.Copy(value.span, value.type, value)
    raise check.error(
        node,
        f"'{check.name}' returns fresh values, and '{text}' is a place that exists",
        f"write copy({text})",
    )


def _returned_view(check: Checker, node: ast.AST, value: Expression) -> Expression:
    source = _place_of(check, value)
    if isinstance(value, tree.StructValue | tree.ArrayValue | tree.Copy | tree.Zero):
        return value  # declare has reported a function that returns both kinds
    if source is Origin.TEMPORARY:
        raise check.error(
            node,
            f"'{check.name}' returns a place that exists, and this is a fresh value",
            "return one or the other everywhere",
        )
    _check_outlives(check, node, source, "this is a place")
    return value


def _check_outlives(check: Checker, node: ast.AST, source: Source, what: str) -> None:
    if _rank(source) < Origin.LOCAL:
        return
    whose = f"'{source.name}', which ends" if isinstance(source, Local) else "a value that ends"
    raise check.error(
        node,
        f"{what} of {whose} with the function",
        "let the caller pass the storage in, or return a copy",
    )
