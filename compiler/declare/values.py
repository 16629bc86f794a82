"""Constants, variables, aliases and type variables: what an assignment at module level declares.

    NAME = expression               a type variable, an alias of a type, else a constant
    NAME: Final = expression        a constant
    NAME: Final[T] = expression     a constant of type T
    NAME: T = expression            a variable with a start value
    NAME: T                         a variable, zero at the start
    NAME: TypeAlias = T             an alias

A value is checked against the type that is stated for it: an integer must fit, a `None` needs
`T | None`.
"""

from __future__ import annotations

import ast
from typing import Any

from compiler.comptime import evaluate
from compiler.comptime.values import adopt, own_type, plain, zero_is_valid
from compiler.declare.annotations import FORMS, Place, resolve_type, unquoted, word_of
from compiler.declare.program import Assigned, Program
from compiler.source import CompileError, Span
from compiler.types import (
    BROKEN,
    ClassDeclaration,
    ConstantDeclaration,
    Module,
    Static,
    Type,
    TypeVariable,
    VariableDeclaration,
    Word,
    WrappedType,
    is_place,
)


def define(program: Program, module: Module, binding: Assigned) -> Any:
    """Return what one name on the left of an assignment declares."""
    statement, name = binding.statement, binding.target.id
    span = Span.of(module.path, binding.target)
    if isinstance(statement, ast.Assign):
        if word_of(_callee(statement.value), module, program) == "TypeVar":
            return type_variable(program, module, name, statement.value)
        if binding.item is None and _names_type(program, module, statement.value):
            return resolve_type(statement.value, module, None, names=program)
        return constant(program, module, name, span, None, statement.value, item=binding.item)

    annotation = unquoted(statement.annotation, module)
    match word_of(annotation, module, program):
        case "TypeAlias":
            if statement.value is None:
                raise CompileError(span, f"the alias '{name}' has no type")
            return resolve_type(statement.value, module, None, names=program)
        case "Final":
            stated = final_type(program, module, annotation)
            if statement.value is None:
                raise CompileError(
                    span, f"the constant '{name}' has no value", f"write {name}: Final = ..."
                )
            return constant(program, module, name, span, stated, statement.value)
    return variable(program, module, name, span, statement)


def type_variable(program: Program, module: Module, name: str, call: ast.Call) -> TypeVariable:
    """`T = TypeVar("T")`, `T = TypeVar("T", bound=C)`."""
    bound = None
    for keyword in call.keywords:
        if keyword.arg != "bound":
            raise CompileError(
                Span.of(module.path, keyword), "a TypeVar takes its name and 'bound' only"
            )
        bound = resolve_type(keyword.value, module, names=program)
    match call.args:
        case [ast.Constant(value=str() as text)] if text == name:
            return TypeVariable(name, module.name, bound)
        case [ast.Constant(value=str() as text)]:
            raise CompileError(
                Span.of(module.path, call.args[0]),
                f"the TypeVar is bound to '{name}' but named '{text}'",
                f'write {name} = TypeVar("{name}")',
            )
    raise CompileError(
        Span.of(module.path, call),
        "a TypeVar takes its name and at most a bound",
        f'write {name} = TypeVar("{name}")',
    )


def final_type(program: Program, module: Module, annotation: ast.expr) -> Type | None:
    """Return the T of `Final[T]`; None for a bare `Final`."""
    if not isinstance(annotation, ast.Subscript):
        return None
    return resolve_type(annotation.slice, module, place=Place.VARIABLE, names=program)


def constant(
    program: Program,
    module: Module,
    name: str,
    span: Span,
    stated: Type | None,
    node: ast.expr,
    *,
    item: tuple[int, int] | None = None,
    owner: str = "",
    local: dict[str, Any] | None = None,
) -> ConstantDeclaration:
    """Evaluate a constant of a module, or of the class `owner`, whose names so far are `local`."""
    bound_to = f"{owner}.{name}" if owner else name
    value = evaluate(node, module, program, local, bound_to, item)
    if stated is None:
        return ConstantDeclaration(name, module, own_type(value), span, plain(value))
    adopted = adopt(value, stated, Span.of(module.path, node))
    return ConstantDeclaration(name, module, stated, span, adopted)


