"""Calls: which function is called with which arguments.

A call names what it calls (a function, class, type or word of the language) or computes it (a
method of a value, a Callable). Arguments are bound to parameters as in Python, by position, then by
name; missing ones take the default, which is a constant. They are evaluated in the order of the
source.

Type arguments of a generic function are inferred: from the arguments that have a type of their own,
then from the type that the context expects, then from literals, which become `int`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    alternatives,
    attributes,
    construction,
    container_calls,
    containers,
    first_uses,
    generator_values,
    generics,
    members,
    names,
    narrowing,
    octets,
    operators,
    starred,
    texts,
    type_calls,
    values,
    words,
)
from compiler.check.checker import expression_of
from compiler.check.conversions import LITERAL, convert, described, none_hint
from compiler.declare import Member
from compiler.read import LIBRARY
from compiler.source import Note
from compiler.tree import Expression
from compiler.types import (
    BOOL,
    F64,
    STR,
    CallableType,
    CFunctionType,
    ClassDeclaration,
    ConstantDeclaration,
    FieldDeclaration,
    FloatType,
    FunctionDeclaration,
    FunctionInstance,
    IntType,
    Module,
    NamedType,
    OptionalType,
    ParameterDeclaration,
    ParameterKind,
    Type,
    Word,
    substitute,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


@expression_of(ast.Call)
def call(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`callee(arguments)` (Python Language Reference, section 6.3.4)."""
    callee = node.func
    first_uses.filled_by_call(check, node)
    found = names.meaning(check, callee)
    node = starred.expanded(check, node, found)
    match found:
        case FunctionDeclaration():
            return alternatives.chosen(check, found, lambda each: function(check, node, each, hint))
        case FunctionInstance():
            return function(check, node, found, hint)
        case ClassDeclaration():
            return alternatives.constructed(
                check,
                found,
                lambda: construction.instance(check, node, found, hint),
                lambda each: function(check, node, each, hint),
            )
        case NamedType():
            return construction.instance(check, node, found, hint)
        case Type():
            return type_calls.type_call(check, node, found, hint)
        case Word(name=name):
            return words.call(check, node, name, hint)
        case Member():
            return _class_member(check, node, found, hint)
        case Module():
            raise check.error(node, f"'{found.name}' is a module and cannot be called")
    if isinstance(callee, ast.Attribute):
        on_class = _on_class(check, node, callee, hint)
        return on_class or attributes.method_call(check, node, callee, hint)
    return value_call(check, node, check.operand(callee))


def _on_class(
    check: Checker, node: ast.Call, callee: ast.Attribute, hint: Type | None
) -> Expression | None:
    """`str.upper(text)`, which is `text.upper()`; None where the name before the dot is no class."""
    if not isinstance(callee.value, ast.Name) or not containers.in_program(check):
        return None
    base = names.meaning(check, callee.value)
    if isinstance(base, ClassDeclaration) and callee.attr == "fromkeys":
        return container_calls.from_keys(check, node, hint)
    if base is STR and callee.attr == "maketrans":
        return texts.made_table(check, node)
    made = octets.on_class(check, node, base, callee.attr)
    if made is not None:
        return made
    if not isinstance(base, Type) or not node.args or not hasattr(str, callee.attr):
        return None
    method = ast.copy_location(ast.Attribute(node.args[0], callee.attr, ast.Load()), callee)
    plain = ast.copy_location(ast.Call(method, node.args[1:], node.keywords), node)
    return check.operand(plain, hint)


def value_call(check: Checker, node: ast.Call, callee: Expression) -> Expression:
    """Call a value: a Callable, or an object with `__call__`."""
    if isinstance(callee.type, CallableType | CFunctionType):
        return indirect(check, node, callee)
    member = members.find_method(check, callee.type, "__call__")
    if member is not None:
        return method(check, node, callee, member, None)
    raise check.error(
        node.func,
        f"{described(callee.type)} cannot be called",
        none_hint(check, callee, node.func),
    )


def indirect(check: Checker, node: ast.Call, callee: Expression) -> Expression:
    """Call a Callable value: its parameters have types, but no names."""
    type = callee.type
    if node.keywords:
        raise check.error(node.keywords[0].value, "a Callable takes no keyword arguments")
    if len(node.args) != len(type.parameters):
        raise check.error(
            node, f"{described(type)} takes {_count(len(type.parameters))}, not {len(node.args)}"
        )
    arguments = [
        check.expression(argument, wanted)
        for argument, wanted in zip(node.args, type.parameters, strict=True)
    ]
    narrowing.forget_memory(check, node)
    return tree.IndirectCall(check.span(node), type.result, callee, type, arguments)


