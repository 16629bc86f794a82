"""`vars(object)` and `object.__dict__`, read: a method of each class of the file for which it is asked.

    class Shown:                                class Shown:
        def __repr__(self):                         def __repr__(self):
            return str(vars(self))        ->            return str(self.vars__())
                                                    def vars__(self): return {}
    class Point(Shown):
        def __init__(self, x, y):               class Point(Shown): ...
            self.x = x                              def vars__(self): return {"x": self.x, "y": self.y}
            self.y = y

The dict is made anew each time, so that storing in it is an error. Fields come in the order in which
`__init__`, and those of the bases where it calls them, gives them a value.

Before: the tree of the program's file, whose classes have one base each. After: one without these words.

Source: Python Library Reference, vars; Language Reference, section 3.2.8.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import classes_of, placed, statements

_METHOD = "vars__"
_CHANGING = ("update", "setdefault", "pop", "clear", "popitem")


def with_methods(tree: ast.Module) -> ast.Module:
    """Return the module with methods for what it asks of its objects."""
    classes = classes_of(tree)
    asking = _Asking(classes)
    asking.visit(tree)
    if not asking.asked:
        return tree
    asked = set(classes) if "" in asking.asked else asking.asked
    for name, node in classes.items():
        if asked & {name, *_bases(node, classes)} and not _has_no_fields(node):
            node.body.append(_method(node, classes))
    return tree


def _bases(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> list[str]:
    """Return the classes of the file that a class derives from."""
    found: list[str] = []
    for each in node.bases:
        name = ast.unparse(each.value if isinstance(each, ast.Subscript) else each)
        if name in classes:
            found += [name, *_bases(classes[name], classes)]
    return found


def _has_no_fields(node: ast.ClassDef) -> bool:
    words = [ast.unparse(each) for each in node.bases]
    return any(each.endswith(("Enum", "Flag", "Protocol", "NamedTuple")) for each in words)


def _method(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> ast.stmt:
    """Return the method of one class."""
    pairs = ", ".join(f"{name!r}: self.{name}" for name in _fields(node, classes))
    (made,) = statements(node, f"def {_METHOD}(self):\n    return {{{pairs}}}")
    return made


def _fields(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> dict[str, None]:
    """Return the fields that an object of a class has when it is made, in their order."""
    found: dict[str, None] = {}
    if any("dataclass" in ast.unparse(each) for each in node.decorator_list):
        for name in reversed(_bases(node, classes)):
            found |= _fields(classes[name], classes)
        annotated = (each for each in node.body if isinstance(each, ast.AnnAssign))
        return found | {
            each.target.id: None
            for each in annotated
            if not ast.unparse(each.annotation).startswith(("ClassVar", "InitVar"))
        }
    init = next((e for e in node.body if getattr(e, "name", "") == "__init__"), None)
    if init is None:
        bases = _bases(node, classes)
        return _fields(classes[bases[0]], classes) if bases else {}
    for each in _in_order(init):
        match each:
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                found[name] = None
            case ast.Call(func=ast.Attribute(attr="__init__")):
                for name in _bases(node, classes):
                    found |= _fields(classes[name], classes)
    return found


def _in_order(node: ast.AST) -> list[ast.AST]:
    """Return the syntax in a function, what is evaluated first in the first place."""
    found: list[ast.AST] = []
    parts = [*ast.iter_child_nodes(node)]
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        parts = [node.value, *(each for each in parts if each is not node.value)]
    for each in parts:
        found += [*_in_order(each), each]
    return found


class _Asking(ast.NodeTransformer):
    """Rewrites the words, and notes the classes whose objects are asked; "" is any of them."""

    def __init__(self, classes: dict[str, ast.ClassDef]) -> None:
        self.classes = classes
        self.asked: set[str] = set()
        self.owner = ""

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        around, self.owner = self.owner, node.name
        self.generic_visit(node)
        self.owner = around
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="__dict__"), attr=word)):
                if word in _CHANGING:
                    return node
            case ast.Call(func=ast.Name(id="vars"), args=[object]):
                self.generic_visit(node)
                return self.fields_of(node, object)
        self.generic_visit(node)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        if isinstance(node.ctx, ast.Load):
            self.generic_visit(node)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        is_class = isinstance(node.value, ast.Name) and node.value.id in self.classes
        if node.attr != "__dict__" or not isinstance(node.ctx, ast.Load) or is_class:
            return node
        return self.fields_of(node, node.value)

    def fields_of(self, node: ast.expr, object: ast.expr) -> ast.expr:
        is_own = isinstance(object, ast.Name) and object.id == "self"
        self.asked.add(self.owner if is_own else "")
        return placed(node, ast.Call(ast.Attribute(object, _METHOD, ast.Load()), [], []))
