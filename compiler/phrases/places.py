"""Places in the source for new syntax, and what names of it are bound to."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)


def placed(at: ast.AST, node: Node) -> Node:
    """Give a new node, and what is new below it, the place of another one."""
    ast.copy_location(node, at)
    for child in ast.iter_child_nodes(node):
        has_place = isinstance(child, ast.expr | ast.stmt | ast.keyword | ast.alias)
        if isinstance(child, ast.comprehension) or (has_place and not hasattr(child, "lineno")):
            placed(at, child)
    return node


def moved(at: ast.AST, node: Node) -> Node:
    """Give a tree, all of which has places, that of another node."""
    for each in ast.walk(node):
        if hasattr(each, "lineno"):
            ast.copy_location(each, at)
    return node


def statements(at: ast.AST, source: str) -> list[ast.stmt]:
    """Return statements that stand, for errors and tracebacks, where a node does."""
    return [moved(at, each) for each in ast.parse(source).body]


def classes_of(tree: ast.Module) -> dict[str, ast.ClassDef]:
    """Return the classes of a module, but for those inside of others and of functions, by name."""
    return {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}


def call(function: str, *given: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(function, ast.Load()), list(given), [])


def shown(value: ast.expr, conversion: str = "", spec: str = "") -> ast.FormattedValue:
    """Return what shows a value inside an f-string."""
    format_spec = ast.JoinedStr([ast.Constant(spec)]) if spec else None
    return ast.FormattedValue(value, ord(conversion) if conversion else -1, format_spec)


def import_from(tree: ast.Module, module: str, *names: tuple[str, str | None]) -> None:
    """Let a module import names of another one, each with what it is called here."""
    there = {
        (each.module, alias.name, alias.asname)
        for each in tree.body
        if isinstance(each, ast.ImportFrom)
        for alias in each.names
    }
    names = tuple(each for each in names if (module, *each) not in there)
    if not names:
        return
    start = next(n for n, each in enumerate(tree.body) if not _is_first(each))
    at = tree.body[start]
    made = placed(at, ast.ImportFrom(module, [ast.alias(*each) for each in names], 0))
    for each in made.names:
        ast.copy_location(each, at)
    tree.body.insert(start, made)


def _is_first(statement: ast.stmt) -> bool:
    """True for what stands before all imports."""
    is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return is_text or isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def import_abstract(tree: ast.Module) -> None:
    """Let a module name ABC and abstractmethod, unless it does already."""
    start, known = 0, set()
    for number, statement in enumerate(tree.body):
        is_docstring = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        match statement:
            case ast.ImportFrom(module="__future__"):
                start = number + 1
            case ast.ImportFrom(module="abc", names=names):
                known |= {each.asname or each.name for each in names}
            case _ if is_docstring and number == 0:
                start = 1
    missing = [ast.alias(each, None) for each in ("ABC", "abstractmethod") if each not in known]
    if missing:
        place = tree.body[min(start, len(tree.body) - 1)]
        for each in missing:
            ast.copy_location(each, place)
        tree.body.insert(start, placed(place, ast.ImportFrom("abc", missing, 0)))


def bound_once(tree: ast.Module) -> dict[str, ast.expr]:
    """Return what names are assigned that are bound in one place of the module only."""
    bound: Counter[str] = Counter()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
                bound[name] += 1
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                bound[name] += 1
            case ast.alias(name=name, asname=other):
                bound[other or name] += 1
            case ast.MatchAs(name=str() as name) | ast.ExceptHandler(name=str() as name):
                bound[name] += 1
            case ast.MatchStar(name=str() as name) | ast.MatchMapping(rest=str() as name):
                bound[name] += 1
    found: dict[str, ast.expr] = {}
    for node in ast.walk(tree):
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ) if bound[name] == 1:
                found[name] = value
    return found