# Functions -----------------------------------------------------------------------------------


def function(
    check: Checker,
    node: ast.Call,
    found: FunctionDeclaration | FunctionInstance,
    hint: Type | None,
    leading: tuple[Type, ...] = (),
) -> Expression:
    """Call a function by its name. `leading`: the type arguments of its class."""
    explicit: tuple[Type, ...] | None = None
    declaration = found
    if isinstance(found, FunctionInstance):
        declaration, explicit = found.declaration, found.arguments
    if declaration.is_comptime:
        return check.unit.comptime_call(check, node, declaration)

    parameters = declaration.parameters
    known = generics.start(declaration, leading, explicit)
    arguments, evaluation = arguments_of(check, node, declaration, parameters, known, hint)
    instance = generics.instance(check, node, declaration, known)
    check.unit.request(instance, check.span(node))
    narrowing.forget_memory(check, node)
    signature = check.unit.signature(instance)
    return tree.Call(check.span(node), signature.result, instance, signature, arguments, evaluation)


def method(
    check: Checker, node: ast.Call, receiver: Expression, member: Member, hint: Type | None
) -> Expression:
    """Call a method of `receiver` with the arguments of `node`."""
    declaration = member.declaration
    parameters = declaration.parameters[1:]
    known = generics.start(declaration, member.owner.arguments, None)
    arguments, evaluation = arguments_of(check, node, declaration, parameters, known, hint)
    instance = generics.instance(check, node, declaration, known)
    signature = check.unit.signature(instance)
    return members.call_method(check, node, receiver, instance, signature, arguments, evaluation)


def method_with_values(
    check: Checker, node: ast.AST, receiver: Expression, member: Member, given: list[Expression]
) -> Expression:
    """Call a method of `receiver` with arguments that are checked already."""
    declaration = member.declaration
    parameters = declaration.parameters[1:]
    known = generics.start(declaration, member.owner.arguments, None)
    required = [p for p in parameters if p.default is None]
    if not len(required) <= len(given) <= len(parameters):
        raise check.error(
            node,
            f"'{declaration.qualified_name}' is called here with {_count(len(given))}",
            f"let it take {_count(len(given))}",
            declared(check, declaration),
        )
    for parameter, value in zip(parameters, given, strict=False):
        generics.infer(known, parameter.type, value.type)
    arguments = [
        convert(check, value, substitute(parameter.type, known), node)
        for parameter, value in zip(parameters, given, strict=False)
    ]
    for parameter in parameters[len(given) :]:
        arguments.append(default(check, node, declaration, parameter, known))
    instance = generics.instance(check, node, declaration, known)
    signature = check.unit.signature(instance)
    return members.call_method(check, node, receiver, instance, signature, arguments)


def known_of(member: Member) -> generics.Arguments:
    """Return what the class of a member's instance says of its type parameters."""
    return generics.start(member.declaration, member.owner.arguments, None)


def _class_member(check: Checker, node: ast.Call, member: Member, hint: Type | None) -> Expression:
    """`Class.name(...)`: a static or class method, or a method with its receiver written first."""
    declaration = member.declaration
    if isinstance(declaration, FunctionDeclaration):
        if declaration.is_static or declaration.is_class_method:
            return function(check, node, declaration, hint, member.owner.arguments)
        return function(check, node, declaration, hint, member.owner.arguments)
    if isinstance(declaration, ConstantDeclaration | FieldDeclaration):
        raise check.error(node.func, f"'{declaration.name}' of '{member.owner}' is not a function")
    raise check.error(node.func, "this cannot be called")


# Arguments -----------------------------------------------------------------------------------


