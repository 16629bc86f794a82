"""Generics: which types the type parameters of a call stand for.

The type arguments of a function are its class's, then its own. They are found by matching parameter
types, which mention type parameters, with the types of arguments. A type parameter has one meaning
in a call: where a second argument would give it another one, the conversion to the first is tried,
and a type that the first converts to replaces it.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler.check.conversions import LITERAL, converts, described, is_subclass
from compiler.types import (
    INT,
    NEVER,
    NONE,
    ArrayType,
    CallableType,
    FunctionDeclaration,
    FunctionInstance,
    GeneratorType,
    NamedType,
    OptionalType,
    PointerType,
    SliceType,
    TupleType,
    Type,
    TypeVariable,
    WrappedType,
    is_place,
    substitute,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker

Arguments = dict[TypeVariable, Type | None]  # None: not known yet


def start(
    function: FunctionDeclaration,
    leading: tuple[Type, ...],
    own: tuple[Type, ...] | None,
) -> Arguments:
    """Return what is known before the arguments are looked at."""
    known: Arguments = {}
    if function.owner is not None:
        parameters = function.owner.parameters
        given = leading or (None,) * len(parameters)
        known.update(zip(parameters, given, strict=True))
    if function.type_parameters:
        given = own or (None,) * len(function.type_parameters)
        known.update(zip(function.type_parameters, given, strict=True))
    return known


def substituted(type: Type, known: Arguments) -> Type:
    """Return a type with what is known of the type parameters in it."""
    if not known:
        return type
    return substitute(type, {variable: t for variable, t in known.items() if t is not None})


def is_concrete(type: Type) -> bool:
    """True if a type mentions no type parameter."""
    match type:
        case TypeVariable():
            return False
        case NamedType(arguments=parts) | TupleType(items=parts):
            return all(map(is_concrete, parts))
        case PointerType(part) | SliceType(part) | OptionalType(part) | GeneratorType(part):
            return is_concrete(part)
        case ArrayType(element=part) | WrappedType(inner=part):
            return is_concrete(part)
        case CallableType(parameters, result):
            return all(map(is_concrete, parameters)) and is_concrete(result)
    return True


def infer(known: Arguments, pattern: Type, type: Type) -> None:
    """Match a parameter's type with an argument's, and note what type parameters must be."""
    if type is LITERAL or type is NEVER:
        return
    match pattern, type:
        case TypeVariable(), _:
            _meet(known, pattern, type)
        case PointerType(a), PointerType(b):
            infer(known, a, b)
        case ArrayType(a), ArrayType(b):
            infer(known, a, b)
        case SliceType(a), SliceType(b) | ArrayType(b):
            infer(known, a, b)
        case OptionalType(a), OptionalType(b):
            infer(known, a, b)
        case OptionalType(a), _ if type is not NONE:
            infer(known, a, type)
        case WrappedType(word, a), WrappedType(other, b) if word == other:
            infer(known, a, b)
        case GeneratorType(a), GeneratorType(b):
            infer(known, a, b)
        case TupleType(a), TupleType(b) if len(a) == len(b):
            _infer_each(known, a, b)
        case CallableType(a, result), CallableType(b, other) if len(a) == len(b):
            _infer_each(known, a, b)
            infer(known, result, other)
        case NamedType(declaration, a), NamedType():
            from compiler.declare import ancestry

            for base in ancestry(type):
                if base.declaration is declaration:
                    _infer_each(known, a, base.arguments)


def infer_missing(known: Arguments, pattern: Type, type: Type) -> None:
    """As `infer`, for what the context expects: it decides only what the arguments left open."""
    if None in known.values():
        found: Arguments = {variable: None for variable, t in known.items() if t is None}
        infer(found, pattern, type)
        known.update(found)


def _infer_each(known: Arguments, patterns: tuple[Type, ...], types: tuple[Type, ...]) -> None:
    for pattern, type in zip(patterns, types, strict=True):
        infer(known, pattern, type)


def _meet(known: Arguments, variable: TypeVariable, type: Type) -> None:
    if variable not in known:
        return
    before = known[variable]
    if before is None or (before != type and converts(before, type)):
        known[variable] = type


def infer_literal(known: Arguments, pattern: Type) -> None:
    """A literal is the argument: a type parameter that nothing else decides is `int`."""
    if isinstance(pattern, OptionalType):
        pattern = pattern.inner
    if isinstance(pattern, TypeVariable) and known.get(pattern, INT) is None:
        known[pattern] = INT


def instance(
    check: Checker, node: ast.AST, function: FunctionDeclaration, known: Arguments
) -> FunctionInstance:
    """Return the instance of a function for these type arguments, which fit their bounds.

    Raises:
        CompileError: one is not known, or does not fit its bound.
    """
    for variable, type in known.items():
        if type is None:
            raise check.error(
                node,
                f"nothing here says what '{variable}' of '{function.qualified_name}' is",
                _how_to_say(function),
            )
        check_bound(check, node, variable, type)
    if any(map(is_place, known.values())):
        for parameter in function.parameters:
            check_possible(check, node, substitute(parameter.type, known))
        check_possible(check, node, substitute(function.result, known))
    return FunctionInstance(function, tuple(known.values()))


def check_possible(check: Checker, node: ast.AST, type: Type) -> None:
    """Report a type that a type argument has made impossible: `T | None` of a struct."""
    match type:
        case OptionalType(inner=inner):
            if is_place(inner):
                raise check.error(
                    node,
                    f"'{type}' is no type: a '{inner}' lies in place and is never None",
                    f"use Ptr[{inner}] as the type argument",
                )
            check_possible(check, node, inner)
        case TupleType(items=parts) | NamedType(arguments=parts):
            for part in parts:
                check_possible(check, node, part)
        case PointerType(part) | SliceType(part) | ArrayType(element=part):
            check_possible(check, node, part)
        case GeneratorType(part) | WrappedType(inner=part):
            check_possible(check, node, part)


def check_bound(check: Checker, node: ast.AST, variable: TypeVariable, type: Type) -> None:
    """Report a type argument that does not derive from its variable's bound."""
    if variable.bound is not None and not is_subclass(type, variable.bound):
        raise check.error(
            node,
            f"'{variable}' stands for a '{variable.bound}' here, and {described(type)} is none",
        )


def _how_to_say(function: FunctionDeclaration) -> str:
    own = ", ".join(str(v) for v in function.type_parameters)
    if own:
        return f"write {function.name}[{own}](...) with types in their place"
    names = ", ".join(str(v) for v in function.owner.parameters)
    return f"write {function.owner.name}[{names}] with types in their place"
