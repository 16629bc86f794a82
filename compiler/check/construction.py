"""Construction: `Class(...)` makes a struct, an object or an enum's value.

A struct or class with `__init__` is made by it, on zeroed storage. A struct without takes its
fields in order or by name; those left out take the default of the class body, else zero where zero
is a value of the field's type. A class without `__init__` of its own or inherited takes no
arguments, or its fields if it is a dataclass. The first arguments decide the type arguments of a
generic class.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    aliasing,
    calls,
    containers,
    exception_objects,
    generics,
    members,
    narrowing,
    values,
)
from compiler.check.conversions import LITERAL, convert, widens
from compiler.declare.values import zero_is_valid
from compiler.layout import fields_of
from compiler.read import FAILURES
from compiler.source import Note
from compiler.tree import Conversion, Convert, Expression, Literal
from compiler.types import (
    NONE,
    STR,
    BitsType,
    ClassDeclaration,
    ClassKind,
    FieldDeclaration,
    FunctionDeclaration,
    FunctionInstance,
    IntType,
    NamedType,
    OptionalType,
    Type,
    is_place,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def instance(
    check: Checker, node: ast.Call, found: ClassDeclaration | NamedType, hint: Type | None
) -> Expression:
    """Make an instance of a class."""
    declaration = found if isinstance(found, ClassDeclaration) else found.declaration
    kind = declaration.kind
    if kind in (ClassKind.INT_ENUM, ClassKind.INT_FLAG):
        return _enum(check, node, NamedType(declaration))
    if kind is ClassKind.EXCEPTION and exception_objects.are_here(check):
        return _exception(check, node, declaration, hint)
    if kind is ClassKind.EXCEPTION:
        raise check.error(
            node, "an exception is made where it is raised", f"write 'raise {declaration.name}'"
        )
    if kind is ClassKind.CLASS and declaration.is_abstract:
        if exception_objects.has_messages(check) and not declaration.parameters:
            return _refused(check, node, declaration)
        raise check.error(
            node,
            f"'{declaration.name}' is abstract and makes no instances",
            "make an instance of a class that derives from it",
            _missing_methods(check, declaration),
        )

    if (node.args or node.keywords) and containers.is_any(NamedType(declaration)):
        return containers.of_iterable(check, node, found, hint)
    known = _known_arguments(declaration, found, hint)
    initialiser = _initialiser(check, declaration)
    if initialiser is not None:
        return _by_initialiser(check, node, declaration, initialiser, known)
    return _by_fields(check, node, declaration, known)


def _exception(
    check: Checker, node: ast.Call, declaration: ClassDeclaration, hint: Type | None
) -> Expression:
    """`Class(...)` of an exception: by an `__init__` in the source, or its arguments made text."""
    initialiser = _initialiser(check, declaration)
    if not exception_objects.is_plain(initialiser):
        known = _known_arguments(declaration, declaration, hint)
        return _by_initialiser(check, node, declaration, initialiser, known)
    arguments = exception_objects.texts_of(check, node, declaration)
    type = NamedType(declaration)
    target = FunctionInstance(initialiser.declaration)
    check.unit.request(target, check.span(node))
    check.unit.request_class(type)
    narrowing.forget_memory(check, node)
    signature = check.unit.signature(target)
    return tree.New(check.span(node), type, target, signature, arguments, None)


def _known_arguments(
    declaration: ClassDeclaration, found: ClassDeclaration | NamedType, hint: Type | None
) -> generics.Arguments:
    given = found.arguments if isinstance(found, NamedType) else ()
    known: generics.Arguments = dict.fromkeys(declaration.parameters)
    if given:
        known.update(zip(declaration.parameters, given, strict=True))
    elif known and hint is not None:
        pattern = NamedType(declaration, declaration.parameters)
        generics.infer(known, pattern, hint.inner if isinstance(hint, OptionalType) else hint)
    return known


def _initialiser(check: Checker, declaration: ClassDeclaration) -> members.Member | None:
    type = NamedType(declaration, declaration.parameters)
    return members.find_method(check, type, "__init__")


def _by_initialiser(
    check: Checker,
    node: ast.Call,
    declaration: ClassDeclaration,
    initialiser: members.Member,
    known: generics.Arguments,
) -> Expression:
    """`Class(...)` where the class or a base of it has `__init__`."""
    function: FunctionDeclaration = initialiser.declaration
    inherited = function.owner is not declaration
    bound_known = known
    if inherited:
        type = _finished(check, node, declaration, known)
        owner = members.find_method(check, type, "__init__").owner
        bound_known = generics.start(function, owner.arguments, None)
    arguments, evaluation = calls.arguments_of(
        check, node, function, function.parameters[1:], bound_known
    )
    if not inherited:
        type = _finished(check, node, declaration, known)
        bound_known = {v: known[v] for v in declaration.parameters}
    target = FunctionInstance(function, tuple(bound_known.values()))
    check.unit.request(target, check.span(node))
    check.unit.request_class(type)
    narrowing.forget_memory(check, node)
    signature = check.unit.signature(target)
    is_object = declaration.kind in (ClassKind.CLASS, ClassKind.EXCEPTION)
    make = tree.New if is_object else tree.StructValue
    return make(check.span(node), type, target, signature, arguments, evaluation)


def _finished(
    check: Checker, node: ast.AST, declaration: ClassDeclaration, known: generics.Arguments
) -> NamedType:
    """Return the class with its type arguments, all of which must be known by now."""
    for variable in declaration.parameters:
        type = known[variable]
        if type is None:
            wanted = ", ".join(map(str, declaration.parameters))
            raise check.error(
                node,
                f"nothing here says what '{variable}' of '{declaration.name}' is",
                f"write {declaration.name}[{wanted}](...) with types in their place",
            )
        generics.check_bound(check, node, variable, type)
    if any(map(is_place, known.values())):
        for field in _constructor_fields(declaration):
            generics.check_possible(check, node, generics.substituted(field.type, known))
    return NamedType(declaration, tuple(known[v] for v in declaration.parameters))


def _by_fields(
    check: Checker,
    node: ast.Call,
    declaration: ClassDeclaration,
    known: generics.Arguments,
) -> Expression:
    """`Struct(...)` without `__init__`: its fields in order or by name."""
    takes_fields = declaration.kind is not ClassKind.CLASS or declaration.is_dataclass
    if not takes_fields and (node.args or node.keywords):
        raise check.error(
            node,
            f"'{declaration.name}' takes no arguments",
            f"define '__init__' in {declaration.name}",
        )
    fields = _constructor_fields(declaration)
    given = _bind_fields(check, node, declaration, fields)
    arguments: list[Expression | None] = [None] * len(fields)
    order = sorted(given, key=lambda i: (given[i].lineno, given[i].col_offset))
    for i in order:
        wanted = generics.substituted(fields[i].type, known)
        arguments[i] = _field_value(check, given[i], fields[i], wanted, known)

    type = _finished(check, node, declaration, known)
    check.unit.request_class(type)
    for i, field in enumerate(fields):
        if arguments[i] is None:
            arguments[i] = _left_out(check, node, type, field)
    if declaration.kind is ClassKind.CLASS:
        narrowing.forget_memory(check, node)
        return tree.New(check.span(node), type, None, None, arguments, _evaluation(order))
    return tree.StructValue(check.span(node), type, None, None, arguments, _evaluation(order))


def _evaluation(order: list[int]) -> list[int] | None:
    return None if order == sorted(order) else order


def _constructor_fields(declaration: ClassDeclaration) -> list[FieldDeclaration]:
    """Return the fields that a constructor takes, the base's first."""
    base = declaration.base
    inherited = _constructor_fields(base.declaration) if base is not None else []
    return [*inherited, *declaration.fields.values()]


