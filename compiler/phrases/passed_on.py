"""Methods that pass `*args` and `**kwargs` on to the same method of the next class: they take what that takes.

    class Named:                                class Named:
        def __init__(self, name): ...               def __init__(self, name): ...

    class Flyer(Named):                         class Flyer(Named):
        def __init__(self, wings, **kwargs):        def __init__(self, wings, *, name):
            super().__init__(**kwargs)    ->            super().__init__(name=name)
            self.wings = wings                          self.wings = wings

What would go on to `object` takes nothing, so that such a call is left out.

Before: the tree of the program's file, whose classes have one base each. After: one whose methods name what they
pass on, where the class that it goes to is one of the file.

Source: Python Language Reference, section 8.7; Library Reference, super.
"""

from __future__ import annotations

import ast
import copy

from compiler.phrases.places import classes_of, placed

_OF_NO_FILE = ("ABC", "abc.ABC", "object")


def with_names(tree: ast.Module) -> ast.Module:
    """Return the module with what such methods pass on written out."""
    classes = classes_of(tree)
    done: set[str] = set()
    for name in classes:
        _complete(name, classes, done)
    return tree


def _complete(name: str, classes: dict[str, ast.ClassDef], done: set[str]) -> None:
    """Write out the methods of a class, those of its base first."""
    if name in done:
        return
    done.add(name)
    node = classes[name]
    own = [_name(each) for each in node.bases if _name(each) in classes]
    for each in own:
        _complete(each, classes, done)
    if len(own) > 1 or not _ends_in_object(node, classes):
        return
    for each in node.body:
        if isinstance(each, ast.FunctionDef) and each.args.args:
            _Method(each, _next(each.name, own[0] if own else "", classes)).complete()


def _ends_in_object(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> bool:
    """True if all that a class derives from is of the file, but for what takes nothing."""
    seen = [node]
    for each in seen:
        for base in (_name(base) for base in each.bases):
            known = classes.get(base)
            if known is None and base not in _OF_NO_FILE and base not in ("Generic", "Protocol"):
                return False
            if known is not None and known not in seen:
                seen.append(known)
    return True


def _name(node: ast.expr) -> str:
    return ast.unparse(node.value if isinstance(node, ast.Subscript) else node)


def _next(method: str, name: str, classes: dict[str, ast.ClassDef]) -> ast.FunctionDef | None:
    """Return the method that `super()` of a class derived from this one finds."""
    while name:
        node = classes[name]
        for each in node.body:
            if isinstance(each, ast.FunctionDef) and each.name == method:
                return each
        name = next((_name(each) for each in node.bases if _name(each) in classes), "")
    return None


class _Method:
    """A method that may pass on what it is given."""

    def __init__(self, node: ast.FunctionDef, base: ast.FunctionDef | None) -> None:
        self.node = node
        self.base = base  # where it goes on to; None for `object`
        self.several = node.args.vararg.arg if node.args.vararg else ""
        self.named = node.args.kwarg.arg if node.args.kwarg else ""

    def complete(self) -> None:
        calls = [each for each in ast.walk(self.node) if self.goes_on(each)]
        if self.base is None:
            if self.node.name == "__init__" and self.only_passes(calls):
                self.leave_out(calls)
        elif (self.several or self.named) and len(calls) == 1 and self.only_passes(calls):
            self.name(calls[0])

    def goes_on(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and ast.unparse(node.func) == f"super().{self.node.name}"

    def only_passes(self, calls: list[ast.Call]) -> bool:
        """True if `args` and `kwargs` are named in such calls only, each with its stars."""
        passed = [
            part.value
            for call in calls
            for part in (*call.args, *(each for each in call.keywords if each.arg is None))
            if isinstance(part, ast.Starred | ast.keyword)
        ]
        words = {self.several, self.named} - {""}
        return all(
            each in passed
            for each in ast.walk(self.node)
            if isinstance(each, ast.Name) and each.id in words
        )

    def leave_out(self, calls: list[ast.Call]) -> None:
        """Leave out what `object.__init__` would be given, which is nothing."""
        for call in calls:
            is_given = any(not isinstance(each, ast.Starred) for each in call.args)
            if is_given or any(each.arg is not None for each in call.keywords):
                return
        self.node.args.vararg = self.node.args.kwarg = None
        self.node.body = [
            placed(each, ast.Pass()) if _is_one_of(each, calls) else each for each in self.node.body
        ]

    def name(self, call: ast.Call) -> None:
        """Take by name what the next method takes, and pass it on."""
        given, taken = self.node.args, copy.deepcopy(self.base.args)
        if taken.vararg or taken.kwarg or taken.posonlyargs:
            return
        own = {each.arg for each in (*given.args, *given.kwonlyargs)}
        by_place = sum(not isinstance(each, ast.Starred) for each in call.args)
        by_name = {each.arg for each in call.keywords} - {None}
        defaults = [None] * (len(taken.args) - len(taken.defaults)) + taken.defaults
        positional = [*zip(taken.args, defaults)][1 + by_place :]
        others = [*positional, *zip(taken.kwonlyargs, taken.kw_defaults)]
        more = [each for each in others if each[0].arg not in by_name]
        if any(each.arg in own for each, _ in more):
            return
        call.args = [each for each in call.args if not isinstance(each, ast.Starred)]
        call.keywords = [each for each in call.keywords if each.arg is not None]
        in_order = self.several and not given.defaults and not by_name
        for each, default in more:
            name = ast.Name(each.arg, ast.Load())
            call.keywords.append(placed(call, ast.keyword(each.arg, name)))
            if in_order and (each, default) in positional:
                given.args.append(each)
                given.defaults += [default] if default is not None else []
            else:
                given.kwonlyargs.append(each)
                given.kw_defaults.append(default)
        given.vararg = given.kwarg = None


def _is_one_of(statement: ast.stmt, calls: list[ast.Call]) -> bool:
    return isinstance(statement, ast.Expr) and statement.value in calls
