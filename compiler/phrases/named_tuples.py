"""`namedtuple("Point", "x y")` as the class that it makes, in the program's own file.

    Point = namedtuple("Point", ["x", "y"])     class Point(NamedTuple):
                                                    x: Any
                                                    y: Any

What the fields hold is told by what they are given (compiler/infer).

Source: Python Library Reference, collections.namedtuple.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import placed

_WORDS = ("namedtuple", "collections.namedtuple")


def with_classes(tree: ast.Module) -> ast.Module:
    """Return the module with classes in the place of named tuples."""
    made = {number: _class_of(each) for number, each in enumerate(tree.body)}
    if not any(made.values()):
        return tree
    tree.body = [made[number] or each for number, each in enumerate(tree.body)]
    for each in tree.body:
        if isinstance(each, ast.ImportFrom) and each.module == "collections":
            each.names = [name for name in each.names if name.name != "namedtuple"]
    tree.body = [each for each in tree.body if getattr(each, "names", True)]
    place = next(n for n, each in enumerate(tree.body) if not _stands_first(each))
    words = [ast.alias("Any", None), ast.alias("NamedTuple", None)]
    tree.body.insert(place, placed(tree.body[place], ast.ImportFrom("typing", words, 0)))
    return tree


def _stands_first(statement: ast.stmt) -> bool:
    is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return is_text or getattr(statement, "module", "") == "__future__"


def _class_of(statement: ast.stmt) -> ast.ClassDef | None:
    match statement:
        case ast.Assign(
            targets=[ast.Name(id=name)], value=ast.Call(func=word, args=[_, fields], keywords=words)
        ) if ast.unparse(word) in _WORDS:
            pass
        case _:
            return None
    try:
        names = ast.literal_eval(fields)
    except ValueError:
        return None
    if isinstance(names, str):
        names = names.replace(",", " ").split()
    defaults: list[ast.expr] = []
    for each in words:
        if each.arg != "defaults" or not isinstance(each.value, ast.List | ast.Tuple):
            return None
        defaults = each.value.elts
    given = [None] * (len(names) - len(defaults)) + defaults
    body = [
        ast.AnnAssign(ast.Name(each, ast.Store()), ast.Name("Any", ast.Load()), value, 1)
        for each, value in zip(names, given)
    ]
    made = ast.ClassDef(name, [ast.Name("NamedTuple", ast.Load())], [], body, [], type_params=[])
    return placed(statement, made)
