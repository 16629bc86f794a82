"""Views: whether a function that returns a struct or an Array returns a place or a fresh value.

The signature does not say; the `return` statements do. What they return is

    a view     a parameter or module variable, or a field, element or alias of one
    fresh      made by the function: a constructor, `copy`, a local that holds such a value

and a call is what its function returns. A function returns one or the other, never both. Where the
type in front of a method is not known yet, a call counts as fresh, and check, which knows all types,
objects if it is not. The same goes for what a generator yields.

Before: every signature is declared. After: `returns_view` of each function is set; an overriding
method agrees with the one that it overrides.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from enum import Enum

from compiler.declare.bodies import Body
from compiler.declare.functions import own_statements
from compiler.declare.hierarchy import find_member
from compiler.declare.program import Program
from compiler.source import Diagnostic, Span
from compiler.types import (
    ClassDeclaration,
    FunctionDeclaration,
    Type,
    TypeVariable,
    Word,
    given_type,
    is_place,
)


class Origin(Enum):
    """Where a returned value comes from."""

    VIEW = "a place that exists elsewhere"
    FRESH = "a new value"


def settle_views(program: Program) -> None:
    """Set `returns_view` of every function of the image."""
    views = _Views(program)
    for module in program.modules.values():
        for function in module.functions:
            with program.collecting(module, function.node):
                function.returns_view = views.returns_view(function)
    for module in program.modules.values():
        for declaration in module.classes:
            views.agree_with_base(declaration)


class _Views:
    """Answers for functions, each worked out once."""

    def __init__(self, program: Program):
        self.program = program
        self.answers: dict[FunctionDeclaration, bool] = {}

    def returns_view(self, function: FunctionDeclaration) -> bool:
        if function not in self.answers:
            self.answers[function] = False  # what a recursive call is taken for
            if _may_return_place(function.result) and not function.is_comptime:
                self.answers[function] = self.decide(function)
        return self.answers[function]

    def decide(self, function: FunctionDeclaration) -> bool:
        body = _Body(self, function)
        origins: dict[Origin, ast.expr] = {}
        for value in _given(function):
            for origin in body.origins(value):
                origins.setdefault(origin, value)
        if len(origins) == 2 and is_place(given_type(function.result)):
            view, verb = origins[Origin.VIEW], "yield" if function.is_generator else "return"
            self.program.errors.append(
                Diagnostic(
                    Span.of(function.module.path, view),
                    f"'{function.name}' {verb}s {Origin.VIEW.value} here, and {Origin.FRESH.value} "
                    f"in line {origins[Origin.FRESH].lineno}",
                    f"write copy({ast.unparse(view)}) to {verb} a new one always",
                )
            )
        return Origin.VIEW in origins

    def agree_with_base(self, declaration: ClassDeclaration) -> None:
        """An abstract method returns what its overriding methods return; others must agree."""
        for method in declaration.methods.values():
            above = find_member(declaration.base, method.name) if declaration.base else None
            if above is None or not isinstance(above.declaration, FunctionDeclaration):
                continue
            overridden = above.declaration
            if overridden.is_abstract and overridden not in self.program.done:
                overridden.returns_view = method.returns_view
                self.program.done.add(overridden)
            elif overridden.returns_view != method.returns_view and is_place(method.result):
                origin = Origin.VIEW if overridden.returns_view else Origin.FRESH
                self.program.report(
                    declaration.module,
                    method.node,
                    f"'{overridden.qualified_name}', which '{method.qualified_name}' overrides, "
                    f"returns {origin.value}",
                    "return the same here",
                )


class _Body(Body):
    """One function, and the origins of what it returns."""

    def __init__(self, views: _Views, function: FunctionDeclaration):
        super().__init__(views.program, function)
        self.views = views

    def origins(self, node: ast.expr) -> set[Origin]:
        match node:
            case ast.Name(id=name) if name in self.bindings and name not in self.parameters:
                return self.of_local(name)
            case ast.Attribute(value=base, attr=name):
                return self.of_method(base, name, Origin.VIEW)
            case ast.Subscript(value=base):
                return self.of_method(base, "__getitem__", Origin.VIEW)
            case ast.IfExp(body=body, orelse=orelse):
                return self.origins(body) | self.origins(orelse)
            case ast.NamedExpr(value=value):
                return self.origins(value)
            case ast.Call(func=callee):
                return self.of_call(callee)
        return {Origin.VIEW}

    def of_local(self, name: str) -> set[Origin]:
        if name in self.visiting:
            return set()
        self.visiting.add(name)
        found: set[Origin] = set()
        for binding in self.bindings[name]:
            found |= {Origin.VIEW} if binding.is_element else self.origins(binding.value)
        self.visiting.discard(name)
        return found

    def of_call(self, callee: ast.expr) -> set[Origin]:
        if isinstance(callee, ast.Attribute):
            return self.of_method(callee.value, callee.attr, Origin.FRESH)
        match self.global_name(callee):
            case FunctionDeclaration() as function:
                return self.of_function(function)
            case Word("owner"):
                return {Origin.VIEW}
        return {Origin.FRESH}

    def of_method(self, base: ast.expr, name: str, otherwise: Origin) -> set[Origin]:
        """Return the origin of what a method or property of `base` gives."""
        match self.attribute(base, name):
            case FunctionDeclaration() as method, _:
                return self.of_function(method)
        return {otherwise}

    def of_function(self, function: FunctionDeclaration) -> set[Origin]:
        return {Origin.VIEW if self.views.returns_view(function) else Origin.FRESH}


def _given(function: FunctionDeclaration) -> Iterator[ast.expr]:
    """Yield what a function returns, or what a generator yields."""
    for statement in own_statements(function.node.body):
        given = statement if isinstance(statement, ast.Return) else None
        if function.is_generator:
            value = getattr(statement, "value", None)
            given = value if isinstance(value, ast.Yield) else None
        if given is not None and given.value is not None:
            yield given.value


def _may_return_place(type: Type) -> bool:
    type = given_type(type)
    return is_place(type) or isinstance(type, TypeVariable)
