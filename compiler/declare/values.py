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
from compiler.declare.annotations import FORMS, Place, resolve_type, unquoted, word_of
from compiler.declare.program import Assigned, Program
from compiler.fold import TypedInt, type_of
from compiler.source import CompileError, Span
from compiler.types import (
    BOOL,
    BROKEN,
    BYTES,
    F64,
    INT,
    NONE,
    STR,
    ArrayType,
    CallableType,
    CFunctionType,
    ClassDeclaration,
    ClassKind,
    ConstantDeclaration,
    FloatType,
    FunctionDeclaration,
    IntType,
    Module,
    NamedType,
    OptionalType,
    PointerType,
    SliceType,
    Static,
    TupleType,
    Type,
    TypeVariable,
    VariableDeclaration,
    Word,
    WrappedType,
    is_enum,
    is_reference,
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
        return constant(program, module, name, span, None, statement.value, binding.item)

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
    item: int | None = None,
    local: dict[str, Any] | None = None,
) -> ConstantDeclaration:
    """Evaluate a constant."""
    value = evaluate(node, module, program, local)
    if item is not None:
        value = item_of(value, item, module, node)
    if stated is not None:
        return ConstantDeclaration(
            name, module, stated, span, adopt(value, stated, Span.of(module.path, node))
        )
    return ConstantDeclaration(name, module, own_type(value), span, plain(value))


def item_of(value: Any, item: int, module: Module, node: ast.expr) -> Any:
    """Return an item of a value that is unpacked into several names."""
    if not isinstance(value, tuple) or item >= len(value):
        raise CompileError(Span.of(module.path, node), "there are not enough values for the names")
    return value[item]


def variable(
    program: Program, module: Module, name: str, span: Span, statement: ast.AnnAssign
) -> VariableDeclaration:
    """Declare a variable, and evaluate its start value."""
    type = resolve_type(statement.annotation, module, place=Place.VARIABLE, names=program)
    declaration = VariableDeclaration(name, module, type, span)
    if statement.value is None:
        declaration.zeroed = True
        require_zero(program, type, span, name)
    else:
        value = evaluate(statement.value, module, program)
        declaration.value = adopt(value, type, Span.of(module.path, statement.value))
    module.variables.append(declaration)
    return declaration


def require_zero(program: Program, type: Type, span: Span, name: str) -> None:
    """Raise CompileError if a variable without a start value would hold what is no value."""
    program.lay_out(type)
    if type is BROKEN or zero_is_valid(type):
        return
    inner = type.inner if isinstance(type, WrappedType) else type
    hint = f"give it a start value, or write {inner} | None" if is_scalar(inner) else ""
    raise CompileError(span, f"'{name}' needs a start value: zero is no {type}", hint)


def is_scalar(type: Type) -> bool:
    return isinstance(type, PointerType | CallableType | CFunctionType | SliceType) or is_reference(
        type
    )


def zero_is_valid(type: Type) -> bool:
    """True if a value of `type` may have every byte 0."""
    match type:
        case PointerType() | CallableType() | CFunctionType() | SliceType():
            return False
        case OptionalType():
            return True
        case ArrayType(element, length):
            return length == 0 or zero_is_valid(element)
        case TupleType(items):
            return all(map(zero_is_valid, items))
        case WrappedType(word, inner):
            return word == "UserSlice" or word not in ("Weak", "UserPtr") and zero_is_valid(inner)
        case NamedType(declaration=declaration, kind=ClassKind.INT_ENUM):
            return 0 in declaration.members.values()
        case NamedType(declaration=declaration, kind=ClassKind.STRUCT | ClassKind.UNION):
            return all(zero_is_valid(each.type) for each in declaration.fields.values())
    return not is_reference(type)


# Values ------------------------------------------------------------------------------------------


def own_type(value: Any) -> Type | None:
    """Return the type that a value has by itself; None for an integer without one."""
    match value:
        case TypedInt():
            return value.type
        case bool():
            return BOOL
        case int():
            return None
        case float():
            return F64
        case str():
            return STR
        case bytes():
            return BYTES
        case None:
            return NONE
        case Static(type=type):
            return type
        case tuple():
            return TupleType(tuple(own_type(item) or INT for item in value))
        case FunctionDeclaration():
            return CallableType(
                tuple(each.type for each in value.parameters), value.result, value.effects
            )
    return BROKEN


def plain(value: Any) -> Any:
    """Return a value without the types that its integers carry."""
    if isinstance(value, TypedInt):
        return int(value)
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    return value


def adopt(value: Any, type: Type, span: Span) -> Any:
    """Return a value as one of the type that is stated for it.

    Raises:
        CompileError: it is none.
    """
    own = type_of(value)
    match type:
        case _ if type is BROKEN:
            return plain(value)
        case WrappedType(word="Atomic" | "Volatile" | "PerCpu", inner=inner):
            return adopt(value, inner, span)
        case OptionalType(inner=inner):
            return None if value is None else adopt(value, inner, span)
        case IntType() if isinstance(value, int) and not isinstance(value, bool):
            if (
                own is not None
                and own != type
                and not isinstance(own, IntType)
                and not is_enum(own)
            ):
                raise _mismatch(value, type, span)
            if not type.holds(value):
                raise CompileError(
                    span,
                    f"{int(value)} does not fit {type}",
                    f"a {type} is from {type.minimum} to {type.maximum}",
                )
            return int(value)
        case NamedType() if is_enum(type) and own == type:
            return int(value)
        case PointerType() if own == type:
            return int(value)
        case FloatType() if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        case TupleType(items=items) if isinstance(value, tuple) and len(value) == len(items):
            return tuple(adopt(*pair, span) for pair in zip(value, items, strict=True))
        case CallableType() if isinstance(value, FunctionDeclaration):
            return value
        case NamedType() if isinstance(value, Static):
            if value.type == type or _derives(value.type, type):
                return value
        case ArrayType() if isinstance(value, Static) and value.type == type:
            return value
        case SliceType() if isinstance(value, bytes | Static):
            return value
        case _ if own is None and own_type(value) == type:
            return value
    raise _mismatch(value, type, span)


def _mismatch(value: Any, type: Type, span: Span) -> CompileError:
    if value is None:
        return CompileError(span, f"None is no {type}", f"declare it as {type} | None")
    own = own_type(value) or INT
    return CompileError(span, f"the value is of type '{own}', and '{type}' is declared")


def _derives(type: Type, base: NamedType) -> bool:
    from compiler.layout import base_of

    while isinstance(type, NamedType):
        if type == base:
            return True
        type = base_of(type)
    return False


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
