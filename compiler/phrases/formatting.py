"""Formats with `%` and `format` as the f-strings that say the same.

    "%d of %5.2f%%" % (a, b)             f"{a:d} of {b:5.2f}%"
    "{}: {name:>4}".format(a, name=b)    f"{a}: {b:>4}"
    format(a, spec)                      f"{a:{spec}}"
    "%d %s" % pair                       f"{pair[0]:d} {pair[1]}"
    "%(a)s" % found                      f"{found['a']}"

The format must be a literal, or a name that the module binds once, to one. An argument that stands in several fields must be a name or a literal, as it
would be evaluated more than once.

Source: Python Library Reference, "printf-style String Formatting" and "Format String Syntax".
"""

from __future__ import annotations

import ast
import copy
import re
import string

from compiler.phrases.places import bound_once, placed, shown

_FIELD = re.compile(
    r"%(?:(?P<flags>[-+ 0#]*)(?P<width>\d*)(?:\.(?P<precision>\d+))?(?P<kind>.))", re.DOTALL
)
_NUMBERS = "dioxXeEfFgG"


class Formatting(ast.NodeTransformer):
    """Rewrites the formats of one module."""

    def __init__(self) -> None:
        self.literals: dict[str, str] = {}  # what names are bound to that are bound once

    def visit_Module(self, node: ast.Module) -> ast.Module:
        self.literals = {
            name: value.value
            for name, value in bound_once(node).items()
            if isinstance(value, ast.Constant) and isinstance(value.value, str)
        }
        self.generic_visit(node)
        return node

    def literal(self, node: ast.expr) -> str | None:
        """Return the text that an expression is known to be."""
        match node:
            case ast.Constant(value=str() as text):
                return text
            case ast.Name(id=name):
                return self.literals.get(name)
        return None

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.BinOp(left=left, op=ast.Mod(), right=right):
                text = self.literal(left)
                values = None if text is None else _percent_values(text, right)
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
            ):
                return placed(node, ast.JoinedStr([shown(value, "", spec)]))
            case ast.Call(func=ast.Name(id="format"), args=[value, spec], keywords=[]):
                made = ast.FormattedValue(value, -1, ast.JoinedStr([shown(spec)]))
                return placed(node, ast.JoinedStr([made]))
            case ast.Call(func=ast.Name(id="format"), args=[value], keywords=[]):
                return placed(node, ast.JoinedStr([shown(value)]))
            case ast.Call(func=ast.Attribute(value=value, attr="format")):
                text = self.literal(value)
                values = None if text is None else _format_fields(text, node)
                if values is not None:
                    return placed(node, ast.JoinedStr(values))
        return node


def _percent_values(text: str, right: ast.expr) -> list[ast.expr] | None:
    """Return the parts of `text % right`, where right may be a tuple or a dict."""
    names = re.findall(r"%(?:%|\((\w+)\))", text)
    if any(names):
        return _percent_named(text, right)
    if isinstance(right, ast.Tuple):
        return _percent_fields(text, right.elts)
    count = sum(field["kind"] != "%" for field in _FIELD.finditer(text))
    if count < 2 or not isinstance(right, ast.Name):
        return _only_field(_percent_fields(text, [right]))
    items = [ast.Subscript(right, ast.Constant(index), ast.Load()) for index in range(count)]
    return _percent_fields(text, copy.deepcopy(items))


def _only_field(values: list[ast.expr] | None) -> list[ast.expr] | None:
    """Mark the one field of parts: a tuple there is not shown, its items are the fields."""
    for each in values or []:
        if isinstance(each, ast.FormattedValue):
            each.is_only_field = True
    return values


def _percent_named(text: str, right: ast.expr) -> list[ast.expr] | None:
    """Return the parts of `text % right` whose fields have names: items of a dict."""
    order: list[str] = []

    def unnamed(found: re.Match[str]) -> str:
        if found[1] is not None:
            order.append(found[1])
        return "%%" if found[1] is None else "%"

    plain = re.sub(r"%(?:%|\((\w+)\))", unnamed, text)
    match right:
        case ast.Dict(keys=keys, values=values) if all(isinstance(k, ast.Constant) for k in keys):
            given = dict(zip([key.value for key in keys], values, strict=True))
            if sorted(order) != sorted(given):
                return None
            return _percent_fields(plain, [given[name] for name in order])
        case ast.Name():
            items = [ast.Subscript(right, ast.Constant(name), ast.Load()) for name in order]
            return _percent_fields(plain, copy.deepcopy(items))
    return None


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
        if value is None or (name in used and not _is_free(value)):
            return None
        used.add(name)
        parts: list[ast.expr] = []
        for before, inner, inner_spec, inner_conversion in string.Formatter().parse(spec or ""):
            parts += _literal(before)
            if inner is None:
                continue
            if inner == "":
                inner = str(number)
                number += 1
            part = _argument(inner, node.args, named)
            if part is None or inner_spec or inner_conversion or not _is_free(part):
                return None
            used.add(inner)
            parts.append(shown(copy.deepcopy(part)))
        field = shown(copy.deepcopy(value), conversion or "")
        field.format_spec = ast.JoinedStr(parts) if parts else None
        values.append(field)
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
