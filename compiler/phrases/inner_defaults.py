"""Functions inside others: their default values and keyword arguments are written out where they are called.

    def walk(node, path=()):            def walk(node, path):
        ...                                 ...
    walk(root)                      ->  walk(root, ())
    sorted(nodes, key=walk)             sorted(nodes, key=lambda node: walk(node, ()))

A function inside another is a value, whose type says what is passed by position. A default value that is more than
a literal is evaluated before the `def`, into a local that the calls use; of a function of the module, into a variable
of the module.

Source: Python Language Reference, sections 6.3.4 and 8.7.
"""

from __future__ import annotations

import ast
import copy

from compiler.phrases.places import placed

_FUNCTIONS = (ast.FunctionDef, ast.Lambda)
_CONSUMING = ("filter", "map", "max", "min", "reduce", "sorted")


def written_out(tree: ast.Module) -> ast.Module:
    """Return the module with such calls complete."""
    _complete(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            _complete(node)
    return tree


def _complete(outer: ast.FunctionDef | ast.Module) -> None:
    for block in _blocks(outer.body):
        for number in reversed(range(len(block))):
            made = block[number]
            if isinstance(made, ast.FunctionDef) and _can_be(made, outer):
                block[number:number] = _without_defaults(made, outer)


def _blocks(body: list[ast.stmt]) -> list[list[ast.stmt]]:
    """Return the lists of statements of a function, without those of functions and classes inside."""
    found = [body]
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            continue
        for name in ("body", "orelse", "finalbody"):
            found += _blocks(getattr(statement, name, []))
        for part in (*getattr(statement, "handlers", []), *getattr(statement, "cases", [])):
            found += _blocks(part.body)
    return found


def _can_be(made: ast.FunctionDef, outer: ast.FunctionDef | ast.Module) -> bool:
    """True for a function with default values whose name means nothing else inside of what is around it.

    Of the module's functions, only what makes an object is written out.
    """
    given = made.args
    if given.vararg or given.kwarg or not (given.defaults or given.kwonlyargs):
        return False
    if isinstance(outer, ast.Module) and not any(
        map(_makes_an_object, (*given.defaults, *given.kw_defaults))
    ):
        return False
    others = [
        each
        for each in ast.walk(outer)
        if each is not made
        and (
            isinstance(each, ast.FunctionDef | ast.ClassDef)
            and each.name == made.name
            or isinstance(each, ast.arg)
            and each.arg == made.name
            or isinstance(each, ast.Name)
            and each.id == made.name
            and not isinstance(each.ctx, ast.Load)
        )
    ]
    return not others


def _makes_an_object(node: ast.expr | None) -> bool:
    """True for a default value that all calls share, and can change."""
    return isinstance(
        node, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.SetComp | ast.DictComp | ast.Call
    )


def _without_defaults(made: ast.FunctionDef, outer: ast.FunctionDef | ast.Module) -> list[ast.stmt]:
    """Write default values out, and return what is to be evaluated before the function is defined."""
    given = made.args
    positional = [*given.posonlyargs, *given.args]
    values = dict(
        zip(positional[len(positional) - len(given.defaults) :], given.defaults, strict=True)
    )
    values |= {
        each: value
        for each, value in zip(given.kwonlyargs, given.kw_defaults, strict=True)
        if value is not None
    }
    before: list[ast.stmt] = []
    defaults: dict[str, ast.expr] = {}
    for parameter, value in values.items():
        if not _is_constant(value):
            local = f"{made.name}__{parameter.arg}"
            before.append(_bound(local, parameter.annotation, value))
            value = placed(value, ast.Name(local, ast.Load()))
        defaults[parameter.arg] = value
    names = [each.arg for each in (*positional, *given.kwonlyargs)]
    given.args, given.kwonlyargs = [*given.args, *given.kwonlyargs], []
    given.defaults, given.kw_defaults = [], []
    is_looped = any(
        isinstance(each, ast.For | ast.While) and made in ast.walk(each) for each in ast.walk(outer)
    )
    changing = [each for each in defaults if isinstance(defaults[each], ast.Name) and is_looped]
    _Calls(made.name, names, defaults, changing).visit(outer)
    return before


def _bound(name: str, annotation: ast.expr | None, value: ast.expr) -> ast.stmt:
    target = ast.Name(name, ast.Store())
    if annotation is None:
        return placed(value, ast.Assign([target], value))
    return placed(value, ast.AnnAssign(target, copy.deepcopy(annotation), value, 1))


def _is_constant(node: ast.expr) -> bool:
    match node:
        case ast.Constant():
            return True
        case ast.UnaryOp(operand=inner):
            return _is_constant(inner)
        case ast.Tuple(elts=items):
            return all(map(_is_constant, items))
    return False


class _Calls(ast.NodeTransformer):
    """Completes the calls of one function."""

    def __init__(
        self, name: str, names: list[str], defaults: dict[str, ast.expr], changing: list[str]
    ) -> None:
        self.name = name
        self.names = names
        self.defaults = defaults
        self.changing = changing  # those that are evaluated anew in each round of a loop
        self.is_consumed = False  # the call at hand keeps no function that it is given

    def visit_Call(self, node: ast.Call) -> ast.expr:
        is_one = isinstance(node.func, ast.Name) and node.func.id == self.name
        if not is_one:
            around = self.is_consumed
            self.is_consumed = isinstance(node.func, ast.Name) and node.func.id in _CONSUMING
            self.generic_visit(node)
            self.is_consumed = around
            return node
        node.args = [self.visit(each) for each in node.args]
        for each in node.keywords:
            each.value = self.visit(each.value)
        self._complete(node)
        return node

    def _complete(self, node: ast.Call) -> None:
        named = {each.arg: each.value for each in node.keywords}
        is_starred = None in named or any(isinstance(each, ast.Starred) for each in node.args)
        if is_starred or len(node.args) > len(self.names):
            return
        waiting = self.names[len(node.args) :]
        if not set(named) <= set(waiting):
            return
        in_order = [each for each in waiting if each in named]
        if list(named) != in_order:  # evaluated in the order in which they are written
            return
        found = [named.get(each, self.defaults.get(each)) for each in waiting]
        if None in found:
            return
        node.args += [placed(node, copy.deepcopy(each)) for each in found]
        node.keywords = []

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Where the function is a value, let one stand that needs what has no default value only."""
        if node.id != self.name or not isinstance(node.ctx, ast.Load):
            return node
        required = [each for each in self.names if each not in self.defaults]
        kept = [each for each in self.changing if not self.is_consumed]
        values = [copy.deepcopy(self.defaults[each]) for each in kept]
        arguments = [ast.arg(each) for each in (*required, *kept)]
        parameters = ast.arguments([], arguments, None, [], [], None, values)
        given: list[ast.expr] = [
            ast.Name(each, ast.Load()) if each in (*required, *kept) else self.defaults[each]
            for each in self.names
        ]
        called = ast.Call(ast.Name(self.name, ast.Load()), copy.deepcopy(given), [])
        made = placed(node, ast.Lambda(parameters, called))
        for each in parameters.args:
            ast.copy_location(each, node)
        return made
