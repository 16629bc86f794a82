"""Initialisation: every field has a value before anybody can ask for it.

An object or struct starts as zero bytes. Where zero is no value of a field's type (a reference, a
Ptr, a Slice that is not optional), `__init__` must give it one, on every path, before the field is
read, before `self` is handed to anybody else, and before the end. A field with a default in the
class body gets it before `__init__` runs, as in Python, where the class has it; a field that was
not given one where zero is a value is 0, False or None; but only if the class body declares it.

The fields that still lack a value are facts of the flow: a `Pending` stands for each in
`Flow.bound` once it has one.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import exception_objects, members
from compiler.declare import ancestry
from compiler.declare.values import zero_is_valid
from compiler.layout import base_of, fields_of
from compiler.source import CompileError, Note
from compiler.tree import Expression, Local, LocalRef
from compiler.types import BROKEN, BitsType, FieldDeclaration, NamedType

if TYPE_CHECKING:
    from compiler.check.checker import Checker


class Initialisation:
    """What the `__init__` being checked still has to do."""

    def __init__(self, check: Checker, self_local: Local) -> None:
        self.self_local = self_local
        self.type: NamedType = self_local.type
        base = base_of(self.type)
        is_whole = getattr(check.function.node, "sets_all_fields", False)
        self.base_needs_init = base is not None and not is_whole and _has_initialiser(check, base)
        self.fields: dict[str, tuple[FieldDeclaration, Local]] = {}
        for owner in ancestry(self.type):
            if owner is not self.type and self.base_needs_init:
                break
            for name, field in owner.declaration.fields.items():
                self.fields[name] = (field, Local(f".{name}", self.type, field.span))
        self.pending = {
            name: fact
            for name, (field, fact) in self.fields.items()
            if field.default is None and (field.is_implied or not _may_be_zero(self.type, name))
        }
        self.base_call = Local(".super", self.type, self_local.span)
        self.reaches_field = False  # `self` being checked is the one of `self.field`


def _has_initialiser(check: Checker, type: NamedType) -> bool:
    return members.find_method(check, type, "__init__") is not None


def _may_be_zero(type: NamedType, name: str) -> bool:
    field = fields_of(type)[name]
    return field.type is BROKEN or isinstance(field.type, BitsType) or zero_is_valid(field.type)


def body(check: Checker) -> tree.Block:
    """Check the body of a function; that of `__init__` starts with the class's defaults."""
    function = check.function
    if function.name == "__del__" and exception_objects.are_here(check):
        return check.block(exception_objects.ignoring(function.node))
    if function.name != "__init__" or function.owner is None or not function.parameters:
        return check.block(function.node.body)
    state = Initialisation(check, check.names[function.parameters[0].name])
    defaults = _defaults(check, state)
    check.initialisation = state
    block = check.block(function.node.body)
    if not check.has_errors:
        try:
            check_complete(check, None)
        except CompileError as error:
            check.report(error)
    return defaults + block


def _defaults(check: Checker, state: Initialisation) -> tree.Block:
    """Return the stores of the defaults that the class body gives to fields."""
    span = check.unit.header(check.function)
    block: tree.Block = []
    for name, (declared, _) in state.fields.items():
        if declared.default is None:
            continue
        field = fields_of(state.type)[name]
        type = field.type.base if field.bits else field.type
        module = members.find(check, state.type, name).owner.declaration.module
        value = check.unit.default_value(check, check.function.node, module, declared.default, type)
        place = tree.FieldRef(span, type, LocalRef(span, state.type, state.self_local), field)
        block.append(tree.Store(span, place, value))
    return block


def stored(check: Checker, place: Expression) -> None:
    """A place has got a value: if it is a field of `self`, it lacks none any more."""
    state = check.initialisation
    if state is not None and isinstance(place, tree.FieldRef) and _is_self(state, place.object):
        fact = state.pending.get(place.field.name)
        if fact is not None:
            check.flow.bound.add(fact)


def base_initialised(check: Checker) -> None:
    """`super().__init__(...)` has been called."""
    if check.initialisation is not None:
        check.flow.bound.add(check.initialisation.base_call)


def check_self(check: Checker, node: ast.Name, local: Local) -> None:
    """Report `self` handed to somebody else before all fields have a value."""
    state = check.initialisation
    if local is state.self_local and not state.reaches_field:
        check_complete(check, node)


def reaching_field(check: Checker, node: ast.Attribute) -> bool:
    """True if an attribute is a field of the `self` that is being initialised."""
    state = check.initialisation
    return (
        isinstance(node.value, ast.Name)
        and check.names.get(node.value.id) is state.self_local
        and node.attr in fields_of(state.type)
    )


def _is_self(state: Initialisation, value: Expression) -> bool:
    return isinstance(value, LocalRef) and value.local is state.self_local


def check_read(check: Checker, node: ast.AST, place: tree.FieldRef) -> None:
    """Report a read of a field of `self` that has no value yet."""
    state = check.initialisation
    if not _is_self(state, place.object):
        return
    fact = state.pending.get(place.field.name)
    if fact is not None and not check.flow.is_bound(fact):
        raise check.error(
            node,
            f"'{place.field.name}' has no value yet",
            "store one first",
            (Note(fact.span, "the field is declared here"),),
        )


def check_complete(check: Checker, node: ast.AST | None) -> None:
    """Report fields that still lack a value where the whole object is used (at `node`), or where
    `__init__` ends (None)."""
    state = check.initialisation
    if state is None or not check.flow.reachable:
        return
    lacking = [name for name, fact in state.pending.items() if fact not in check.flow.bound]
    where = node if node is not None else check.unit.header(check.function)
    if lacking:
        fact = state.pending[lacking[0]]
        what = "'self' is used before" if node is not None else "'__init__' ends before"
        field = fields_of(state.type)[lacking[0]]
        is_implied = state.fields[lacking[0]][0].is_implied
        why = "" if is_implied else f"; zero is no '{field.type}'"
        raise check.error(
            where,
            f"{what} '{lacking[0]}' has a value",
            f"store one on every path{why}",
            (Note(fact.span, "the field is declared here"),),
        )
    if node is None and state.base_needs_init and state.base_call not in check.flow.bound:
        base = base_of(state.type)
        raise check.error(
            where,
            f"'__init__' ends without the one of its base '{base}'",
            "call super().__init__(...)",
        )
