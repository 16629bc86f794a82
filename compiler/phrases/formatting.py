"""Formats with `%` and `format` as the f-strings that say the same.

    "%d of %5.2f%%" % (a, b)             f"{a:d} of {b:5.2f}%"
    "{}: {name:>4}".format(a, name=b)    f"{a}: {b:>4}"
    format(a, ".2f")                     f"{a:.2f}"

The format must be a literal. An argument that stands in several fields must be a name or a literal, as it
would be evaluated more than once.

Source: Python Library Reference, "printf-style String Formatting" and "Format String Syntax".
"""

from __future__ import annotations

import ast
import copy
import re
import string

from compiler.phrases.places import placed, shown

_FIELD = re.compile(
    r"%(?:(?P<flags>[-+ 0#]*)(?P<width>\d*)(?:\.(?P<precision>\d+))?(?P<kind>.))", re.DOTALL
)
_NUMBERS = "dioxXeEfFgG"


class Formatting(ast.NodeTransformer):
    """Rewrites the formats of one module."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.BinOp(left=ast.Constant(value=str() as text), op=ast.Mod(), right=right):
                given = right.elts if isinstance(right, ast.Tuple) else [right]
                values = _percent_fields(text, given)
                if values is not None:
                    return placed(node, ast.JoinedStr(values))
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Call(
                func=ast.Name(id="format"),
                args=[value, ast.Constant(value=str() as spec)],
                keywords=[],
            ) if "{" not in spec and "}" not in spec:
                return placed(node, ast.JoinedStr([shown(value, "", spec)]))
            case ast.Call(func=ast.Name(id="format"), args=[value], keywords=[]):
                return placed(node, ast.JoinedStr([shown(value)]))
            case ast.Call(
                func=ast.Attribute(value=ast.Constant(value=str() as text), attr="format")
            ):
                values = _format_fields(text, node)
                if values is not None:
                    return placed(node, ast.JoinedStr(values))
        return node


def _percent_fields(text: str, given: list[ast.expr]) -> list[ast.expr] | None:
    """Return the parts of `text % given`; None if they are none that this file knows."""
    values: list[ast.expr] = []
    waiting = list(given)
    at = 0
    for field in _FIELD.finditer(text):
        values += _literal(text[at : field.start()])
        at = field.end()
        if field["kind"] == "%":
            values.append(ast.Constant("%"))
            continue
        if not waiting or isinstance(waiting[0], ast.Starred):
            return None
        made = _percent_field(field, waiting.pop(0))
        if made is None:
            return None
        values.append(made)
    return None if waiting or "%" in text[at:] else values + _literal(text[at:])


def _percent_field(field: re.Match[str], value: ast.expr) -> ast.expr | None:
    """Return one field; None for a kind or flag that f-strings do not have."""
    flags, width, kind = field["flags"], field["width"], field["kind"]
    point = "" if field["precision"] is None else f".{field['precision']}"
    if kind in "sr":
        if flags.strip("-"):
            return None
        spec = f"{'<' if '-' in flags else '>'}{width}" if width else ""
        return shown(value, kind, spec + point)
    if kind == "c" or kind not in _NUMBERS or (point and kind in "dioxX"):
        return None
    kind = "d" if kind in "iu" else kind
    align = "<" if "-" in flags else ""
    sign = "+" if "+" in flags else " " if " " in flags else ""
    other = "#" if "#" in flags else ""
    zero = "0" if "0" in flags and not align else ""
    return shown(value, "", f"{align}{sign}{other}{zero}{width}{point}{kind}")


def _format_fields(text: str, node: ast.Call) -> list[ast.expr] | None:
    """Return the parts of `text.format(...)`; None if they are none that this file knows."""
    named = {each.arg: each.value for each in node.keywords}
    if None in named or any(isinstance(each, ast.Starred) for each in node.args):
        return None
    values: list[ast.expr] = []
    used: set[str] = set()
    number = 0
    try:
        fields = list(string.Formatter().parse(text))
    except ValueError:
        return None
    for literal, name, spec, conversion in fields:
        values += _literal(literal)
        if name is None:
            continue
        if name == "":
            name = str(number)
            number += 1
        value = _argument(name, node.args, named)
        if value is None or "{" in (spec or "") or (name in used and not _is_free(value)):
            return None
        used.add(name)
        values.append(shown(copy.deepcopy(value), conversion or "", spec or ""))
    return values


def _argument(
    name: str, given: list[ast.expr], named: dict[str | None, ast.expr]
) -> ast.expr | None:
    """Return what a field shows: an argument, or a part of one."""
    first = re.match(r"\w+", name)
    if first is None:
        return None
    base = first[0]
    if base.isdigit():
        value = given[int(base)] if int(base) < len(given) else None
    else:
        value = named.get(base)
    rest = name[first.end() :]
    if value is None or not rest:
        return value
    if re.fullmatch(r"(\.\w+|\[\d+\])+", rest) is None:
        return None
    for attribute, index in re.findall(r"\.(\w+)|\[(\d+)\]", rest):
        if attribute:
            value = ast.Attribute(value, attribute, ast.Load())
        else:
            value = ast.Subscript(value, ast.Constant(int(index)), ast.Load())
    return value


def _is_free(value: ast.expr) -> bool:
    """True if it makes no difference how often this is evaluated."""
    return isinstance(value, ast.Name | ast.Constant)


def _literal(text: str) -> list[ast.expr]:
    return [ast.Constant(text)] if text else []
