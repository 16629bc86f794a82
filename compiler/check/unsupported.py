"""What of Python the language does not have, and what to write instead."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler.check.checker import expression_of, statement_of
from compiler.tree import Expression
from compiler.types import Type

if TYPE_CHECKING:
    from compiler.check.checker import Checker

_EXPRESSIONS: dict[type[ast.expr], tuple[str, str]] = {
    ast.Await: ("'await' is not part of the language", "operations complete requests instead"),
    ast.Yield: ("'yield' is a statement", "write 'name = yield ...' on the line before"),
    ast.YieldFrom: (
        "'yield from' is not part of the language",
        "write 'for item in ...:' and 'yield item'",
    ),
    ast.Starred: ("a starred expression stands only in an unpacking", "write each item out"),
    ast.Slice: ("a slice stands only in brackets", "write a[start:stop]"),
}


@expression_of(*_EXPRESSIONS)
def expression(check: Checker, node: ast.expr, hint: Type | None) -> Expression:
    message, advice = _EXPRESSIONS[type(node)]
    raise check.error(node, message, advice)


_STATEMENTS: dict[type[ast.stmt], tuple[str, str]] = {
    ast.ClassDef: ("a class inside a function", "declare it at module level"),
    ast.AsyncFunctionDef: (
        "'async' is not part of the language",
        "operations complete requests instead",
    ),
    ast.AsyncFor: ("'async' is not part of the language", "write 'for'"),
    ast.AsyncWith: ("'async' is not part of the language", "write 'with'"),
    ast.Import: ("an import inside a function", "imports stand at the top of the module"),
    ast.ImportFrom: ("an import inside a function", "imports stand at the top of the module"),
}


@statement_of(*_STATEMENTS)
def statement(check: Checker, node: ast.stmt) -> None:
    message, advice = _STATEMENTS[type(node)]
    raise check.error(node, message, advice)


_CALLED: dict[str, str] = {
    "list": "use core.collections.vector",
    "dict": "use core.collections.hash_map",
    "set": "use core.collections.hash_map",
    "tuple": "write the tuple out: (a, b)",
    "str": 'write into a TextBuffer, or pass an f-string: f"{x}"',
    "bytes": "write a literal, or fill an Array[u8, N]",
    "repr": 'pass an f-string: f"{x!r}"',
    "hex": 'pass an f-string: f"{x:#x}"',
    "open": "programs open files so; the kernel by kernel.fs",
    "oct": 'pass an f-string: f"{x:#o}"',
    "chr": "see core.text.utf8",
    "sorted": "sort in place: core.sort",
    "map": "write a loop",
    "filter": "write a loop with 'if'",
    "iter": "write 'for item in ...:'",
    "next": "call the method that advances the iterator",
    "range": "a range stands in 'for' and after 'in'",
    "enumerate": "enumerate stands in 'for'",
    "zip": "zip stands in 'for'",
    "reversed": "reversed stands in 'for'",
    "id": "write address_of(x).address, or borrow(x).address",
    "type": "ask isinstance(x, Class)",
    "pow": "write x ** n",
    "round": "floats are not part of the kernel's language",
    "issubclass": "classes are not values; ask isinstance(x, Class)",
    "super": "write super().method(...)",
    "sum": "write a loop",
    "any": "write a loop",
    "all": "write a loop",
    "property": "write it as a decorator",
    "staticmethod": "write it as a decorator",
    "classmethod": "write it as a decorator",
}


def called(check: Checker, node: ast.Call, name: str):
    """Return the error that a word of Python's cannot be called in the language."""
    hint = _CALLED.get(name, "")
    return check.error(node, f"'{name}' cannot be called here", hint)
