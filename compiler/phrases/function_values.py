"""Python's own functions where a value stands, as the lambdas that they are there.

    {"+": operator.add, "max": max}     {"+": lambda a, b: a + b, "max": lambda a, b: max(a, b)}
    reduce(max, sizes)                  reduce(lambda a, b: max(a, b), sizes)
    pick = min                          pick = lambda a: min(a), or of as many as `pick` is called with

The lambda has the types with which it is called, wherever in the file that is (compiler/infer).

Source: Python Library Reference, modules builtins and operator.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import moved, placed

_SIGNS = {
    **dict.fromkeys(("add", "concat"), "+"),
    "sub": "-",
    "mul": "*",
    "truediv": "/",
    "floordiv": "//",
    "mod": "%",
    "pow": "**",
    "and_": "&",
    "or_": "|",
    "xor": "^",
    "lshift": "<<",
    "rshift": ">>",
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
}
_BEFORE = {"neg": "-", "not_": "not ", "pos": "+", "invert": "~", "inv": "~"}
_ONE = ("abs", "round", "sum", "any", "all", "sorted", "hex", "bin", "oct", "hash")
_SEVERAL = ("max", "min", "pow", "divmod")
_MATHS = ("sqrt", "floor", "ceil", "sin", "cos", "tan", "exp", "log", "log2", "log10", "factorial")
_TAKEN_BY_PYTHON = ("map", "filter", "sorted", "max", "min", "sort", "partial", "functools.partial")


def with_lambdas(tree: ast.Module) -> ast.Module:
    """Return the module with such values written out."""
    return _Values(tree).visit(tree)


class _Values(ast.NodeTransformer):
    """Rewrites the values of one module."""

    def __init__(self, tree: ast.Module) -> None:
        bound = {
            each.id
            for each in ast.walk(tree)
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
        } | {
            each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.ClassDef)
        }
        bound |= {each.arg for each in ast.walk(tree) if isinstance(each, ast.arg)}
        self.operators: dict[str, str] = {}
        self.builtins = {*_ONE, *_SEVERAL} - bound
        self.maths: set[str] = set()
        for statement in tree.body:
            if isinstance(statement, ast.ImportFrom) and statement.module == "operator":
                for each in statement.names:
                    self.operators[each.asname or each.name] = each.name
            if isinstance(statement, ast.ImportFrom) and statement.module == "math":
                self.maths |= {each.name for each in statement.names if each.asname is None}
        self.counts = _counts(tree)
        self.counts_in = {  # with how many arguments functions call their parameters
            each.name: [
                _counts(each).get(given.arg, 0) for given in each.args.args if given.arg != "self"
            ]
            for each in ast.walk(tree)
            if isinstance(each, ast.FunctionDef)
        }

    def visit_Dict(self, node: ast.Dict) -> ast.Dict:
        node.values = self.together(node.values)
        self.generic_visit(node)
        return node

    def visit_List(self, node: ast.List) -> ast.List:
        node.elts = self.together(node.elts)
        self.generic_visit(node)
        return node

    def visit_Tuple(self, node: ast.Tuple) -> ast.Tuple:
        node.elts = [self.as_lambda(each, 0) for each in node.elts]
        self.generic_visit(node)
        return node

    def together(self, values: list[ast.expr]) -> list[ast.expr]:
        """Return the values of a display; those that take any number take as many as others do."""
        is_binary = any(self.operator(each) in _SIGNS for each in values)
        is_binary = is_binary or any(
            isinstance(each, ast.Lambda) and len(each.args.args) == 2 for each in values
        )
        return [self.as_lambda(each, 2 if is_binary else 0) for each in values]

    def visit_Assign(self, node: ast.Assign) -> ast.Assign:
        match node.targets:
            case [ast.Name(id=name)]:
                node.value = self.as_lambda(node.value, self.counts.get(name, 0))
        self.generic_visit(node)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.IfExp:
        node.body, node.orelse = (self.as_lambda(each, 0) for each in (node.body, node.orelse))
        self.generic_visit(node)
        return node

    def visit_Return(self, node: ast.Return) -> ast.Return:
        if node.value is not None:
            node.value = self.as_lambda(node.value, 0)
        self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        word = ast.unparse(node.func)
        count = 2 if word.rpartition(".")[2] in ("reduce", "accumulate") else 0
        if word.rpartition(".")[2] not in _TAKEN_BY_PYTHON:
            counts = self.counts_in.get(word.rpartition(".")[2], [])
            for number, each in enumerate(node.args):
                wanted = counts[number] if number < len(counts) else count
                node.args[number] = self.as_lambda(each, wanted)
            for each in node.keywords:
                if each.arg != "key":
                    each.value = self.as_lambda(each.value, 0)
        self.generic_visit(node)
        return node

    def operator(self, node: ast.expr) -> str:
        match node:
            case ast.Attribute(value=ast.Name(id="operator"), attr=name):
                return name
            case ast.Name(id=name):
                return self.operators.get(name, "")
        return ""

    def as_lambda(self, node: ast.expr, count: int) -> ast.expr:
        """Return a function of Python's as a lambda of so many parameters; another value as it is."""
        name = self.operator(node)
        if name in _SIGNS:
            return _lambda(node, 2, f"a {_SIGNS[name]} b")
        if name in _BEFORE:
            return _lambda(node, 1, f"{_BEFORE[name]}a")
        match node:
            case ast.Attribute(value=ast.Name(id="math"), attr=word) if word in _MATHS:
                return _lambda(node, 1, f"math.{word}(a)")
            case ast.Name(id=word) if word in self.maths and word in _MATHS:
                return _lambda(node, 1, f"{word}(a)")
            case ast.Name(id=word) if word in self.builtins:
                number = 1 if word in _ONE else count or (2 if word in ("pow", "divmod") else 1)
                given = ", ".join("abc"[:number])
                return _lambda(node, number, f"{word}({given})")
        return node


def _lambda(at: ast.expr, count: int, body: str) -> ast.expr:
    names = "abc"[:count]
    made = ast.parse(f"lambda {', '.join(names)}: {body}", mode="eval").body
    return placed(at, moved(at, made))


def _counts(tree: ast.AST) -> dict[str, int]:
    """Return with how many arguments names are called."""
    return {
        each.func.id: len(each.args)
        for each in ast.walk(tree)
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and len(each.args) <= 3
    }
