"""Words: functions of lang and builtins of Python that the compiler itself knows.

Each is entered in a table by `@word`, in the file of its idea:

    integer_words    arithmetic that wraps, bits, min, max, abs
    place_words      copies, addresses, sizes, owners, len
    machine_words    what is one instruction, or written as instructions

What a word computes is a node of the tree.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from compiler.backend.target import TARGETS
from compiler.check import classes, unsupported, values
from compiler.tree import Call, Expression
from compiler.types import FORMAT, NONE, FunctionDeclaration, FunctionInstance, Type

if TYPE_CHECKING:
    from compiler.check.checker import Checker

Handler = Callable[["Checker", ast.Call, "Type | None"], Expression]
WORDS: dict[str, Handler] = {}


def word(*names: str) -> Callable[[Handler], Handler]:
    """Enter a function as what checks calls of these words."""

    def enter(handler: Handler) -> Handler:
        WORDS.update(dict.fromkeys(names, handler))
        return handler

    return enter


def call(check: Checker, node: ast.Call, name: str, hint: Type | None) -> Expression:
    """Check the call of a word."""
    handler = WORDS.get(name)
    if handler is None:
        raise unsupported.called(check, node, name)
    return handler(check, node, hint)


def arguments(
    check: Checker, node: ast.Call, form: str, least: int, most: int | None = None
) -> list[ast.expr]:
    """Return the positional arguments; `form` shows how the word is written."""
    most = least if most is None else most
    if node.keywords or not least <= len(node.args) <= most:
        raise check.error(node, f"'{form.partition('(')[0]}' is written otherwise", f"write {form}")
    return node.args


def name_of(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id


@word("print")
def print_line(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`print(a, b, sep=" ", end="\\n")`: text, written by the world of a program or test."""
    world = check.unit.modules.get(TARGETS[check.unit.target].world)
    writer = world.scope.get("print_text") if world is not None else None
    if not isinstance(writer, FunctionDeclaration):
        raise check.error(node, f"a {check.unit.target} has no 'print'", 'write log.info(f"...")')
    text = check.expression(_printed(check, node), FORMAT)
    instance = FunctionInstance(writer)
    check.unit.request(instance, check.span(node))
    return Call(check.span(node), NONE, instance, check.unit.signature(instance), [text])


def _printed(check: Checker, node: ast.Call) -> ast.JoinedStr:
    """Return what `print` writes as the f-string that says the same."""
    between = {"sep": " ", "end": "\n"}
    for keyword in node.keywords:
        if keyword.arg == "flush":
            continue  # every line is written at once
        text = keyword.value.value if isinstance(keyword.value, ast.Constant) else ...
        if keyword.arg not in between or not isinstance(text, str | None):
            raise check.error(
                keyword.value,
                f"print has no '{keyword.arg}', or no literal text for it",
                'write sep="..." and end="..."; file=... makes a statement',
            )
        between[keyword.arg] = between[keyword.arg] if text is None else text
    parts: list[ast.expr] = []
    for number, argument in enumerate(node.args):
        if number > 0:
            parts.append(ast.Constant(between["sep"]))
        if isinstance(argument, ast.JoinedStr):
            parts += argument.values
        else:
            part = ast.copy_location(ast.FormattedValue(argument, -1, None), argument)
            part.is_late = True
            parts.append(part)
    parts.append(ast.Constant(between["end"]))
    return ast.copy_location(ast.JoinedStr(parts), node)


@word("embed")
def embed(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`embed(path)` is a constant of the module."""
    raise check.error(
        node, "'embed' makes a constant of a module", "write NAME = embed(path) at module level"
    )


@word("isinstance")
def is_instance(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`isinstance(x, Class)`."""
    return classes.isinstance_call(check, node)


@word("bool")
def truth(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`bool(x)`: the truth of a value."""
    (argument,) = arguments(check, node, "bool(x)", 1)
    return values.truth(check, check.operand(argument), argument)
