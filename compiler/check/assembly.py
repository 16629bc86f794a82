"""`asm`: instructions that no language has, with LLVM's constraints.

    asm("in {1}, {0}" ...)  no: operands are $0, $1, ... outputs first, then inputs, AT&T syntax
    inputs=[("{dx}", port)]     a constraint and a value each: an integer, bool, enum, Ptr
    outputs=[("={al}", u8)]     a constraint and a type each
    clobbers=["memory"]         what else the instructions change

The value is None, one value, or a tuple. An asm is never moved or dropped.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import narrowing
from compiler.check.conversions import LITERAL, described, settle
from compiler.tree import Expression
from compiler.types import (
    BOOL,
    NONE,
    CFunctionType,
    FloatType,
    IntType,
    OptionalType,
    PointerType,
    TupleType,
    Type,
    is_enum,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker

_FORM = 'asm("...", inputs=[("{eax}", x)], outputs=[("={eax}", u32)], clobbers=["memory"])'


def call(check: Checker, node: ast.Call) -> Expression:
    """Check one `asm(...)`."""
    names = ("template", "inputs", "outputs", "clobbers")
    given: dict[str, ast.expr] = dict(zip(names, node.args, strict=False))
    for keyword in node.keywords:
        if keyword.arg not in names:
            raise check.error(keyword.value, f"asm has no '{keyword.arg}'", f"write {_FORM}")
        if keyword.arg in given:
            raise check.error(keyword.value, f"'{keyword.arg}' is given twice")
        given[keyword.arg] = keyword.value
    if "template" not in given:
        raise check.error(node, "asm needs its instructions", f"write {_FORM}")
    if len(node.args) > len(names):
        extra = node.args[len(names)]
        raise check.error(extra, f"asm takes {len(names)} arguments at most", f"write {_FORM}")

    template = _text(check, given["template"])
    outputs = [_output(check, pair) for pair in _pairs(check, given.get("outputs"))]
    inputs = [_input(check, pair) for pair in _pairs(check, given.get("inputs"))]
    clobbers = [_text(check, each) for each in _items(check, given.get("clobbers"))]
    _check_operands(check, given["template"], template, len(inputs) + len(outputs))
    narrowing.forget_memory(check, node)
    types = tuple(type for _, type in outputs)
    result: Type = NONE if not types else types[0] if len(types) == 1 else TupleType(types)
    return tree.Assembly(check.span(node), result, template, inputs, outputs, clobbers)


def _items(check: Checker, node: ast.expr | None) -> list[ast.expr]:
    if node is None:
        return []
    if isinstance(node, ast.List | ast.Tuple):
        return node.elts
    raise check.error(node, "a list that is written out is expected here", f"write {_FORM}")


def _pairs(check: Checker, node: ast.expr | None) -> list[ast.Tuple]:
    pairs = _items(check, node)
    for pair in pairs:
        if not isinstance(pair, ast.Tuple) or len(pair.elts) != 2:
            raise check.error(pair, "an operand is a pair with its constraint", f"write {_FORM}")
    return pairs


def _text(check: Checker, node: ast.expr) -> str:
    """Return a text that is known while compiling: a literal, or a constant by its name."""
    if isinstance(node, ast.Constant | ast.Name | ast.Attribute):
        value = check.operand(node)
        if isinstance(value, tree.StringLiteral) and isinstance(value.value, str):
            return value.value
    raise check.error(
        node,
        "a text that is known while compiling is expected here",
        "write a literal or a constant",
    )


def _input(check: Checker, pair: ast.Tuple) -> tuple[str, Expression]:
    constraint = _text(check, pair.elts[0])
    if constraint.startswith(("=", "~")):
        place = "outputs" if constraint.startswith("=") else "clobbers"
        raise check.error(
            pair.elts[0], f"'{constraint}' is no constraint of an input", f"see {place}=[...]"
        )
    value = check.operand(pair.elts[1])
    value = settle(check, value) if value.type is LITERAL else value
    _check_scalar(check, pair.elts[1], value.type)
    return constraint, value


def _output(check: Checker, pair: ast.Tuple) -> tuple[str, Type]:
    constraint = _text(check, pair.elts[0])
    if not constraint.startswith("="):
        raise check.error(
            pair.elts[0], "the constraint of an output starts with '='", f'write "={constraint}"'
        )
    type = check.type_of(pair.elts[1])
    _check_scalar(check, pair.elts[1], type)
    return constraint, type


def _check_scalar(check: Checker, node: ast.expr, type: Type) -> None:
    inner = type.inner if isinstance(type, OptionalType) else type
    if isinstance(inner, PointerType | CFunctionType):
        return
    if isinstance(type, IntType | FloatType) or type is BOOL or is_enum(type):
        return
    hint = "" if type is NONE else "pass its address"
    raise check.error(node, f"{described(type)} does not fit a register", hint)


def _check_operands(check: Checker, node: ast.expr, template: str, count: int) -> None:
    """The operands that the instructions name must exist."""
    for number in re.findall(r"\$\{?(\d+)", template.replace("$$", "")):
        if int(number) >= count:
            there = "there is 1" if count == 1 else f"there are {count or 'none'}"
            raise check.error(node, f"operand ${number} does not exist: {there}")
