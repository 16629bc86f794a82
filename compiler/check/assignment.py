"""Assignment: `target = value`, for each kind of target (Language Reference, section 7.2)."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import bindings, first_uses, names, stores, tallies, unpacking, values
from compiler.check.attempts import Snapshot
from compiler.check.checker import statement_of
from compiler.check.conversions import convert, described
from compiler.declare import Place
from compiler.source import CompileError, Note
from compiler.tree import Expression, Local
from compiler.types import Word, is_place

if TYPE_CHECKING:
    from compiler.check.checker import Checker


@statement_of(ast.Assign)
def assign(check: Checker, node: ast.Assign) -> None:
    """`target = value`, `a = b = value` (Python Language Reference, section 7.2)."""
    if len(node.targets) > 1:
        _assign_several(check, node)
    elif not tallies.assign(check, node):
        assign_to(check, node.targets[0], node.value)


def assign_to(check: Checker, target: ast.expr, value: ast.expr) -> None:
    """Check one assignment, and emit it."""
    if isinstance(value, ast.Yield | ast.YieldFrom | ast.Await):
        raise check.error(value, "'yield' is a statement", "write it on a line of its own")
    match target:
        case ast.Name():
            _assign_name(check, target, value)
        case ast.Attribute() | ast.Subscript():
            if isinstance(target, ast.Subscript):
                first_uses.filled_by_store(check, target, value)
            stores.assign_place(check, target, value)
        case ast.Tuple(elts=targets) | ast.List(elts=targets):
            unpacking.unpack(check, target, targets, value)


def _assign_several(check: Checker, node: ast.Assign) -> None:
    """`a = b = value`: the value once, then the targets left to right."""
    value = bindings.settled_value(check, node.value, check.operand(node.value))
    if is_place(value.type):
        raise check.error(
            node,
            "each of these names would need a value of its own",
            "write one assignment for each, with copy(...)",
        )
    first = values.held(check, node.value, value)
    for number, target in enumerate(node.targets):
        store_value(check, target, first if number == 0 else values.again(first), node.value)


def _assign_name(check: Checker, target: ast.Name, value_node: ast.expr) -> None:
    variable = check.globals_declared.get(target.id)
    if variable is not None:
        _store(check, tree.VariableRef(check.span(target), variable.type, variable), value_node)
        return
    first_uses.given_value(check, target, value_node)
    local = bindings.bindable(check, target)
    if local is None:
        value = first_uses.first_value(check, target, value_node)
        if value is None:
            return
    else:
        value = _later_value(check, local, value_node)
    bindings.bind(check, target, value, value_node)


def _later_value(check: Checker, local: Local, node: ast.expr) -> Expression:
    """Return a later value of a local: as its type if it can be that, or else of its own type."""
    if not bindings.may_be_new_one(check, local):
        return check.operand(node, local.type)
    before = Snapshot(check)
    try:
        return check.expression(node, local.type)
    except CompileError:
        before.restore()
        return check.operand(node)


def _store(check: Checker, place: Expression, value_node: ast.expr) -> None:
    value = stores.place_value(check, place, value_node)
    stores.finish_store(check, value_node, place, value, value_node)


@statement_of(ast.AnnAssign)
def annotated(check: Checker, node: ast.AnnAssign) -> None:
    """`name: T = value`, `name: T` (section 7.2.2)."""
    target = node.target
    if not isinstance(target, ast.Name):
        if node.value is None:
            raise check.error(node, "a field is declared in its class", "write it there")
        assign_to(check, target, node.value)
        return
    annotation = _final_annotation(check, node.annotation)
    if annotation is None:
        if node.value is None:
            raise check.error(node, f"the constant '{target.id}' has no value")
        _assign_name(check, target, node.value)
        return
    type = check.type_of(annotation, place=Place.LOCAL)
    local = bindings.bindable(check, target)
    is_other = local is not None and local.type != type
    is_new = is_other and node.value is not None and bindings.may_be_new_one(check, local)
    if is_other and not is_new:
        raise check.error(
            node.annotation,
            f"'{target.id}' is {described(local.type)} already",
            "one name has one type in a function",
            (Note(local.span, "it got its type here"),),
        )
    if node.value is None:
        if local is None:
            check.new_local(target.id, type, target, owns=True)
        return
    value = check.expression(node.value, type)
    if is_new:
        bindings.end(check, target, local)
        local = None
    if local is None:
        owns = not is_place(type) or tree.is_fresh(value)
        local = check.new_local(target.id, type, target, owns=owns)
    check.poisoned.discard(target.id)
    bindings.bind(check, target, value, node.value)


def _final_annotation(check: Checker, node: ast.expr) -> ast.expr | None:
    """Return an annotation without `Final` around it; None if that is all."""
    name = node.value if isinstance(node, ast.Subscript) else node
    if isinstance(name, ast.Name) and names.lookup(check, name.id) == Word("Final"):
        return node.slice if isinstance(node, ast.Subscript) else None
    return node


def store_value(check: Checker, target: ast.expr, value: Expression, value_node: ast.AST) -> None:
    """Assign a value that is checked already: to an item of an unpacking, a loop's target."""
    match target:
        case ast.Name() if target.id not in check.globals_declared:
            bindings.bind(check, target, value, value_node)
        case ast.Tuple(elts=targets) | ast.List(elts=targets):
            unpacking.unpack_value(check, target, targets, value, value_node)
        case ast.Name():
            variable = check.globals_declared[target.id]
            place = tree.VariableRef(check.span(target), variable.type, variable)
            value = convert(check, value, place.type, value_node)
            stores.finish_store(check, target, place, value, value_node)
        case ast.Subscript() if stores.store_item_value(check, target, value, value_node):
            pass
        case ast.Attribute() | ast.Subscript():
            place = stores.place_of(check, target)
            value = convert(check, value, place.type, value_node)
            stores.finish_store(check, target, place, value, value_node)
