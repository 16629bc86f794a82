"""Calls of methods of Python's containers: which method a call means, by its arguments.

xs.sort(key=f)                  sort_by
d.get(k, v), d.pop(k, v)        get_or, pop_or
d.update(pairs), d.update(a=1)  update, with a new dict of these
d.keys()                        a view, where no loop is over it
s.update(iterable)              update_from, where it is no set
dict.fromkeys(keys, value)      a comprehension
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import calls, containers, members, values
from compiler.declare import Member
from compiler.tree import Expression
from compiler.types import BOOL, Type

if TYPE_CHECKING:
    from compiler.check.checker import Checker

_VIEWS = ("keys", "values", "items")
_IN_ORDER = (  # methods of set for which it matters in which order the items of an iterable come
    "update",
    "union",
    "intersection",
    "intersection_update",
    "difference",
    "difference_update",
)
_OF_SETS = (
    *_IN_ORDER,
    "symmetric_difference",
    "symmetric_difference_update",
    "issubset",
    "issuperset",
    "isdisjoint",
)


def method_call(
    check: Checker, node: ast.Call, object: Expression, member: Member, hint: Type | None
) -> Expression:
    """`object.name(...)` of a container."""
    type, name = object.type, member.declaration.name
    if containers.is_container(type, "set") and name in _OF_SETS and len(node.args) == 1:
        return _of_set(check, node, object, name)
    if containers.is_container(type, "frozenset") and name in _OF_SETS and len(node.args) == 1:
        elements = containers.plain_set(check, node, object, ("frozenset",))
        value = _of_set(check, node, elements, name)
        return value if value.type is BOOL else containers.frozen(check, node, value)
    if containers.is_container(type, "dict") and name == "update":
        return _update(check, node, object, member)
    name, node = _overloaded(check, type, node, name)
    return calls.method(check, node, object, members.find(check, type, name), hint)


def _overloaded(check: Checker, type: Type, node: ast.Call, name: str) -> tuple[str, ast.Call]:
    """Return the method that a call means, and the call."""
    if name == "sort" and any(each.arg == "key" for each in node.keywords):
        return "sort_by", node
    if not containers.is_container(type, "dict"):
        return name, node
    if name in _VIEWS and check.iterated is not node:
        return f"{name}_view", node
    if name in ("get", "pop", "setdefault"):
        is_none = len(node.args) == 2 and (
            isinstance(node.args[1], ast.Constant) and node.args[1].value is None
        )
        if is_none and name in ("get", "pop"):
            name = "pop_or_none" if name == "pop" else name
            return name, ast.copy_location(ast.Call(node.func, node.args[:1], []), node)
        if len(node.args) == 2 and name != "setdefault":
            return f"{name}_or", node
    return name, node


def _of_set(check: Checker, node: ast.Call, object: Expression, name: str) -> Expression:
    """A method of set with any iterable."""
    if node.keywords:
        raise check.error(node.keywords[0].value, f"'{name}' takes one iterable")
    (given,) = node.args
    value = None
    if not _is_given_once(check, given):
        before = len(check.out)
        value = check.operand(given, object.type)
        value = containers.plain_set(check, node, value, ("frozenset",))
        if not containers.is_container(value.type, "set"):
            del check.out[before:]
            value = None
    if value is None and name in _IN_ORDER:
        value = containers.as_list(check, given, object.type.arguments[0])
        name = f"{name}_from"
    elif value is None:
        copied = ast.copy_location(ast.Call(ast.Name("set", ast.Load()), [given], []), node)
        value = containers.set_of(check, copied, object.type, object.type)
    member = members.find_method(check, object.type, name)
    return calls.method_with_values(check, node, object, member, [value])


def _is_given_once(check: Checker, node: ast.expr) -> bool:
    """True for what only a loop can run over."""
    return isinstance(node, ast.GeneratorExp) or containers.is_lazy(check, node)


def _update(check: Checker, node: ast.Call, object: Expression, member: Member) -> Expression:
    """`d.update(other)`, `d.update(pairs)`, `d.update(a=1)`."""
    if node.args and node.keywords:
        raise check.error(node, "'update' takes one iterable, or names", "write two calls")
    if len(node.args) == 1 and not _is_given_once(check, node.args[0]):
        before = len(check.out)
        value = check.operand(node.args[0], object.type)
        if containers.is_container(value.type, "dict"):
            return calls.method_with_values(check, node, object, member, [value])
        del check.out[before:]
    name = ast.copy_location(ast.Name("dict", ast.Load()), node)
    copied = ast.copy_location(ast.Call(name, node.args, node.keywords), node)
    value = containers.dict_of(check, copied, object.type, object.type)
    return calls.method_with_values(check, node, object, member, [value])


def from_keys(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`dict.fromkeys(keys, value)`: the value once, and then a comprehension."""
    if node.keywords or not 1 <= len(node.args) <= 2:
        raise check.error(node, "'fromkeys' takes keys and a value")
    wanted = containers.arguments_of(hint, "dict")
    given = node.args[1] if len(node.args) == 2 else ast.copy_location(ast.Constant(None), node)
    source = node.args[0]
    around, check.out = check.out, []
    if not isinstance(given, ast.Constant | ast.Name):  # it comes after the keys, and once
        source = _held(
            check, node, containers.as_list(check, source, wanted[0] if wanted else None)
        )
        value = check.operand(given, wanted[1] if wanted else None)
        given = _held(check, node, values.settled(check, value))
    key = ast.copy_location(ast.Name(".key", ast.Load()), node)
    target = ast.copy_location(ast.Name(".key", ast.Store()), node)
    loop = ast.comprehension(target, source, [], 0)
    made = check.operand(ast.copy_location(ast.DictComp(key, given, [loop]), node), hint)
    statements, check.out = check.out, around
    return tree.Steps(check.span(node), made.type, statements, made)


def _held(check: Checker, node: ast.AST, value: Expression) -> ast.Name:
    """Keep a value in a hidden local, and return its name."""
    local = check.hidden_local("held", value.type, node)
    check.names[local.name] = local
    check.emit(tree.SetLocal(value.span, local, value))
    return ast.copy_location(ast.Name(local.name, ast.Load()), node)
