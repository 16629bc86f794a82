"""`findall` of patterns with several groups, and the types of `re`.

    re.findall(r"(\\w)=(\\d)", text)              re.findall_of_2(...), a list of pairs
    PAIR = re.compile(r"(\\w)=(\\d)")
    PAIR.findall(text)                          PAIR.findall_of_2(text)
    re.Match[str], re.Pattern[str]              re.Match, re.Pattern
    key, rest = m.groups()                      m.groups__or_none(), where `rest` is tested for None

The pattern must be a literal, or a name that the module binds once, to one or to a compiled one.

Source: Python Library Reference, module re.
"""

from __future__ import annotations

import ast
import re
import warnings

from compiler.infer.syntax import tested
from compiler.phrases.places import bound_once, placed

_MATCHING = ("fullmatch", "match", "search")
_MOST = 4  # groups that `re` of the library has a function for


class RegexWords(ast.NodeTransformer):
    """Rewrites the uses of `re` in one module."""

    def __init__(self) -> None:
        self.values: dict[str, ast.expr] = {}
        self.asked: set[str] = set()  # what a function tests for None
        self.matches: set[str] = set()  # names of what `match` and its like give

    def visit_Module(self, node: ast.Module) -> ast.Module:
        if any(_imports(each) for each in node.body):
            self.values = bound_once(node)
            self.matches = {name for each in ast.walk(node) for name in _bound_to_match(each)}
            self.generic_visit(node)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        around, self.asked = self.asked, {part for each in ast.walk(node) for part in tested(each)}
        self.generic_visit(node)
        self.asked = around
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.stmt | list[ast.stmt]:
        """What is asked whether it is None may be that, if its group took no part."""
        self.generic_visit(node)
        match node.targets, node.value:
            case [ast.Name(id=name)], value if name in self.asked:
                _or_none(value)
            case [ast.Tuple(elts=targets)], ast.Call(
                func=ast.Attribute(value=ast.Name() as match_, attr="groups"), args=[]
            ) if self.asked & {ast.unparse(each) for each in targets}:
                _or_none(node.value)
                return [node, *self.present(targets, match_)]
        return node

    def present(self, targets: list[ast.expr], match_: ast.Name) -> list[ast.stmt]:
        """Return what gives the targets that nobody asks a text without None."""
        made: list[ast.stmt] = []
        for number, target in enumerate(targets, 1):
            if isinstance(target, ast.Name) and target.id not in self.asked:
                group = ast.Attribute(match_, "group", ast.Load())
                text = ast.Call(group, [ast.Constant(number)], [])
                made.append(placed(target, ast.Assign([target], text)))
                targets[number - 1] = placed(target, ast.Name(f"{target.id}__or_none", ast.Store()))
        return made

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.BoolOp:
        self.generic_visit(node)
        if isinstance(node.op, ast.Or):
            node.values[:-1] = [self.by_method(each) for each in node.values[:-1]]
            for each in node.values[:-1]:
                _or_none(each)
        return node

    def by_method(self, node: ast.expr) -> ast.expr:
        """Return `m.group(1)` for `m[1]`."""
        match node:
            case ast.Subscript(value=ast.Name(id=name) as value, slice=ast.Constant() as number):
                if name in self.matches:
                    group = ast.Attribute(value, "group", ast.Load())
                    return placed(node, ast.Call(group, [number], []))
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Subscript(
                value=ast.Attribute(value=ast.Name(id="re"), attr="Match" | "Pattern")
                | ast.Name(id="Match" | "Pattern"),
                slice=ast.Name(id="str"),
            ):
                return node.value
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr="findall"), args=[p, *_]
            ):
                pattern = self.pattern(p)
            case ast.Call(func=ast.Attribute(value=value, attr="findall")):
                pattern = self.pattern(value)
            case _:
                return node
        count = 0 if pattern is None else _groups(pattern)
        if 2 <= count <= _MOST:
            node.func.attr = f"findall_of_{count}"
        return node

    def pattern(self, node: ast.expr) -> str | None:
        """Return the text of a pattern, where it is known."""
        match node:
            case ast.Constant(value=str() as text):
                return text
            case ast.Name(id=name) if name in self.values:
                return self.pattern(self.values[name])
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr="compile"), args=[p, *_]
            ):
                return self.pattern(p)
        return None


def _bound_to_match(node: ast.AST) -> list[str]:
    """Return the name that gets a match, or None, here."""
    match node:
        case (
            ast.Assign(targets=[ast.Name(id=name)], value=value)
            | ast.NamedExpr(target=ast.Name(id=name), value=value)
        ):
            is_match = isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute)
            return [name] if is_match and value.func.attr in _MATCHING else []
        case ast.For(target=ast.Name(id=name), iter=ast.Call(func=ast.Attribute(attr="finditer"))):
            return [name]
    return []


def _or_none(node: ast.expr) -> None:
    """Let `m.groups()`, `m.group(2)`, `m.group("name")` and `m.lastgroup` give None where a group took no part."""
    match node:
        case ast.Call(func=ast.Attribute(attr="groups") as word, args=[]):
            word.attr = "groups__or_none"
        case ast.Call(
            func=ast.Attribute(attr="group") as word,
            args=[ast.Constant(value=int() | str() as group)],
        ) if group != 0:
            word.attr = "group__or_none"
        case ast.Attribute(attr="lastgroup"):
            node.attr = "lastgroup__or_none"


def _imports(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom) and any(
        isinstance(node, ast.ImportFrom) and node.module == "re" or alias.name == "re"
        for alias in node.names
    )


def _groups(pattern: str) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.compile(pattern).groups
    except (re.error, OverflowError):
        return 0  # the program finds out
