"""Stars in calls, and the parameters that collect what others leave: `*args` and `**options`.

    def total(*values: int)         values: tuple[int, ...], which a call makes of all that it gives
    def show(**options: str)        options: dict[str, str]
    total(1, *more)                 the items of more go into the new tuple
    area(*size)                     of a tuple: its items are arguments one by one
    max(*values)                    max(values)
    (1, *more)                      a tuple display: the same, of any length where that of more is not known

Source: Python Language Reference, sections 6.3.4 and 8.7.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from compiler import tree
from compiler.check import tuples
from compiler.types import (
    FunctionDeclaration,
    ParameterDeclaration,
    ParameterKind,
    TupleType,
    Word,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker

_OF_ITERABLES = ("max", "min")


def expanded(check: Checker, node: ast.Call, found: Any) -> ast.Call:
    """Return a call with the items of starred tuples written out."""
    if not any(isinstance(each, ast.Starred) for each in node.args):
        return node
    if isinstance(found, Word) and found.name in _OF_ITERABLES and len(node.args) == 1:
        plain = ast.Call(node.func, [node.args[0].value], node.keywords)
        return ast.copy_location(plain, node)
    arguments: list[ast.expr] = []
    for each in node.args:
        arguments += _items(check, each) if isinstance(each, ast.Starred) else [each]
    is_open = any(isinstance(each, ast.Starred) for each in arguments)
    if is_open and isinstance(found, Word) and found.name in _OF_ITERABLES:
        arguments = [_joined(node, arguments)]
    return ast.copy_location(ast.Call(node.func, arguments, node.keywords), node)


def display(check: Checker, node: ast.Tuple) -> ast.expr:
    """Return a tuple display with the items of starred tuples written out, or as `tuple(...)` of a list."""
    items: list[ast.expr] = []
    for each in node.elts:
        items += _items(check, each) if isinstance(each, ast.Starred) else [each]
    if not any(isinstance(each, ast.Starred) for each in items):
        return ast.copy_location(ast.Tuple(items, ast.Load()), node)
    word = ast.copy_location(ast.Name("tuple", ast.Load()), node)
    return ast.copy_location(ast.Call(word, [_joined(node, items)], []), node)


def _joined(node: ast.expr, items: list[ast.expr]) -> ast.expr:
    """Return the list of items of which some are starred."""
    whole: ast.expr | None = None
    for each in items:
        part: ast.expr = ast.List([each], ast.Load())
        if isinstance(each, ast.Starred):
            part = ast.Call(ast.Name("list", ast.Load()), [each.value], [])
        whole = part if whole is None else ast.BinOp(whole, ast.Add(), part)
    for each in ast.walk(whole):
        if isinstance(each, ast.expr) and not hasattr(each, "lineno"):
            ast.copy_location(each, node)
    return whole


def _items(check: Checker, node: ast.Starred) -> list[ast.expr]:
    """Return the items of a starred tuple, or the star itself if how many there are is not known."""
    if isinstance(node.value, ast.Tuple | ast.List):
        return node.value.elts
    if isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "range":
        return [node]
    value = tuples.of_record(check, node, check.operand(node.value))
    if not isinstance(value.type, TupleType):
        return [node]
    local = check.hidden_local("starred", value.type, node)
    check.names[local.name] = local
    check.emit(tree.SetLocal(value.span, local, value))
    items: list[ast.expr] = []
    for number in range(len(value.type.items)):
        name = ast.Name(local.name, ast.Load())
        item = ast.Subscript(name, ast.Constant(number), ast.Load())
        for each in (name, item.slice, item):
            ast.copy_location(each, node)
        items.append(item)
    return items


def refuse(check: Checker, node: ast.Call) -> None:
    """Report the stars of a call whose function has as many parameters as it says."""
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            raise check.error(argument, "a call lists its arguments", "write each one out")
    for keyword in node.keywords:
        if keyword.arg is None:
            raise check.error(keyword.value, "a call lists its arguments", "write each one out")


def bind(
    check: Checker,
    node: ast.Call,
    function: FunctionDeclaration,
    parameters: list[ParameterDeclaration],
) -> list[ast.expr | None]:
    """Return the argument of each parameter, as `calls.bind` does: what is left goes into a tuple and
    a dict of its own."""
    from compiler.check import calls

    plain = [each for each in parameters if not each.collects]
    names = {each.name for each in plain if each.kind is not ParameterKind.POSITIONAL_ONLY}
    count = sum(each.kind is not ParameterKind.KEYWORD_ONLY for each in plain)
    first, rest = node.args[:count], node.args[count:]
    named = [each for each in node.keywords if each.arg in names]
    others = [each for each in node.keywords if each.arg not in names]
    for parameter in parameters:
        if parameter.collects == "*":
            collected: ast.expr = _tuple(node, rest)
            rest = []
        elif parameter.collects == "**":
            mapping = _dict(node, others)
            others = []
    less = ast.copy_location(ast.Call(node.func, [*first, *rest], [*named, *others]), node)
    bound = iter(calls.bind(check, less, function, plain))
    return [
        next(bound) if not each.collects else collected if each.collects == "*" else mapping
        for each in parameters
    ]


def _tuple(node: ast.Call, items: list[ast.expr]) -> ast.expr:
    place = items[0] if items else node
    if not any(isinstance(each, ast.Starred) for each in items):
        return ast.copy_location(ast.Tuple(items, ast.Load()), place)
    from compiler.phrases.displays import Displays

    listed = Displays().visit(ast.copy_location(ast.List(items, ast.Load()), place))
    word = ast.copy_location(ast.Name("tuple", ast.Load()), place)
    return ast.copy_location(ast.Call(word, [listed], []), place)


def _dict(node: ast.Call, given: list[ast.keyword]) -> ast.expr:
    keys: list[ast.expr | None] = [
        None if each.arg is None else ast.copy_location(ast.Constant(each.arg), each.value)
        for each in given
    ]
    place = given[0].value if given else node
    return ast.copy_location(ast.Dict(keys, [each.value for each in given]), place)
