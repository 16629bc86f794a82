"""Threads that call a function with arguments.

    Thread(target=f)                    Thread(target=bound_0(f), function="f")
    Thread(target=f, args=(x, y))       Thread(target=bound_2(f, x, y), function="f")

and `super().__init__(target=f, args=(x, y))`. The arguments are evaluated where they stand, and are a tuple or a list that is
written there. `group=None`, and `kwargs={}`, say nothing and go.

Only a module that imports threading has them.

Source: Python Library Reference, module threading.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import placed

_MODULE = "threading"
MOST = 6  # arguments that lib/python/library/threading.py has a function for


class ThreadWords(ast.NodeTransformer):
    """Rewrites the uses of Thread in one module."""

    def __init__(self) -> None:
        self.modules: set[str] = set()  # names of the module
        self.names: set[str] = set()  # names of the class
        self.bound: dict[str, None] = {}  # functions that are called by their own names

    def visit_Module(self, node: ast.Module) -> ast.Module:
        found = None
        for statement in node.body:
            if isinstance(statement, ast.Import):
                self.modules |= {
                    each.asname or each.name for each in statement.names if each.name == _MODULE
                }
            elif isinstance(statement, ast.ImportFrom) and statement.module == _MODULE:
                classes = [each for each in statement.names if each.name == "Thread"]
                self.names |= {each.asname or each.name for each in classes}
                found = statement if classes else found
        if self.modules or self.names:
            self.generic_visit(node)
        if found is not None:
            found.names += [placed_alias(each, found) for each in self.bound]
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        if not self.makes_thread(node.func):
            return node
        given = {each.arg: each.value for each in node.keywords}
        for word, nothing in (("group", "None"), ("kwargs", "{}"), ("kwargs", "None")):
            if word in given and ast.unparse(given[word]) == nothing:
                del given[word]
        target, arguments = given.get("target"), given.pop("args", ast.Tuple([], ast.Load()))
        is_written = isinstance(arguments, ast.Tuple | ast.List)
        if target is None or not is_written or len(arguments.elts) > MOST:
            return node
        given["target"] = self.function(node, len(arguments.elts), target, arguments.elts)
        name = name_of(target)
        if name:
            given["function"] = ast.Constant(name)
        node.keywords = [ast.keyword(word, value) for word, value in given.items()]
        return placed(node, node)

    def makes_thread(self, function: ast.expr) -> bool:
        match function:
            case ast.Name(id=name):
                return name in self.names
            case ast.Attribute(value=ast.Name(id=module), attr="Thread"):
                return module in self.modules
            case ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr="__init__"):
                return True
        return False

    def function(
        self, node: ast.Call, count: int, target: ast.expr, arguments: list[ast.expr]
    ) -> ast.expr:
        """Return what binds a target to its arguments."""
        word = f"bound_{count}"
        if self.names:
            self.bound[word] = None
            binder: ast.expr = ast.Name(word, ast.Load())
        else:
            module = min(self.modules)
            binder = ast.Attribute(ast.Name(module, ast.Load()), word, ast.Load())
        return placed(node, ast.Call(binder, [target, *arguments], []))


def name_of(target: ast.expr) -> str:
    """Return what a function is called, as far as its expression says that."""
    match target:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Lambda():
            return "<lambda>"
    return ""


def placed_alias(name: str, statement: ast.ImportFrom) -> ast.alias:
    return ast.copy_location(ast.alias(name, None), statement)