def bind(
    check: Checker,
    node: ast.Call,
    function: FunctionDeclaration,
    parameters: list[ParameterDeclaration],
) -> list[ast.expr | None]:
    """Return the argument of each parameter; None where the default is taken."""
    bound: list[ast.expr | None] = [None] * len(parameters)
    if any(each.collects for each in parameters):
        return starred.bind(check, node, function, parameters)
    starred.refuse(check, node)
    positional = [i for i, p in enumerate(parameters) if p.kind is not ParameterKind.KEYWORD_ONLY]
    if len(node.args) > len(positional):
        raise check.error(
            node.args[len(positional)],
            f"'{function.qualified_name}' takes {_count(len(positional))}, not {len(node.args)}",
            "",
            declared(check, function),
        )
    for index, argument in zip(positional, node.args, strict=False):
        bound[index] = argument

    by_name = {
        p.name: i for i, p in enumerate(parameters) if p.kind is not ParameterKind.POSITIONAL_ONLY
    }
    for keyword in node.keywords:
        index = by_name.get(keyword.arg)
        if index is None:
            raise check.error(
                keyword.value,
                f"'{function.qualified_name}' has no parameter '{keyword.arg}'",
                check.unit.suggestion(keyword.arg, by_name),
                declared(check, function),
            )
        if bound[index] is not None:
            raise check.error(keyword.value, f"'{keyword.arg}' is given twice")
        bound[index] = keyword.value

    missing = [
        p.name for p, b in zip(parameters, bound, strict=True) if b is None and p.default is None
    ]
    if missing:
        listed = ", ".join(f"'{name}'" for name in missing)
        raise check.error(
            node, f"'{function.qualified_name}' needs {listed}", "", declared(check, function)
        )
    return bound


def _as_lambda(
    check: Checker, node: ast.expr | None, parameter: ParameterDeclaration
) -> ast.expr | None:
    """Return what calls a class or a word of the language, given where a Callable is wanted."""
    wanted = parameter.type
    if not isinstance(wanted, CallableType) or not isinstance(node, ast.Name | ast.Attribute):
        return node
    if isinstance(node, ast.Name) and names.find_local(check, node) is not None:
        return node
    if not names.is_callable_word(check, node, names.meaning(check, node)):
        return node
    return names.calling(node, len(wanted.parameters))


def arguments_of(
    check: Checker,
    node: ast.Call,
    function: FunctionDeclaration,
    parameters: list[ParameterDeclaration],
    known: generics.Arguments,
    hint: Type | None = None,
) -> tuple[list[Expression], list[int] | None]:
    """Bind and check the arguments, infer what is generic, fill in defaults.

    Returns them in the order of the parameters, and the order of evaluation if it is another one.
    """
    bound = [
        _as_lambda(check, argument, parameter)
        for argument, parameter in zip(
            bind(check, node, function, parameters), parameters, strict=True
        )
    ]
    order = [i for i, argument in enumerate(bound) if argument is not None]
    in_order = not node.keywords
    if not in_order:
        order.sort(key=lambda i: (bound[i].lineno, bound[i].col_offset))
        in_order = order == sorted(order)

    arguments: list[Expression | None] = [None] * len(parameters)
    if not known:
        for i in order:
            listed = _listed(check, function, bound[i], parameters[i], parameters[i].type)
            arguments[i] = listed or _argument(check, function, bound[i], parameters[i].type)
    else:
        _generic_arguments(check, function, parameters, bound, order, arguments, known, hint)
    for i, parameter in enumerate(parameters):
        if arguments[i] is None:
            arguments[i] = default(check, node, function, parameter, known)
    if in_order:
        return arguments, None
    return arguments, order + [i for i in range(len(bound)) if bound[i] is None]


def _listed(
    check: Checker,
    function: FunctionDeclaration,
    node: ast.expr,
    parameter: ParameterDeclaration,
    wanted: Type,
) -> Expression | None:
    """Return the argument for a list of a module of Python's library, which takes any iterable unless it is
    given by place only, or for a float, for which an int will do; None for all others."""
    type = parameter.type
    if isinstance(type, FloatType) and function.module.path.startswith(str(LIBRARY)):
        value = operators.as_number(check.operand(node, type))
        if value.type is LITERAL or isinstance(value.type, IntType):
            return operators.as_float(check, value, type)
        return convert(check, value, type, node)
    if isinstance(type, OptionalType):
        type, wanted = type.inner, wanted.inner
    takes_any = function.module.path.startswith(str(LIBRARY)) or function.name == "extend"
    is_exact = parameter.kind is ParameterKind.POSITIONAL_ONLY
    if not takes_any or is_exact or not containers.is_container(type, "list"):
        return None
    if isinstance(node, ast.Constant) and node.value is None:
        return None
    (element,) = wanted.arguments
    return containers.as_list(check, node, element if generics.is_concrete(element) else None)


