"""Bodies of functions, as far as declare looks at them.

What is left open by a signature is decided by the body, before check knows the types in it. The types
of expressions are worked out as far as names, fields and calls go, from the first binding of each
local; None where that fails.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from compiler.declare.functions import own_statements
from compiler.declare.hierarchy import find_member
from compiler.declare.program import Program
from compiler.types import (
    ArrayType,
    ClassDeclaration,
    ConstantDeclaration,
    FieldDeclaration,
    FunctionDeclaration,
    GeneratorType,
    Module,
    NamedType,
    OptionalType,
    PointerType,
    SliceType,
    Type,
    VariableDeclaration,
    WrappedType,
    substitute,
)


class Body:
    """The names in one function, and what they are bound to."""

    def __init__(self, program: Program, function: FunctionDeclaration):
        self.program = program
        self.module: Module = function.module
        self.parameters = {each.name: each.type for each in function.parameters}
        self.bindings: dict[str, list[Binding]] = {}
        self.visiting: set[str] = set()
        for statement in own_statements(function.node.body):
            for name, binding in _bindings(statement):
                self.bindings.setdefault(name, []).append(binding)

    def attribute(self, base: ast.expr, name: str) -> tuple[object, Type | None]:
        """Return the declaration that `base.name` means, and its concrete type."""
        match self.global_name(base):
            case Module() as module:
                found = self.program.lookup(module, name)
                return found, _declared_type(found)
            case ClassDeclaration() as declaration:
                found = declaration.methods.get(name)
                return found, _declared_type(found)
        type = _pointee(self.type_of(base))
        member = find_member(type, name) if isinstance(type, NamedType) else None
        if member is None:
            return None, None
        bindings = dict(
            zip(member.owner.declaration.parameters, member.owner.arguments, strict=True)
        )
        declared = _declared_type(member.declaration)
        return member.declaration, substitute(declared, bindings) if declared else None

    def type_of(self, node: ast.expr) -> Type | None:
        match node:
            case ast.Name(id=name) if name in self.parameters:
                return self.parameters[name]
            case ast.Name(id=name) if name in self.bindings:
                return self.type_of_local(name)
            case ast.Name():
                return _declared_type(self.global_name(node))
            case ast.Attribute(value=base, attr=name):
                return self.attribute(base, name)[1]
            case ast.Subscript(value=base):
                return _element(self.type_of(base)) or self.attribute(base, "__getitem__")[1]
            case ast.Call(func=ast.Attribute(value=base, attr=name)):
                return self.attribute(base, name)[1]
            case ast.Call(func=callee):
                found = self.global_name(callee)
                if isinstance(found, ClassDeclaration):
                    return NamedType(found, found.parameters)
                return _declared_type(found)
        return None

    def type_of_local(self, name: str) -> Type | None:
        if name in self.visiting:
            return None
        self.visiting.add(name)
        binding = self.bindings[name][0]
        type = self.type_of(binding.value)
        self.visiting.discard(name)
        return _element(type) if binding.is_element else type

    def global_name(self, node: ast.expr) -> object:
        """Return what a name, or the name before `[...]`, means at module level."""
        if isinstance(node, ast.Subscript):
            node = node.value
        if not isinstance(node, ast.Name) or node.id in self.parameters or node.id in self.bindings:
            return None
        return self.program.lookup(self.module, node.id)


@dataclass(eq=False)
class Binding:
    """A value that a local is bound to; `is_element`: to what iterating over it gives."""

    value: ast.expr
    is_element: bool = False


def _bindings(statement: ast.stmt) -> Iterator[tuple[str, Binding]]:
    """Yield the names that one statement binds, without the statements inside it."""
    match statement:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                for each in ast.walk(target) if not isinstance(target, ast.Name) else [target]:
                    if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
                        yield each.id, Binding(value, each is not target)
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, Binding(value)
        case ast.For(target=target, iter=sequence):
            for each in ast.walk(target):
                if isinstance(each, ast.Name):
                    yield each.id, Binding(sequence, True)
        case ast.With(items=items):
            for item in items:
                if isinstance(item.optional_vars, ast.Name):
                    yield item.optional_vars.id, Binding(item.context_expr, True)


def _declared_type(found: object) -> Type | None:
    match found:
        case FieldDeclaration() | VariableDeclaration() | ConstantDeclaration():
            return found.type
        case FunctionDeclaration():
            return found.result
    return None


def _pointee(type: Type | None) -> Type | None:
    """Return what stands behind `x.` where x is a pointer, nullable, or a view of one."""
    while isinstance(type, OptionalType | PointerType | WrappedType):
        type = type.target if isinstance(type, PointerType) else type.inner
    return type


def _element(type: Type | None) -> Type | None:
    match type:
        case ArrayType(element=inner) | SliceType(element=inner) | PointerType(target=inner):
            return inner
        case GeneratorType(item=inner):
            return inner
    return None