def _bind_fields(
    check: Checker,
    node: ast.Call,
    declaration: ClassDeclaration,
    fields: list[FieldDeclaration],
) -> dict[int, ast.expr]:
    """Return the argument of each field that is given one."""
    is_union = declaration.kind is ClassKind.UNION
    if len(node.args) > (1 if is_union else len(fields)):
        raise check.error(
            node, f"'{declaration.name}' has {len(fields)} fields, not {len(node.args)}"
        )
    given: dict[int, ast.expr] = dict(enumerate(node.args))
    numbers = {field.name: i for i, field in enumerate(fields)}
    for keyword in node.keywords:
        i = numbers.get(keyword.arg)
        if i is None:
            raise check.error(
                keyword.value,
                f"'{declaration.name}' has no field '{keyword.arg}'",
                check.unit.suggestion(keyword.arg, numbers),
            )
        if i in given:
            raise check.error(keyword.value, f"'{keyword.arg}' is given twice")
        given[i] = keyword.value
    if is_union and len(given) > 1:
        raise check.error(node, "the fields of a union overlap, so one is given at most")
    return given


def _field_value(
    check: Checker,
    node: ast.expr,
    field: FieldDeclaration,
    wanted: Type,
    known: generics.Arguments,
) -> Expression:
    if not generics.is_concrete(wanted):
        value = check.operand(node)
        generics.infer(known, field.type, value.type)
        if value.type is LITERAL:
            generics.infer_literal(known, field.type)
        wanted = generics.substituted(field.type, known)
        if not generics.is_concrete(wanted):
            return values.settled(check, value)
        value = convert(check, value, wanted, node)
    elif isinstance(wanted, BitsType):
        value = bits_value(check, node, wanted)
    else:
        value = check.expression(node, wanted)
    return aliasing.stored(check, node, value, f"the field '{field.name}'")


