"""Fields that no class body declares: those that `__init__` of a program's class gives a value.

    def __init__(self, name: str, size: int = 0) -> None:
        self.name = name                    str, as the parameter
        self.size: int = size               int, as it says
        self.parts = [name]                 list[str], as its value
        self.next = None                    what other methods give it, or None

What a value implies is an annotation, as its author could have written it
(`compiler/implied_types.py`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from compiler.declare.functions import own_statements
from compiler.declare.program import Program
from compiler.implied_types import ImpliedTypes, at, value_for
from compiler.read import is_program
from compiler.source import CompileError
from compiler.types import (
    ClassDeclaration,
    ClassKind,
    FieldDeclaration,
    FunctionDeclaration,
    Module,
    NamedType,
)

_OWN = ("self", "cls")
_KINDS = (ClassKind.CLASS, ClassKind.EXCEPTION)


def implied_fields(program: Program, declaration: ClassDeclaration) -> Iterator[ast.Attribute]:
    """Yield the first target `self.name` in `__init__` for each field that nothing declares."""
    if declaration.kind not in _KINDS or declaration.is_dataclass:
        return
    function = declaration.methods.get("__init__")
    if function is None or not is_program(declaration.module.name):
        return
    known = set(_members(program, declaration))
    for target, _ in _stores(function.node):
        if target.attr not in known:
            known.add(target.attr)
            yield target


def implied_annotation(
    program: Program, declaration: ClassDeclaration, field: FieldDeclaration
) -> ast.expr:
    """Return the annotation that the stores into a field imply.

    Raises:
        CompileError: they imply none.
    """
    is_nullable = False
    init = declaration.methods["__init__"].node
    others = [each.node for each in declaration.methods.values() if each.node is not init]
    for function in (init, *others):
        values = _types_in(program, declaration, function)
        for target, statement in _stores(function):
            if target.attr != field.name:
                continue
            if isinstance(statement, ast.AnnAssign):
                return statement.annotation
            value = value_for(statement, target)
            if isinstance(value, ast.Constant) and value.value is None:
                is_nullable = True
                continue
            found = values.annotation(value) if value is not None else None
            if found is not None:
                return _or_none(found) if is_nullable else found
        if not is_nullable:
            break
    raise CompileError(
        field.span,
        f"nothing here says what type the field '{field.name}' has",
        f"annotate it: self.{field.name}: T = ...",
    )


def _members(program: Program, declaration: ClassDeclaration) -> Iterator[str]:
    """Yield the names that a class has, its own and those that it inherits."""
    while True:
        yield from declaration.fields
        yield from declaration.methods
        yield from declaration.constants
        if declaration.base is None:
            return
        declaration = declaration.base.declaration
        program.complete(declaration)


def _stores(function: ast.FunctionDef) -> Iterator[tuple[ast.Attribute, ast.stmt]]:
    """Yield the targets `self.name` of a method, and the assignments that they stand in."""
    if not function.args.args:
        return
    self_name = function.args.args[0].arg
    for statement in own_statements(function.body):
        match statement:
            case ast.Assign(targets=targets):
                pass
            case ast.AnnAssign(target=target, value=ast.expr()):
                targets = [target]
            case _:
                continue
        for target in targets:
            for each in ast.walk(target):
                match each:
                    case ast.Attribute(value=ast.Name(id=name), ctx=ast.Store()):
                        if name == self_name:
                            yield each, statement


def _or_none(annotation: ast.expr) -> ast.expr:
    return at(ast.BinOp(annotation, ast.BitOr(), ast.Constant(None)), annotation)


def _types_in(
    program: Program, owner_class: ClassDeclaration, function: ast.FunctionDef
) -> ImpliedTypes:
    """Return what the values in one method imply."""
    module = owner_class.module
    arguments = function.args
    annotations = {
        each.arg: each.annotation
        for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    }
    if arguments.vararg is not None and arguments.vararg.annotation is not None:
        given = arguments.vararg.annotation
        written = ast.Subscript(ast.Name("Sequence", ast.Load()), given, ast.Load())
        annotations[arguments.vararg.arg] = at(written, given)
    values: dict[str, ast.expr | None] = {}
    for statement in own_statements(function.body):
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                annotations.setdefault(name, annotation)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                values.setdefault(name, value)

    def definition(name: str) -> ast.stmt | None:
        owner, _, method = name.partition(".")
        if method:
            if owner in _OWN:
                found = owner_class.methods.get(method)
                return None if found is None else found.node
            other = program.lookup(module, owner)
            is_known = isinstance(other, Module) and method in other.names
            found = declared(program.lookup(other, method)) if is_known else None
            return found.node if isinstance(found, ClassDeclaration) else None
        found = declared(program.lookup(module, name))
        if isinstance(found, ClassDeclaration):
            return found.node
        if isinstance(found, FunctionDeclaration) and found.module is module:
            return found.node
        for statement in module.tree.body:
            match statement:
                case ast.AnnAssign(target=ast.Name(id=bound)) if bound == name:
                    return statement
        return None

    return ImpliedTypes(annotations, values, definition)


def declared(found: object) -> object:
    """Return the class itself where a module gives it another name."""
    return found.declaration if isinstance(found, NamedType) else found
