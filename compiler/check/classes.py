"""Classes: `isinstance`, `super()`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    calls,
    containers,
    exception_objects,
    generics,
    initialisation,
    members,
    names,
    narrowing,
    value_unions,
)
from compiler.check.conversions import described, is_subclass
from compiler.layout import base_of
from compiler.tree import Conversion, Convert, Expression, Literal, LocalRef
from compiler.types import (
    BOOL,
    NONE,
    ClassDeclaration,
    ClassKind,
    FunctionDeclaration,
    NamedType,
    OptionalType,
    Type,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def isinstance_call(check: Checker, node: ast.Call) -> Expression:
    """`isinstance(value, Class)`, for references: a test of the object's class."""
    if len(node.args) != 2 or node.keywords:
        raise check.error(node, "isinstance takes a value and a class")
    value = check.operand(node.args[0])
    asked = value_unions.of_test(check, value, node)
    if asked is not None:
        return value_unions.test(check, node, value, asked)
    wanted = node.args[1]
    classes = wanted.elts if isinstance(wanted, ast.Tuple) else [wanted]
    if not classes:
        raise check.error(wanted, "isinstance of no class", "name one at least")
    tests = [_is_one(check, node.args[0], each, value) for each in classes]
    if len(tests) == 1:
        return tests[0]
    return tree.Logical(check.span(node), BOOL, False, tests)


def _is_one(check: Checker, tested: ast.expr, node: ast.expr, value: Expression) -> Expression:
    span = check.span(node)
    if value_unions.is_plainly(check, node, value):
        return Literal(span, BOOL, True)
    is_read = containers.in_program(check) and isinstance(value, tree.LocalRef | tree.FieldRef)
    if is_read and value_unions.is_word(check, node):
        return Literal(span, BOOL, False)
    of = class_named(check, node)
    type = value.type.inner if isinstance(value.type, OptionalType) else value.type
    is_object = isinstance(type, NamedType) and type.kind in _REFERENCES
    if is_read and not (is_object and of.kind in _REFERENCES):
        return Literal(span, BOOL, False)
    if not isinstance(type, NamedType) or type.kind not in _REFERENCES:
        raise check.error(
            tested,
            f"{described(value.type)} has one type, which is known already",
            "isinstance asks which class a reference has",
        )
    if of.kind not in _REFERENCES:
        raise check.error(
            node,
            f"{described(of)} is no class of references",
            "isinstance asks which class a reference has",
        )
    of = _with_arguments(of, type)
    if not is_subclass(of, type):
        if is_subclass(type, of):
            if isinstance(value.type, OptionalType):
                some = tree.IsNone(span, BOOL, value)
                return tree.Unary(span, BOOL, tree.UnaryOperator.NOT, some)
            return Literal(span, BOOL, True)
        if is_read or getattr(
            node, "may_be_unrelated", False
        ):  # one of the classes that stand for another
            return Literal(span, BOOL, False)
        raise check.error(node, f"a {described(type)} is never a {described(of)}")
    return tree.IsInstance(span, BOOL, value, of)


_REFERENCES = (ClassKind.CLASS, ClassKind.EXCEPTION)


def _with_arguments(of: NamedType, known: NamedType) -> NamedType:
    """Give a generic class named alone the type arguments that its base has."""
    parameters = of.declaration.parameters
    if not parameters or of.arguments != parameters:
        return of
    found: generics.Arguments = dict.fromkeys(parameters)
    step: NamedType | None = of
    while step is not None:
        if step.declaration is known.declaration:
            for pattern, type in zip(step.arguments, known.arguments, strict=True):
                generics.infer(found, pattern, type)
        step = base_of(step)
    return NamedType(of.declaration, tuple(found[p] or p for p in parameters))


def class_named(check: Checker, node: ast.expr) -> NamedType:
    """Return the class that an expression names; a generic one with its own type parameters."""
    found = names.meaning(check, node)
    if isinstance(found, ClassDeclaration):
        return NamedType(found, found.parameters)
    if isinstance(found, NamedType):
        return found
    raise check.error(node, f"'{check.text(node)}' is no class")


# super ---------------------------------------------------------------------------------------


def is_super_call(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"
    )


def _base(check: Checker, node: ast.Attribute) -> tuple[LocalRef, NamedType]:
    """Return `self` and the class that `super()` stands for."""
    call: ast.Call = node.value
    owner = check.function.owner
    if call.args or call.keywords:
        raise check.error(call, "super() takes no arguments", f"write super().{node.attr}")
    if owner is None:
        raise check.error(call, "super() outside of a method")
    if check.function.is_static or check.function.is_class_method:
        raise check.error(
            call,
            f"super() needs an object, and '{check.function.name}' has none",
            "name the class instead",
        )
    self = check.names[check.function.parameters[0].name]
    base = base_of(self.type)
    if base is None:
        raise check.error(call, f"'{owner.name}' has no base class")
    return LocalRef(check.span(call), self.type, self), base


def super_call(
    check: Checker, node: ast.Call, callee: ast.Attribute, hint: Type | None
) -> Expression:
    """`super().name(...)`: the base's method itself, not through the vtable."""
    self, base = _base(check, callee)
    member = members.find(check, base, callee.attr)
    if member is None:
        if callee.attr == "__init__" and not node.args and not node.keywords:
            return Literal(check.span(node), NONE, None)
        raise members.no_member(check, callee, base)
    function = member.declaration
    if not isinstance(function, FunctionDeclaration):
        raise check.error(callee, f"'{callee.attr}' is no method")
    if function.is_abstract:
        raise check.error(callee, f"'{function.qualified_name}' is abstract and has no body")
    known = generics.start(function, member.owner.arguments, None)
    if callee.attr == "__init__" and exception_objects.is_plain(member):
        arguments, evaluation = (
            exception_objects.texts_of(check, node, base.declaration),
            None,
        )
    else:
        arguments, evaluation = calls.arguments_of(
            check, node, function, function.parameters[1:], known, hint
        )
    instance = generics.instance(check, node, function, known)
    check.unit.request(instance)
    narrowing.forget_memory(check, node)
    if function.name == "__init__":
        initialisation.base_initialised(check)
    signature = check.unit.signature(instance)
    receiver = Convert(self.span, member.owner, Conversion.UPCAST, self)
    if evaluation is not None:
        evaluation = [0, *(i + 1 for i in evaluation)]
    return tree.Call(
        check.span(node), signature.result, instance, signature, [receiver, *arguments], evaluation
    )


def super_attribute(check: Checker, node: ast.Attribute) -> Expression:
    """`super().name` as a value: a property of the base."""
    self, base = _base(check, node)
    member = members.find(check, base, node.attr)
    if member is None:
        raise members.no_member(check, node, base)
    function = member.declaration
    if not isinstance(function, FunctionDeclaration) or not function.is_property:
        hint = "call it" if isinstance(function, FunctionDeclaration) else f"write self.{node.attr}"
        raise check.error(node, f"'super().{node.attr}' is no call of a method", hint)
    receiver = Convert(self.span, member.owner, Conversion.UPCAST, self)
    instance = generics.instance(check, node, function, calls.known_of(member))
    check.unit.request(instance)
    narrowing.forget_memory(check, node)
    signature = check.unit.signature(instance)
    return tree.Call(check.span(node), signature.result, instance, signature, [receiver])
