"""`for a, b in zip(x, y)` in programs: what has an index is gone through by index, all else is asked for its items.

    all have a length               while index < len(x) and index < len(y): a, b = x[index], y[index]; index += 1
    one is an iterator              while (a = next(x); b = next(y); none has ended): ...

In the second form the first that has no more items ends the loop, and those behind it are not asked any more,
as it is in Python; so an iterator may be without an end, and may stand there twice.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import containers, generator_values, iterables, loop_targets
from compiler.check.checker import expression_of
from compiler.read import BUILTINS
from compiler.tree import Expression, Literal, Local, LocalRef
from compiler.types import (
    BOOL,
    BYTES,
    STR,
    ArrayType,
    GeneratorType,
    NamedType,
    SliceType,
    TupleType,
    Type,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


class Advanced(ast.expr):
    """Asks each of some iterators for its next item; true if all had one."""

    _fields = ()

    def __init__(self, iterators: list[str], items: list[str]) -> None:
        super().__init__()
        self.iterators = iterators
        self.items = items


def loop(
    check: Checker, node: ast.For, target: ast.expr, given: list[ast.expr], is_strict: bool
) -> None:
    """Check a loop over several iterables. is_strict: all must have one length, so all are taken at once."""
    if is_strict:
        held = [iterables.held(check, each) for each in given]
    else:
        held = [_held(check, each) for each in given]
    loop_targets.renew(check, target, TupleType(tuple(_item(check, node, each) for each in held)))
    if all(_is_indexed(check.names[each].type) for each in held):
        iterables.by_index(check, node, target, held, False, is_strict)
        return
    iterators = [_iterator(check, node, each) for each in held]
    items = [f"{each}.item" for each in iterators]
    whole = ast.Tuple([ast.Name(each, ast.Load()) for each in items], ast.Load())
    bind = ast.Assign([target], whole)
    made = ast.While(Advanced(iterators, items), [bind, *node.body], node.orelse)
    check.statement(generator_values.placed(node, made))


@expression_of(Advanced)
def advanced(check: Checker, node: Advanced, hint: Type | None) -> Expression:
    """.all = True; try: .a = next(.x); .b = next(.y) except StopIteration: .all = False"""
    span = check.span(node)
    has_all = check.hidden_local("all", BOOL, node)
    stop = NamedType(check.unit.modules[BUILTINS].scope["StopIteration"])
    around, check.out = check.out, []
    for name, item in zip(node.iterators, node.items, strict=True):
        iterator = check.names[name]
        value = generator_values.following(check, node, LocalRef(span, iterator.type, iterator))
        local = check.names[item] = check.hidden_local("item", value.type, node)
        check.emit(tree.SetLocal(span, local, value))
    asked, check.out = check.out, around
    ended = [tree.SetLocal(span, has_all, Literal(span, BOOL, False))]
    begin = tree.SetLocal(span, has_all, Literal(span, BOOL, True))
    steps = tree.Try(span, asked, [tree.Handler(span, [stop], None, ended)], [], [])
    return tree.Steps(span, BOOL, [begin, steps], LocalRef(span, BOOL, has_all))


def _held(check: Checker, node: ast.expr) -> str:
    """Hold what is zipped: what has an index as it is, other containers as a list, all else as an iterator."""
    word = containers.lazy_word(check, node)
    if word == "range":
        return iterables.held(check, node)
    if word or isinstance(node, ast.GeneratorExp):
        return _kept(check, node, generator_values.iterator(check, node, node)).name
    local = _kept(check, node, check.operand(node))
    if _is_indexed(local.type) or isinstance(local.type, GeneratorType):
        return local.name
    name = ast.copy_location(ast.Name(local.name, ast.Load()), node)
    if (
        local.type is BYTES
        or not isinstance(local.type, NamedType)
        or containers.is_any(local.type)
    ):
        return iterables.held(check, name)
    return _kept(check, node, generator_values.iterator(check, node, name)).name


def _kept(check: Checker, node: ast.expr, value: Expression) -> Local:
    local = check.hidden_local("zipped", value.type, node)
    check.emit(tree.SetLocal(check.span(node), local, value))
    check.names[local.name] = local
    return local


def _is_indexed(type: Type) -> bool:
    return (
        isinstance(type, SliceType | ArrayType)
        or type is STR
        or containers.is_container(type, "list")
    )


def _item(check: Checker, node: ast.For, held: str) -> Type:
    """Return the type of the items of what is held."""
    type = check.names[held].type
    match type:
        case SliceType(element=element) | ArrayType(element=element):
            return element
        case NamedType(arguments=(element,)) if containers.is_container(type, "list"):
            return element
        case _ if type is STR:
            return STR
    held_value = LocalRef(check.span(node), type, check.names[held])
    return generator_values.following(check, node, held_value).type


def _iterator(check: Checker, node: ast.For, held: str) -> str:
    """Return the name of an iterator over what is held."""
    if not _is_indexed(check.names[held].type):
        return held
    name = ast.copy_location(ast.Name(held, ast.Load()), node)
    return _kept(check, node, generator_values.iterator(check, node, name)).name
