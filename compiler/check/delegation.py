"""`yield from` in a generator that is sent values, or returns one (compiler/phrases/two_way.py).

    yield from other        of a two-way generator:     of anything else:

                            for .item in other.items:   for .item in other:
                                yield .item                 yield .item
                                other.leave(...)
                            into = other.result()

What is sent goes on to `other`; its result is what the expression gives.

Source: Python Language Reference, section 6.2.9; PEP 380.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import values
from compiler.source import CompileError
from compiler.types import NamedType, Type

if TYPE_CHECKING:
    from compiler.check.checker import Checker

_TWO_WAY = "_TwoWay"
_CHANNEL = "_channel"


def delegation(check: Checker, node: ast.Expr) -> None:
    """`yield from iterable`, as a statement. `node.into`: the name that its result gets, if it has one."""
    value = values.settled(check, check.operand(node.value.value))
    held = check.hidden_local("iterated", value.type, node)
    check.names[held.name] = held
    check.emit(tree.SetLocal(value.span, held, value))
    into = getattr(node, "into", None)
    is_two_way = _is_two_way(value.type)
    if into is not None and not is_two_way:
        check.poisoned.add(into)
        raise _no_result(check, node)
    own = check.names.get(_CHANNEL)
    passes = is_two_way and own is not None and own.type.arguments[0] == value.type.arguments[1]
    lines = [f"for item in it{'.items' if is_two_way else ''}:", "    yield item"]
    if passes:
        lines.append("    it.leave(channel.value_or_none())")
    if into is not None:
        lines.append("into = it.result()")
    words = {"it": held.name, "item": f"{held.name}.item", "channel": _CHANNEL, "into": into}
    body = ast.parse("\n".join(lines)).body
    for statement in body:
        for part in ast.walk(statement):
            if isinstance(part, ast.Name):
                part.id = words[part.id]
            if hasattr(part, "lineno"):
                ast.copy_location(part, node)
        check.statement(statement)
    del check.names[held.name]


def _is_two_way(type: Type) -> bool:
    return isinstance(type, NamedType) and type.declaration.name == _TWO_WAY


def _no_result(check: Checker, node: ast.Expr) -> CompileError:
    text = check.text(node.value.value)
    return check.error(
        node,
        f"'{text}' returns nothing that 'yield from' could give",
        "let its function say '-> Generator[Y, S, R]', and return a value",
    )
