"""`singledispatch` and `singledispatchmethod` in the program's own file: a function that tests the type.

    @singledispatch                     def show__otherwise(value): return "something"
    def show(value): return "something"
                                        def show__1(value: int): return f"int {value}"
    @show.register              ->
    def _(value: int):                  def show(value: object):
        return f"int {value}"               if isinstance(value, int):
                                                return show__1(value)
                                            return show__otherwise(value)

Classes are asked for before those that they derive from.

Before: the tree of the program's file, as Python parses it. After: one without such decorators.

Source: Python Library Reference, functools.singledispatch.
"""

from __future__ import annotations

import ast
import builtins
import copy

from compiler.phrases.places import placed

_FOR_FUNCTIONS = ("singledispatch", "functools.singledispatch")
_FOR_METHODS = ("singledispatchmethod", "functools.singledispatchmethod")


def with_tests(tree: ast.Module) -> ast.Module:
    """Return the module with such functions written out."""
    lines = _lines(tree)
    found = _in_body(tree.body, _FOR_FUNCTIONS, lines)
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            found = _in_body(node.body, _FOR_METHODS, lines) or found
    if found:
        _take_words(tree)
    return tree


def _take_words(tree: ast.Module) -> None:
    for each in list(tree.body):
        if isinstance(each, ast.ImportFrom) and each.module == "functools":
            words = (*_FOR_FUNCTIONS, *_FOR_METHODS)
            each.names = [name for name in each.names if name.name not in words]
            if not each.names:
                tree.body.remove(each)


def _lines(tree: ast.Module) -> dict[str, int]:
    """Return how many classes each class of the file derives from."""
    found: dict[str, int] = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = 1 + max((_depth(each, found) for each in node.bases), default=1)
    return found


def _depth(node: ast.expr, lines: dict[str, int]) -> int:
    """Return how many classes a class derives from, or the least of those that a union has."""
    if isinstance(node, ast.BinOp):
        return min(_depth(node.left, lines), _depth(node.right, lines))
    name = ast.unparse(node)
    known = getattr(builtins, name, None)
    return lines.get(name, len(known.__mro__) if isinstance(known, type) else 1)


def _in_body(body: list[ast.stmt], words: tuple[str, ...], lines: dict[str, int]) -> bool:
    """Write out the functions of one body; return whether there are such."""
    functions = [
        each
        for each in body
        if isinstance(each, ast.FunctionDef)
        and [ast.unparse(part) for part in each.decorator_list] in [[word] for word in words]
    ]
    for node in functions:
        is_method = words is _FOR_METHODS
        cases: list[tuple[ast.expr, str]] = []
        last = node
        for each in body:
            if isinstance(each, ast.FunctionDef):
                made = _case(node, each, len(cases), is_method)
                if made:
                    last = each
                    cases += made
        cases.sort(key=lambda case: _depth(case[0], lines), reverse=True)
        front = _front(node, cases, is_method)
        node.name = f"{node.name}__otherwise"
        node.decorator_list = []
        body.insert(body.index(last) + 1, front)
    return bool(functions)


def _case(
    node: ast.FunctionDef, case: ast.FunctionDef, number: int, is_method: bool
) -> list[tuple[ast.expr, str]]:
    """Return the types for which a function is registered, each with its name; none if it is not."""
    types: list[ast.expr] = []
    first = case.args.args[is_method] if len(case.args.args) > is_method else None
    for each in case.decorator_list:
        match each:
            case ast.Attribute(value=ast.Name(id=name), attr="register") if name == node.name:
                types.append(first.annotation)
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr="register"), args=[type]
            ) if name == node.name:
                types.append(type)
    if not types:
        return []
    case.decorator_list = []
    if case.name in ("_", node.name):
        case.name = f"{node.name}__{number + 1}"
    if first.annotation is None:
        first.annotation = _annotation(types)
    return [(copy.deepcopy(each), case.name) for each in types]


def _annotation(types: list[ast.expr]) -> ast.expr | None:
    """Return what a function registered for one class takes; what is in a list is found by its values."""
    is_plain = len(types) == 1 and ast.unparse(types[0]) not in ("list", "dict", "set", "tuple")
    return copy.deepcopy(types[0]) if is_plain else None


def _front(
    node: ast.FunctionDef, cases: list[tuple[ast.expr, str]], is_method: bool
) -> ast.FunctionDef:
    """Return the function that asks for the type of its first argument."""
    front = copy.deepcopy(node)
    front.decorator_list = []
    given = [*front.args.args, *front.args.kwonlyargs]
    first = front.args.args[is_method]
    first.annotation = placed(node, ast.Name("object", ast.Load()))

    def call(name: str) -> ast.stmt:
        function: ast.expr = ast.Name(name, ast.Load())
        if is_method:
            function = ast.Attribute(ast.Name(given[0].arg, ast.Load()), name, ast.Load())
        passed = [ast.Name(each.arg, ast.Load()) for each in given[is_method:]]
        return ast.Return(ast.Call(function, passed, []))

    front.body = []
    for type, name in cases:
        test = ast.Call(
            ast.Name("isinstance", ast.Load()), [ast.Name(first.arg, ast.Load()), type], []
        )
        front.body.append(ast.If(test, [call(name)], []))
    front.body.append(call(f"{node.name}__otherwise"))
    for each in front.body:
        placed(node, each)
    return front
