"""Decorators of classes, and `__init_subclass__`, in the program's own file: calls behind the class.

    @register("upper")                  class Upper(Plugin): ...
    class Upper(Plugin): ...      ->    register("upper")(Upper)

    class Plugin:                       class Plugin: ...
        def __init_subclass__(cls):     def Plugin__derived(cls):
            Plugin.known.append(cls)        Plugin.known.append(cls)
                                  ->
    class Upper(Plugin): ...            class Upper(Plugin): ...
                                        Plugin__derived(Upper)

A decorator that returns the class that it is given returns nothing here. One that returns anything else
stays, as the class would be another thing then.

Before: the tree of the program's file, as Python parses it. After: one whose classes have no such decorators.

Source: Python Language Reference, sections 8.8 and 3.3.3.1.
"""

from __future__ import annotations

import ast
import copy

from compiler.phrases.places import classes_of, placed

_HOOK = "__init_subclass__"


def with_calls(tree: ast.Module) -> ast.Module:
    """Return the module with calls in the place of decorators of classes and of the hook."""
    decorators = _decorators(tree)
    hooks = {
        node.name: hook
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        for hook in node.body
        if isinstance(hook, ast.FunctionDef) and hook.name == _HOOK
    }
    if not decorators and not hooks:
        return tree
    classes = classes_of(tree)
    body: list[ast.stmt] = []
    for statement in tree.body:
        body.append(statement)
        if isinstance(statement, ast.ClassDef):
            body += _derived(statement, classes, hooks)
            body += _decorated(statement, decorators)
            if statement.name in hooks:
                body.append(_as_function(statement, hooks[statement.name]))
    tree.body = body
    return tree


# Decorators ----------------------------------------------------------------------------------


def _decorators(tree: ast.Module) -> set[str]:
    """Return the functions, and methods, that decorate classes and return them; they return nothing now."""
    names = {
        _word(each)
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        for each in node.decorator_list
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef) or node.name not in names:
            continue
        inner = _inner(node) or node
        given = [each for each in inner.args.args if each.arg != "self"]
        if len(given) == 1 and _returns_only(inner, given[0].arg):
            _return_nothing(node, inner, given[0])
            found.add(node.name)
    return found


def _word(node: ast.expr) -> str:
    """Return the name of the function or method that a decorator calls or is."""
    while isinstance(node, ast.Call):
        node = node.func
    return node.attr if isinstance(node, ast.Attribute) else ast.unparse(node)


def _inner(node: ast.FunctionDef) -> ast.FunctionDef | None:
    """Return the decorator that a function with arguments makes; None if it is one itself."""
    last = node.body[-1]
    if not isinstance(last, ast.Return) or not isinstance(last.value, ast.Name):
        return None
    inside = (each for each in node.body if isinstance(each, ast.FunctionDef))
    return next((each for each in inside if each.name == last.value.id), None)


def _returns_only(node: ast.FunctionDef, name: str) -> bool:
    found = [each.value for each in ast.walk(node) if isinstance(each, ast.Return)]
    return bool(found) and all(isinstance(each, ast.Name) and each.id == name for each in found)


def _return_nothing(node: ast.FunctionDef, inner: ast.FunctionDef, given: ast.arg) -> None:
    """Let a decorator keep its class, whose type is found from what it decorates."""
    for each in ast.walk(inner):
        if isinstance(each, ast.Return):
            each.value = None
    given.annotation = None
    inner.returns = placed(inner, ast.Constant(None))
    if inner is not node:
        node.returns = None


def _decorated(node: ast.ClassDef, decorators: set[str]) -> list[ast.stmt]:
    """Take such decorators off a class, and return the calls that stand for them."""
    own = [each for each in node.decorator_list if _word(each) in decorators]
    node.decorator_list = [each for each in node.decorator_list if each not in own]
    return [
        _behind(node, ast.Call(each, [ast.Name(node.name, ast.Load())], []))
        for each in reversed(own)
    ]


def _behind(node: ast.ClassDef, call: ast.Call) -> ast.stmt:
    made = placed(node, ast.Expr(call))
    made.lineno = made.end_lineno = node.end_lineno or node.lineno
    return made


# The hook ------------------------------------------------------------------------------------


def _derived(
    node: ast.ClassDef, classes: dict[str, ast.ClassDef], hooks: dict[str, ast.FunctionDef]
) -> list[ast.stmt]:
    """Return the call of the hook that a class inherits, with the keywords of the class."""
    owner = _owner(node, classes, hooks)
    if owner is None:
        return []
    given = [each for each in node.keywords if each.arg != "metaclass"]
    node.keywords = [each for each in node.keywords if each not in given]
    hook = ast.Name(f"{owner}__derived", ast.Load())
    return [_behind(node, ast.Call(hook, [ast.Name(node.name, ast.Load())], given))]


def _owner(
    node: ast.ClassDef, classes: dict[str, ast.ClassDef], hooks: dict[str, ast.FunctionDef]
) -> str | None:
    """Return the nearest base of a class that has the hook."""
    for base in node.bases:
        name = ast.unparse(base)
        if name in hooks:
            return name
        found = _owner(classes[name], classes, hooks) if name in classes else None
        if found is not None:
            return found
    return None


def _as_function(node: ast.ClassDef, hook: ast.FunctionDef) -> ast.FunctionDef:
    """Take the hook out of its class, and return it as a function of the module."""
    node.body = [each for each in node.body if each is not hook] or [placed(hook, ast.Pass())]
    made = copy.copy(hook)
    made.name = f"{node.name}__derived"
    made.decorator_list = []
    made.args.args = [*made.args.posonlyargs, *made.args.args]
    made.args.posonlyargs = []
    made.args.kwarg = None  # nothing is above that could take it
    made.body = [each for each in hook.body if not _goes_on(each)] or [placed(hook, ast.Pass())]
    return _Own(made.args.args[0].arg, node).visit(made)


def _goes_on(statement: ast.stmt) -> bool:
    return ast.unparse(statement).startswith(f"super().{_HOOK}(")


class _Own(ast.NodeTransformer):
    """Writes `Base.name` for `cls.name` of a container that all derived classes share."""

    def __init__(self, first: str, owner: ast.ClassDef) -> None:
        self.first = first
        self.owner = owner.name
        self.shared = {
            ast.unparse(each.targets[0] if isinstance(each, ast.Assign) else each.target)
            for each in owner.body
            if isinstance(each, ast.Assign | ast.AnnAssign)
            and isinstance(each.value, ast.List | ast.Dict | ast.Set | ast.Call)
        }

    def visit_Attribute(self, node: ast.Attribute) -> ast.Attribute:
        self.generic_visit(node)
        is_own = isinstance(node.value, ast.Name) and node.value.id == self.first
        if is_own and node.attr in self.shared:
            node.value.id = self.owner
        return node