def _argument(
    check: Checker, function: FunctionDeclaration, node: ast.expr, wanted: Type
) -> Expression:
    """Return an argument. A module of Python's library takes an integer for a float, as Python's does."""
    if wanted == F64 and function.module.path.startswith(str(LIBRARY)):
        value = values.settled(check, check.operand(node, wanted))
        if isinstance(value.type, IntType) or value.type is BOOL:
            return operators.as_float(check, operators.as_number(value), F64)
        return convert(check, value, wanted, node)
    return check.expression(node, wanted)


def _generic_arguments(
    check: Checker,
    function: FunctionDeclaration,
    parameters: list[ParameterDeclaration],
    bound: list[ast.expr | None],
    order: list[int],
    arguments: list[Expression | None],
    known: generics.Arguments,
    hint: Type | None,
) -> None:
    """Check arguments whose types depend on type arguments still to be inferred."""
    late: list[int] = []
    given = dict(known)
    for i in order:
        wanted = generics.substituted(parameters[i].type, given)
        listed = _listed(check, function, bound[i], parameters[i], wanted)
        if listed is not None:
            arguments[i] = listed
            generics.infer(known, parameters[i].type, listed.type)
        elif generics.is_concrete(wanted):
            arguments[i] = check.expression(bound[i], wanted)
        elif isinstance(bound[i], ast.Lambda):
            late.append(i)
        elif generator_values.is_iterable_value(wanted):
            arguments[i] = value = generator_values.argument(check, bound[i])
            generics.infer(known, parameters[i].type, value.type)
        else:
            arguments[i] = value = check.operand(bound[i])
            generics.infer(known, parameters[i].type, value.type)
    if hint is not None:
        generics.infer_missing(known, function.result, hint)
    for i in order if late else ():  # a lambda's parameters have types now or never
        if arguments[i] is not None and arguments[i].type is LITERAL:
            generics.infer_literal(known, parameters[i].type)
    for i in late:
        wanted = generics.substituted(parameters[i].type, known)
        arguments[i] = value = check.operand(bound[i], wanted)
        generics.infer(known, parameters[i].type, value.type)
    for i in order:
        if arguments[i].type is LITERAL:
            generics.infer_literal(known, parameters[i].type)
    for i in order:
        wanted = generics.substituted(parameters[i].type, known)
        if generics.is_concrete(wanted):
            value = arguments[i]
            if isinstance(value, tree.FunctionRef):  # it promises what only now is known
                value = function_ref(check, bound[i], value.function, wanted)
            arguments[i] = convert(check, value, wanted, bound[i])
        else:
            arguments[i] = values.settled(check, arguments[i])


def default(
    check: Checker,
    node: ast.AST,
    function: FunctionDeclaration,
    parameter: ParameterDeclaration,
    known: generics.Arguments,
) -> Expression:
    """Return the default of a parameter, which is a constant, as if it stood in the call."""
    type = generics.substituted(parameter.type, known)
    return check.unit.default_value(check, node, function.module, parameter.default, type)


def function_ref(
    check: Checker, node: ast.expr, instance: FunctionInstance, hint: Type | None
) -> Expression:
    """A function as a value: code, and nothing captured."""
    check.unit.request(instance)
    if isinstance(hint, OptionalType):
        hint = hint.inner
    if isinstance(hint, CFunctionType):
        return tree.FunctionRef(
            check.span(node), check.unit.c_function_of(check, node, instance), instance
        )
    type = check.unit.callable_of(instance)
    if isinstance(hint, CallableType) and (hint.parameters, hint.result) == (
        type.parameters,
        type.result,
    ):
        type = CallableType(type.parameters, type.result, type.effects | hint.effects)
    if check.unit.signature(instance).returns_view:
        raise check.error(
            node,
            f"'{instance.declaration.name}' returns a place, which a Callable cannot",
            "let it return a Ptr, or a copy",
        )
    return tree.FunctionRef(check.span(node), type, instance)


def declared(check: Checker, function: FunctionDeclaration) -> tuple[Note, ...]:
    return (Note(check.unit.header(function), "declared here"),)


def _count(number: int) -> str:
    return "1 argument" if number == 1 else f"{number} arguments"