def variable(
    program: Program, module: Module, name: str, span: Span, statement: ast.AnnAssign
) -> VariableDeclaration:
    """Declare a variable, and evaluate its start value."""
    annotation, section = without_section(program, module, statement.annotation)
    type = resolve_type(annotation, module, place=Place.VARIABLE, names=program)
    declaration = VariableDeclaration(name, module, type, span, section=section)
    if statement.value is None:
        declaration.zeroed = True
        if getattr(statement, "starts_when_run", False):
            program.lay_out(type)  # the body of the module gives it a value before anybody asks
        else:
            require_zero(program, type, span, name)
    else:
        value = evaluate(statement.value, module, program, name=name)
        declaration.value = adopt(value, type, Span.of(module.path, statement.value))
        if isinstance(declaration.value, Static):
            name_object(declaration, declaration.value, Span.of(module.path, statement.value))
    module.variables.append(declaration)
    return declaration


def without_section(
    program: Program, module: Module, annotation: ast.expr
) -> tuple[ast.expr, str | None]:
    """Return the T and the name of `Annotated[T, section(".name")]`, or the annotation itself."""
    match unquoted(annotation, module):
        case ast.Subscript(
            value=word, slice=ast.Tuple(elts=[inner, ast.Call(func=called, args=args)])
        ):
            if (
                word_of(word, module, program) == "Annotated"
                and word_of(called, module, program) == "section"
            ):
                match args:
                    case [ast.Constant(value=str() as name)] if name.startswith("."):
                        return inner, name
                raise CompileError(
                    Span.of(module.path, called),
                    "wrong argument of section",
                    'write section(".name")',
                )
    return annotation, None


def name_object(variable: VariableDeclaration, static: Static, span: Span) -> None:
    """Tell the object that is a variable's start value from the variable, or make them the same."""
    if not is_place(variable.type):
        if static.symbol == variable.symbol:
            static.symbol += ".object"
        return
    if static.symbol != variable.symbol:
        other = static.symbol.removeprefix(f"{variable.module.name}.")
        raise CompileError(
            span, f"'{variable.name}' would be the same object as '{other}'", f"write copy({other})"
        )
    static.symbol = ""


def require_zero(program: Program, type: Type, span: Span, name: str) -> None:
    """Raise CompileError if a variable without a start value would hold what is no value."""
    program.lay_out(type)
    if type is BROKEN or zero_is_valid(type):
        return
    inner = type.inner if isinstance(type, WrappedType) else type
    hint = "" if is_place(inner) else f"give it a start value, or write {inner} | None"
    raise CompileError(span, f"'{name}' needs a start value: zero is no {type}", hint)


# Which kind of assignment -------------------------------------------------------------------------


def _callee(node: ast.expr) -> ast.expr | None:
    return node.func if isinstance(node, ast.Call) else None


def _names_type(program: Program, module: Module, node: ast.expr) -> bool:
    """True if an expression is a type, so that assigning it makes an alias."""
    match node:
        case ast.Name(id=name):
            found = program.lookup(module, name)
            return isinstance(found, Type | ClassDeclaration) or (
                isinstance(found, Word) and found.name == "Never"
            )
        case ast.Attribute(value=base, attr=name):
            owner = program.lookup(module, base.id) if isinstance(base, ast.Name) else None
            return isinstance(owner, Module) and isinstance(
                program.lookup(owner, name), Type | ClassDeclaration
            )
        case ast.Subscript(value=base):
            return _names_type(program, module, base) or word_of(base, module, program) in FORMS
        case ast.BinOp(op=ast.BitOr(), left=left, right=ast.Constant(value=None)):
            return _names_type(program, module, left)
        case ast.BinOp(op=ast.BitOr(), left=ast.Constant(value=None), right=right):
            return _names_type(program, module, right)
    return False
