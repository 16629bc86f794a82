"""Classes of the program's own file with a `__new__`: it is a function that makes the object.

    class Settings:                             class Settings:
        _instance = None                            _instance = None
        def __new__(cls):                           @staticmethod
            if cls._instance is None:               def new__():
                cls._instance =           ->            if Settings._instance is None:
                    super().__new__(cls)                    Settings._instance = Settings()
            return cls._instance                        return Settings._instance
        def __init__(self): ...                     def initialised__(self): ...

    Settings()                                  Settings.new__().initialised__()

What `__new__` stores in the object is stored by a method of its own, so that it is a field. A class from which others
derive, or that derives from one of Python's, stays as it is.

Before: the tree of the program's file, as Python parses it. After: one whose classes have no `__new__`.

Source: Python Language Reference, section 3.3.1.
"""

from __future__ import annotations

import ast
import copy

from compiler.phrases.places import moved, placed, statements


def with_functions(tree: ast.Module) -> ast.Module:
    """Return the module with functions in the place of `__new__`."""
    bases = {
        ast.unparse(base)
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        for base in node.bases
    }
    made: dict[str, bool] = {}  # the classes, and whether they have an `__init__`
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name not in bases and not node.bases:
            new = _method(node, "__new__")
            if new is not None and new.args.args:
                made[node.name] = _rewrite(node, new)
    return _Calls(made).visit(tree) if made else tree


def _method(node: ast.ClassDef, name: str) -> ast.FunctionDef | None:
    return next((e for e in node.body if isinstance(e, ast.FunctionDef) and e.name == name), None)


def _rewrite(node: ast.ClassDef, new: ast.FunctionDef) -> bool:
    """Rewrite one class; return whether it has an `__init__`."""
    initialiser = _method(node, "__init__")
    own = new.args.args.pop(0).arg
    if initialiser is not None:
        if new.args.vararg or new.args.kwarg:  # whatever it is given is for `__init__`
            taken = copy.deepcopy(initialiser.args)
            taken.args = taken.args[1:]
            new.args = taken
        initialiser.name = "initialised__"
    inside = _InNew(own, node.name)
    new = inside.visit(new)
    new.name = "new__"
    new.returns = placed(new, ast.Name(node.name, ast.Load()))
    new.decorator_list = [placed(new, ast.Name("staticmethod", ast.Load()))]
    for name in inside.stored:
        code = f"def {name}__stored(self, value__):\n    self.{name} = value__"
        (method,) = ast.parse(code).body
        node.body.append(moved(new, method))
    if initialiser is not None:
        node.body.append(_made(node, initialiser, new))
    return initialiser is not None


def _made(node: ast.ClassDef, initialiser: ast.FunctionDef, new: ast.FunctionDef) -> ast.stmt:
    """Return what makes an object and calls its `__init__`."""
    taken = copy.deepcopy(initialiser.args)
    taken.args = taken.args[1:]
    given = ", ".join(each.arg for each in taken.args)
    named = "".join(f", {each.arg}={each.arg}" for each in taken.kwonlyargs)
    code = f"""
@staticmethod
def made__({ast.unparse(taken)}) -> {node.name}:
    made__ = {node.name}.new__({given if new.args.args else ""}{named if new.args.kwonlyargs else ""})
    made__.initialised__({given}{named})
    return made__
"""
    (made,) = statements(new, code)
    return made


class _InNew(ast.NodeTransformer):
    """Rewrites the body of a `__new__`."""

    def __init__(self, own: str, owner: str) -> None:
        self.own = own
        self.owner = owner
        self.stored: dict[str, None] = {}

    def visit_Call(self, node: ast.Call) -> ast.expr:
        own_super = f"super({self.owner}, {self.own}).__new__"
        if ast.unparse(node.func) in ("super().__new__", "object.__new__", own_super):
            return placed(node, ast.Call(ast.Name(self.owner, ast.Load()), [], []))
        self.generic_visit(node)
        return node

    def visit_Return(self, node: ast.Return) -> ast.stmt | list[ast.stmt]:
        """What is returned is an object, whatever else its place may hold."""
        self.generic_visit(node)
        if node.value is None or isinstance(node.value, ast.Name):
            return node
        found = ast.Assign([ast.Name("found__", ast.Store())], node.value)
        again = ast.Name("found__", ast.Load())
        test = ast.Compare(again, [ast.IsNot()], [ast.Constant(None)])
        return [placed(node, each) for each in (found, ast.Assert(test), ast.Return(again))]

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        self.generic_visit(node)
        match node.targets:
            case [ast.Attribute(value=object, attr=name)] if ast.unparse(object) != self.owner:
                self.stored[name] = None
                method = ast.Attribute(_loaded(object), f"{name}__stored", ast.Load())
                return placed(node, ast.Expr(ast.Call(method, [node.value], [])))
        return node

    def visit_Name(self, node: ast.Name) -> ast.Name:
        if node.id == self.own:
            node.id = self.owner
        return node


def _loaded(node: ast.expr) -> ast.expr:
    node = copy.deepcopy(node)
    node.ctx = ast.Load()
    return node


class _Calls(ast.NodeTransformer):
    """Rewrites `Class(...)` where the class has a `__new__`."""

    def __init__(self, made: dict[str, bool]) -> None:
        self.made = made

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        if node.name != "new__":
            self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in self.made:
            word = "made__" if self.made[node.func.id] else "new__"
            node.func = placed(node.func, ast.Attribute(node.func, word, ast.Load()))
        return node
