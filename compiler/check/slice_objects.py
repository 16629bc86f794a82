"""`slice` as a value: what `__getitem__` gets for `object[a:b]`, and `values[part]` of one.

    object[a:b]             object.__getitem__(slice(a, b, None)), where it takes a slice
    values[part]            values[part.start : part.stop : part.step]

Only a module that names `slice` has it (phrases/slice_words.py).

Source: Python Language Reference, sections 3.3.7 and 6.3.2.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import special
from compiler.check.attempts import Snapshot
from compiler.check.checker import expression_of
from compiler.tree import Expression
from compiler.types import BYTES, STR, ClassDeclaration, NamedType, TupleType, Type

if TYPE_CHECKING:
    from compiler.check.checker import Checker

_MODULE = "_slices"


def are_here(check: Checker) -> bool:
    """True in a module that names `slice`."""
    return _class(check) is not None


def _class(check: Checker) -> ClassDeclaration | None:
    found = check.module.scope.get("slice")
    is_slice = isinstance(found, ClassDeclaration) and found.module.name == _MODULE
    return found if is_slice else None


@expression_of(ast.Slice)
def slice_value(check: Checker, node: ast.Slice, hint: Type | None) -> Expression:
    """`a:b:c` in the brackets of an object that takes a slice."""
    if not are_here(check):
        raise check.error(node, "this object takes no slice", "let its '__getitem__' take one")
    bounds = [each or ast.Constant(None) for each in (node.lower, node.upper, node.step)]
    made = ast.Call(ast.Name("slice", ast.Load()), bounds, [])
    for each in (made.func, *bounds, made):
        if not hasattr(each, "lineno"):
            ast.copy_location(each, node)
    return check.operand(made)


def written_out(check: Checker, node: ast.Subscript, base: Expression) -> ast.Subscript:
    """Return `base[part]` of a sequence of Python's with the bounds of the slice, if it is one."""
    is_sequence = base.type in (STR, BYTES) or isinstance(base.type, TupleType)
    is_sequence = is_sequence or special.find(check, base.type, "get_slice") is not None
    is_plain = isinstance(node.slice, ast.Slice | ast.Constant | ast.UnaryOp | ast.BinOp)
    if is_plain or not is_sequence or not are_here(check):
        return node
    before = Snapshot(check)
    part = check.operand(node.slice)
    if part.type != NamedType(_class(check)):
        before.restore()
        return node
    held = check.hidden_local("part", part.type, node)
    check.names[held.name] = held
    check.emit(tree.SetLocal(check.span(node), held, part))
    name = ast.Name(held.name, ast.Load())
    bounds = [ast.Attribute(name, each, ast.Load()) for each in ("start", "stop", "step")]
    made = ast.Subscript(node.value, ast.Slice(*bounds), node.ctx)
    for each in (name, *bounds, made.slice, made):
        ast.copy_location(each, node)
    return made


def stored_to(check: Checker, node: ast.Subscript) -> ast.Subscript:
    """Return the target of a store, or of `del`, with the bounds of the slice, if it is one."""
    if isinstance(node.slice, ast.Slice) or not are_here(check):
        return node
    before = Snapshot(check)
    base = check.operand(node.value)
    before.restore()
    return written_out(check, node, base)


def is_taken(check: Checker, base: Expression, method: str) -> bool:
    """True if an object has a special method that may take a slice."""
    return are_here(check) and special.find(check, base.type, method) is not None
