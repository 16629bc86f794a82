"""Words of `operator` and `functools` that make functions, as the lambdas that they stand for.

    itemgetter(1), itemgetter(0, 1)     lambda x: x[1], lambda x: (x[0], x[1])
    attrgetter("a.b")                   lambda x: x.a.b
    methodcaller("strip", "x")          lambda x: x.strip("x")
    cmp_to_key(f)                       lambda x: CompareKey(x, f)
    max(d, key=d.get)                   max(d, key=lambda x: d[x])

and the comparisons that `@total_ordering` adds to a class.

Source: Python Library Reference, modules operator and functools.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import placed

_GETTERS = ("itemgetter", "attrgetter", "methodcaller")
_ITEM = "item__"  # the parameter of each lambda
_MISSING = {  # what total_ordering makes of one comparison, as CPython does
    "__lt__": {
        "__gt__": "not self < other and self != other",
        "__le__": "self < other or self == other",
        "__ge__": "not self < other",
    },
    "__le__": {
        "__ge__": "not self <= other or self == other",
        "__lt__": "self <= other and self != other",
        "__gt__": "not self <= other",
    },
    "__gt__": {
        "__lt__": "not self > other and self != other",
        "__ge__": "self > other or self == other",
        "__le__": "not self > other",
    },
    "__ge__": {
        "__le__": "not self >= other or self == other",
        "__gt__": "self >= other and self != other",
        "__lt__": "not self >= other",
    },
}


class FunctionalWords(ast.NodeTransformer):
    """Rewrites these words in one module."""

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt:
        gone: tuple[str, ...] = ()
        if node.module == "operator":
            gone = _GETTERS
        elif node.module == "functools":
            gone = ("total_ordering", "cmp_to_key")
        names = [each for each in node.names if each.name not in gone]
        if node.module == "functools" and any(each.name == "cmp_to_key" for each in node.names):
            names.append(ast.copy_location(ast.alias("CompareKey", None), node))
        if all(each in names for each in node.names):
            return node
        made = ast.ImportFrom(node.module, names, 0) if names else ast.Pass()
        return ast.copy_location(made, node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        self.generic_visit(node)
        words = ("total_ordering", "functools.total_ordering")
        kept = [each for each in node.decorator_list if ast.unparse(each) not in words]
        if len(kept) < len(node.decorator_list):
            node.decorator_list = kept
            node.body += _comparisons(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Call(
                func=ast.Name(id=word) | ast.Attribute(value=ast.Name(id="operator"), attr=word)
            ) if word in _GETTERS:
                body = _gotten(word, node)
                return node if body is None else _lambda(node, body)
            case ast.Call(func=ast.Name(id="cmp_to_key"), args=[function]):
                key = ast.Call(ast.Name("CompareKey", ast.Load()), [_item(), function], [])
                return _lambda(node, key)
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="functools") as module, attr="cmp_to_key"),
                args=[function],
            ):
                word = ast.Attribute(module, "CompareKey", ast.Load())
                return _lambda(node, ast.Call(word, [_item(), function], []))
            case ast.Call(func=ast.Name(id="max" | "min" | "sorted"), args=[source]):
                for keyword in node.keywords:
                    keyword.value = _looked_up(keyword, source)
        return node


def _item() -> ast.Name:
    return ast.Name(_ITEM, ast.Load())


def _lambda(at: ast.AST, body: ast.expr) -> ast.Lambda:
    parameter = ast.copy_location(ast.arg(_ITEM), at)
    return placed(at, ast.Lambda(ast.arguments([], [parameter], None, [], [], None, []), body))


def _gotten(word: str, node: ast.Call) -> ast.expr | None:
    """Return what the function that a call makes gives for an item; None for another call."""
    if word == "methodcaller":
        match node.args:
            case [ast.Constant(value=str() as name), *given]:
                return ast.Call(ast.Attribute(_item(), name, ast.Load()), given, node.keywords)
        return None
    parts: list[ast.expr] = []
    for argument in node.args:
        if word == "itemgetter":
            parts.append(ast.Subscript(_item(), argument, ast.Load()))
        elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            value: ast.expr = _item()
            for name in argument.value.split("."):
                value = ast.Attribute(value, name, ast.Load())
            parts.append(value)
        else:
            return None
    if node.keywords or not parts:
        return None
    return parts[0] if len(parts) == 1 else ast.Tuple(parts, ast.Load())


def _looked_up(keyword: ast.keyword, source: ast.expr) -> ast.expr:
    """Return the key of a call over the keys of a dict, whose `get` finds a value for each."""
    match keyword, source:
        case (
            ast.keyword(arg="key", value=ast.Attribute(value=ast.Name(id=name), attr="get")),
            ast.Name(id=other)
            | ast.Call(func=ast.Attribute(value=ast.Name(id=other), attr="keys"), args=[]),
        ) if name == other:
            mapping = ast.Name(name, ast.Load())
            return _lambda(keyword.value, ast.Subscript(mapping, _item(), ast.Load()))
    return keyword.value


def _comparisons(node: ast.ClassDef) -> list[ast.stmt]:
    """Return the comparisons that a class lacks."""
    own = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
    root = next((name for name in ("__lt__", "__le__", "__gt__", "__ge__") if name in own), None)
    if root is None or len(own[root].args.args) != 2:
        return []
    annotation = own[root].args.args[1].annotation
    type = "object" if annotation is None else ast.unparse(annotation)
    made: list[ast.stmt] = []
    for name, body in _MISSING[root].items():
        if name not in own:
            code = f"def {name}(self, other: {type}) -> bool:\n    return {body}\n"
            made += ast.parse(code).body
    for statement in made:
        for part in ast.walk(statement):
            if hasattr(part, "lineno"):
                ast.copy_location(part, node)
    return made