def bits_value(check: Checker, node: ast.expr, wanted: BitsType) -> Expression:
    """Return the value of a bit-field: a literal must fit it, other values are checked."""
    value = check.operand(node, wanted.base)
    return convert(check, value, wanted if value.type is LITERAL else wanted.base, node)


def _left_out(
    check: Checker, node: ast.Call, type: NamedType, field: FieldDeclaration
) -> Expression | None:
    """Return the default of a field; None for zero, if zero is a value of its type."""
    wanted = fields_of(type)[field.name].type
    if field.default is not None:
        if isinstance(wanted, BitsType):
            wanted = wanted.base
        owner = members.find(check, type, field.name).owner
        return check.unit.default_value(
            check, node, owner.declaration.module, field.default, wanted
        )
    if type.declaration.kind is ClassKind.UNION or zero_is_valid(wanted):
        return None
    declaration = type.declaration
    if declaration.kind is ClassKind.CLASS and not declaration.is_dataclass:
        raise check.error(
            node,
            f"nothing gives '{field.name}' of '{declaration.name}' a value: zero is no '{wanted}'",
            f"define '__init__' in {declaration.name}",
            (Note(field.span, "declared here"),),
        )
    raise check.error(
        node,
        f"'{declaration.name}' needs a value for '{field.name}': zero is no '{wanted}'",
        f"write {field.name}=...",
        (Note(field.span, "declared here"),),
    )


def _refused(check: Checker, node: ast.Call, declaration: ClassDeclaration) -> Expression:
    """Raise TypeError when a program makes an instance of an abstract class, as Python does."""
    type = NamedType(declaration)
    missing = sorted(
        name
        for name in members.names_of(type)
        for member in [members.find_method(check, type, name)]
        if member is not None and member.declaration.is_abstract
    )
    for each in (*node.args, *(keyword.value for keyword in node.keywords)):
        check.emit(tree.Evaluate(check.span(each), values.settled(check, check.operand(each))))
    word = "method" if len(missing) == 1 else "methods"
    message = (
        f"Can't instantiate abstract class {declaration.name} "
        f"with abstract {word} {', '.join(missing)}"
    )
    function = check.unit.core_function(check, node, FAILURES, "refused")
    instance = FunctionInstance(function, (type,))
    check.unit.request(instance, check.span(node))
    signature = check.unit.signature(instance)
    none = convert(check, Literal(check.span(node), NONE, None), OptionalType(type), node)
    given = [tree.StringLiteral(check.span(node), STR, message), none]
    return tree.Call(check.span(node), signature.result, instance, signature, given)


def _missing_methods(check: Checker, declaration: ClassDeclaration) -> tuple[Note, ...]:
    """Say which abstract methods a class leaves without a body."""
    type = NamedType(declaration, declaration.parameters)
    for name in members.names_of(type):
        member = members.find_method(check, type, name)
        if member is not None and member.declaration.is_abstract:
            return (Note(check.unit.header(member.declaration), f"'{name}' has no body"),)
    return ()


# Enums ---------------------------------------------------------------------------------------


def _enum(check: Checker, node: ast.Call, type: NamedType) -> Expression:
    """`Register(number)`: the member with that number, checked; any number for flags."""
    if len(node.args) != 1 or node.keywords:
        raise check.error(node, f"'{type}' takes the number of a member")
    representation = type.declaration.representation
    value = check.operand(node.args[0], representation)
    if value.type == type:
        return value
    span = check.span(node)
    is_flag = type.kind is ClassKind.INT_FLAG
    if isinstance(value, Literal) and value.type is LITERAL:
        number = convert(check, value, representation, node.args[0])
        if not is_flag and number.value not in type.declaration.members.values():
            raise check.error(node, f"no member of '{type}' is {number.value}")
        return Literal(span, type, number.value)
    if isinstance(value.type, IntType) and value.type != representation:
        value = checked_integer(value, representation)
    number = convert(check, value, representation, node.args[0])
    return Convert(span, type, Conversion.INT_TO_ENUM, number)


def checked_integer(value: Expression, to: IntType) -> Expression:
    """Convert an integer to another type: with a check where it may not fit."""
    if value.type == to:
        return value
    conversion = Conversion.WIDEN if widens(value.type, to) else Conversion.CHECKED
    return Convert(value.span, to, conversion, value)
