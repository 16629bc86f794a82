"""Bindings: giving a local its value.

The first binding of a local fixes its type, or its annotation does; a later value that does not fit
is an error that names both places. A local of struct or Array type owns its storage if its first
value is fresh, and is an alias if that denotes a place; it never changes from one to the other.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    aliasing,
    containers,
    first_uses,
    members,
    names,
    narrowing,
    replacing,
    texts,
    value_unions,
)
from compiler.check.checker import Poisoned
from compiler.check.conversions import LITERAL, conversion_hint, described, settle, try_convert
from compiler.source import Note
from compiler.tree import Expression, Local, LocalRef
from compiler.types import (
    BROKEN,
    FORMAT,
    NEVER,
    NONE,
    GeneratorType,
    OptionalType,
    VariableDeclaration,
    is_place,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def bindable(check: Checker, target: ast.Name) -> Local | None:
    """Return the local that a name to be bound already is; None if this is its first binding."""
    name = target.id
    local = check.names.get(name)
    if local is not None:
        if local.type is BROKEN:
            raise Poisoned(check.span(target), "")
        return local
    used = check.globals_used.get(name)
    if used is not None and name not in check.poisoned:
        variable = isinstance(names.lookup(check, name), VariableDeclaration)
        raise check.error(
            target,
            f"'{name}' is bound here, which makes it a local of the whole function",
            f"write 'global {name}' first to set the module's variable"
            if variable
            else "choose another name",
            (Note(check.span(used), "but here it is used as a name of the module"),),
        )
    return None


def bind(check: Checker, target: ast.Name, value: Expression, value_node: ast.AST) -> Local:
    """Bind a local to a value that is checked, and emit it."""
    local, value = bound_local(check, target, value, value_node)
    ending, check.ending = check.ending, []
    value = texts.extended(check, local, value)
    check.emit(tree.SetLocal(check.span(target), local, value))
    check.out += ending
    note_bound(check, local, value)
    return local


def bound_local(
    check: Checker, target: ast.Name, value: Expression, value_node: ast.AST
) -> tuple[Local, Expression]:
    """Return the local that a name stands for, and the value converted for it."""
    if check.open or check.outer is not None:
        first_uses.given(check, target, lambda: value)
    local = bindable(check, target)
    if local is not None and is_new_one(check, local, value):
        end(check, target, local)
        local = None
    if local is None:
        value = settled_value(check, value_node, value)
        owns = not is_place(value.type) or tree.is_fresh(value)
        local = check.new_local(target.id, value.type, target, owns=owns)
        check.poisoned.discard(target.id)
    else:
        value = _fitting(check, target, local, value, value_node)
    return local, aliasing.bound_value(check, value_node, local, value)


def may_be_new_one(check: Checker, local: Local) -> bool:
    """True where a name may get a local of another type: all that follows in the function is behind
    this statement, and no function inside it uses the one before."""
    if check.depth != 1 or check.loops or not containers.in_program(check):
        return False
    return not is_place(local.type) and not any(
        local in made.closure.captures for made in check.root.closures
    )


def is_new_one(check: Checker, local: Local, value: Expression) -> bool:
    """True if a value is of another type than its name has had so far, and may be."""
    if local.type is BROKEN or value.type in (NONE, NEVER) or is_place(value.type):
        return False
    if not may_be_new_one(check, local):
        return False
    return try_convert(check, value, local.type) is None


def end(check: Checker, target: ast.Name, local: Local) -> None:
    """Let go of what a name held before it stands for another local."""
    del check.names[target.id]
    if not local.is_parameter and check.flow.is_bound(local):
        check.ending.append(tree.Delete(check.span(target), local))


def note_bound(check: Checker, local: Local, value: Expression) -> None:
    """From here on the local has this value."""
    flow = check.flow
    flow.forget(local)
    replacing.aliased(check, local, value)
    flow.bound.add(local)
    if isinstance(local.type, OptionalType) or value_unions.names_of(local.type):
        narrowing.assigned(check, local, value)


def settled_value(check: Checker, node: ast.AST, value: Expression) -> Expression:
    """Return the value of a first binding: its type is that of the local."""
    type = value.type
    if type is LITERAL:
        return settle(check, value)
    if type is NONE:
        if isinstance(value, tree.Literal):
            raise check.error(
                node,
                "None alone does not say what type the local has",
                "write 'name: T | None = None'",
            )
        raise check.error(node, "this call returns nothing", "call it on a line of its own")
    if type is NEVER:
        raise check.error(node, "this never returns, so nothing is bound")
    if isinstance(type, GeneratorType) and not containers.has(check, "list"):
        raise check.error(
            node, "a generator is consumed where it is made", "write 'for item in ...:'"
        )
    if type is FORMAT and not isinstance(value, LocalRef):
        raise check.error(
            node, "a Format is expanded where it is passed", "pass the f-string itself"
        )
    return value


def _fitting(
    check: Checker, target: ast.Name, local: Local, value: Expression, node: ast.AST
) -> Expression:
    """Return a later value of a local as its type."""
    converted = try_convert(check, value, local.type)
    if converted is None:
        note = Note(local.span, f"'{local.name}' got its type here: {described(local.type)}")
        hint = conversion_hint(check, value, local.type, node)
        if isinstance(value.type, OptionalType) and value.type.inner == local.type:
            hint = f"declare it as '{local.name}: {value.type}' where it gets its first value"
        elif value.type is NONE:
            hint = f"declare it as '{local.name}: {local.type} | None'"
        raise check.error(
            node,
            f"'{local.name}' is {described(local.type)}, and this is {described(value.type)}",
            hint,
            (note,),
        )
    if is_place(local.type) and local.owns != tree.is_fresh(converted):
        raise ownership_changes(check, node, local)
    if is_place(local.type) and local.owns:
        _check_rebound(check, node, local)
    return converted


def ownership_changes(check: Checker, node: ast.AST, local: Local):
    text = check.text(node)
    if local.is_parameter:
        return check.error(
            node,
            f"the parameter '{local.name}' is the caller's struct and cannot become another one",
            "bind a local of another name",
        )
    note = (Note(local.span, "its first value"),)
    if local.owns:
        return check.error(
            node,
            f"'{local.name}' holds a value of its own, and this would make it an alias of '{text}'",
            f"write copy({text}), or choose another name",
            note,
        )
    return check.error(
        node,
        f"'{local.name}' is an alias of a place, and this is a fresh value",
        "choose another name for it",
        note,
    )


def _check_rebound(check: Checker, node: ast.AST, local: Local) -> None:
    if members.is_pinned(local.type) and check.flow.is_bound(local):
        raise check.error(
            node,
            f"'{local.type}' is pinned, so '{local.name}' cannot get another value",
            "choose another name",
            (Note(local.span, "its first value"),),
        )
