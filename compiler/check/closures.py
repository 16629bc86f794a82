"""Functions as values: nested functions, lambdas, and methods with their object.

A nested function is checked where it is defined, with a checker of its own inside that of the
function around it. What it is made from there is a `Closure`; its name is a local like any other,
of Callable type. Where its captures live is decided when the function around is complete
(`escapes.py`).

The parameters of a lambda have no annotations: their types, and the promises that it must keep,
come from the Callable that the context wants.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Sequence

from compiler import tree
from compiler.check import (
    aliasing,
    bindings,
    captures,
    containers,
    first_uses,
    functions,
    generators,
    generics,
    members,
)
from compiler.check.checker import Checker, Poisoned, expression_of, statement_of
from compiler.check.conversions import LITERAL, described, settle
from compiler.check.renaming import Renamed
from compiler.declare import Member, declare_nested
from compiler.source import Diagnostic, Span
from compiler.tree import Expression, Local, LocalRef
from compiler.types import (
    BROKEN,
    NEVER,
    NONE,
    CallableType,
    CFunctionType,
    FunctionDeclaration,
    FunctionInstance,
    OptionalType,
    ParameterDeclaration,
    ParameterKind,
    Signature,
    Type,
    is_place,
    is_reference,
    substitute,
)
from compiler.words import EFFECT_WORDS

# What may decorate a nested function; everything else is about symbols or classes.
DECORATORS = {*EFFECT_WORDS, "inline", "noinline", "cold"}


def wanted_callable(check: Checker, node: ast.AST, hint: Type | None) -> CallableType | None:
    """Return the Callable that a context wants; None if it wants nothing in particular."""
    if isinstance(hint, OptionalType):
        hint = hint.inner
    if isinstance(hint, CFunctionType):
        raise check.error(
            node,
            f"{described(hint)} is a code address alone, with nothing captured",
            "define a @no_raise function at module level, and name it here",
        )
    return hint if isinstance(hint, CallableType) else None


# Lambdas -------------------------------------------------------------------------------------


@expression_of(ast.Lambda)
def lambda_expression(check: Checker, node: ast.Lambda, hint: Type | None) -> Expression:
    """`lambda parameters: expression` (Python Language Reference, section 6.14)."""
    wanted = wanted_callable(check, node, hint)
    if wanted is not None and len(wanted.parameters) < len(node.args.args):
        node = _with_defaults(check, node, len(wanted.parameters))
    names = _lambda_parameters(check, node, wanted)
    types = wanted.parameters if wanted is not None else ()
    declaration = FunctionDeclaration("<lambda>", check.module, _as_function(node), None)
    declaration.effects = wanted.effects if wanted is not None else frozenset()
    declaration.parameters = [
        ParameterDeclaration(each.arg, type, check.span(each))
        for each, type in zip(names, types, strict=True)
    ]

    inner = Nested(check, declaration)
    parameters = inner.enter_parameters(types)
    captures.capture_all(inner)
    body = inner.lambda_body(node.body, wanted.result if wanted is not None else None)
    signature = Signature(tuple(types), inner.result, False, declaration.effects)
    function = inner.finish(signature, parameters, body, check.span(node))
    return closure(check, node, inner, function)


def _with_defaults(check: Checker, node: ast.Lambda, count: int) -> ast.Lambda:
    """Return a lambda whose parameters behind the first `count`, which nobody passes, are captured
    instead: hidden locals, which get their default values here."""
    arguments = node.args
    required = len(arguments.args) - len(arguments.defaults)
    if count < required:
        return node  # which is reported where its parameters are
    left_out = arguments.args[count:]
    body = copy.deepcopy(node.body)
    for parameter, default in zip(left_out, arguments.defaults[count - required :], strict=True):
        value = check.operand(default)
        value = settle(check, value) if value.type is LITERAL else value
        local = check.hidden_local("default", value.type, default)
        local.is_default = True
        check.names[local.name] = local
        check.emit(tree.SetLocal(check.span(default), local, value))
        body = Renamed(parameter.arg, local.name).visit(body)
    parameters = ast.arguments([], arguments.args[:count], None, [], [], None, [])
    return ast.copy_location(ast.Lambda(parameters, body), node)


def _lambda_parameters(
    check: Checker, node: ast.Lambda, wanted: CallableType | None
) -> list[ast.arg]:
    arguments = node.args
    extra = arguments.vararg or arguments.kwarg or next(iter(arguments.kwonlyargs), None)
    if extra is not None:
        raise check.error(extra, "a lambda has parameters that are passed by position")
    if arguments.defaults:
        raise check.error(
            arguments.defaults[0],
            "a lambda has no default values here",
            "capture the value instead",
        )
    names = [*arguments.posonlyargs, *arguments.args]
    if wanted is None and names:
        raise check.error(
            node,
            "nothing here says of which types the parameters of this lambda are",
            "write it where a Callable[...] is wanted, or define a function with annotations",
        )
    if wanted is not None and len(names) != len(wanted.parameters):
        raise check.error(
            node,
            f"{described(wanted)} is called with {_count(wanted.parameters)}, and this takes "
            f"{_count(names)}",
        )
    if wanted is not None and not all(map(generics.is_concrete, wanted.parameters)):
        raise check.error(
            node,
            "nothing here says of which types the parameters of this lambda are",
            "give the call its type arguments, or define a function with annotations",
        )
    return names


def _count(arguments: Sequence[object]) -> str:
    return "1 argument" if len(arguments) == 1 else f"{len(arguments)} arguments"


def _as_function(node: ast.Lambda) -> ast.FunctionDef:
    """Return a lambda as the function definition that it stands for."""
    returned = ast.copy_location(ast.Return(node.body), node.body)
    function = ast.FunctionDef("<lambda>", node.args, [returned], [], None)
    return ast.copy_location(function, node)


# Nested functions ----------------------------------------------------------------------------


@statement_of(ast.FunctionDef)
def nested_function(check: Checker, node: ast.FunctionDef) -> None:
    """`def name(parameters): body` inside a function (section 8.7)."""
    declaration = _declare(check, node)
    types = tuple(substitute(each.type, check.arguments) for each in declaration.parameters)
    result = substitute(declaration.result, check.arguments)
    signature = Signature(types, result, False, declaration.effects)

    inner = Nested(check, declaration)
    inner.result = result
    if declaration.is_generator:
        inner.yields, inner.result = result.item, NONE
    parameters = inner.enter_parameters(types)
    itself = inner.enter_itself(node, signature)
    captures.capture_all(inner)
    body = inner.block(node.body)
    first_uses.report(inner)
    functions.check_end(inner)
    if declaration.is_generator:
        generators.check_yields(inner, body)
    function = inner.finish(signature, parameters, body, check.unit.header(declaration))
    function.itself = itself

    name = ast.copy_location(ast.Name(node.name, ast.Store()), node)
    bindings.bind(check, name, closure(check, node, inner, function), node)


def _declare(check: Checker, node: ast.FunctionDef) -> FunctionDeclaration:
    """Return the declaration of a nested function, which is a plain one."""
    errors: list[Diagnostic] = []
    declaration = declare_nested(node, check.root.function, errors)
    for error in errors:
        check.unit.report(error)
    types = [declaration.result, *(each.type for each in declaration.parameters)]
    if errors or BROKEN in types:
        check.has_errors = True
        raise Poisoned(check.span(node), "")
    _check_plain(check, node, declaration)
    return declaration


def _check_plain(check: Checker, node: ast.FunctionDef, declaration: FunctionDeclaration) -> None:
    for decorator in node.decorator_list:
        if not isinstance(decorator, ast.Name) or decorator.id not in DECORATORS:
            raise check.error(
                decorator,
                f"'@{check.text(decorator)}' is not for a function inside another",
                "define the function at module level",
            )
    if declaration.is_generator and not containers.in_program(check):
        raise check.error(
            check.unit.header(declaration),
            "a function inside another cannot be a generator",
            "define it at module level, and pass it what it needs",
        )
    if declaration.type_parameters:
        raise check.error(
            check.unit.header(declaration),
            "a function inside another cannot be generic by itself",
            "define it at module level",
        )
    for parameter in declaration.parameters:
        if parameter.default is not None:
            raise check.error(
                parameter.default,
                "a function inside another has no default values",
                "pass the value, or capture it",
            )
        if parameter.kind is ParameterKind.KEYWORD_ONLY:
            raise check.error(
                parameter.span, "a function inside another is called by position", "drop the '*'"
            )


# Both ----------------------------------------------------------------------------------------


class Nested(Checker):
    """Checks a function inside another."""

    def __init__(self, outer: Checker, declaration: FunctionDeclaration) -> None:
        super().__init__(outer.unit, outer.module, declaration, outer.arguments, outer)
        self.symbol = outer.nested_symbol(declaration.name)
        self.returns_nothing = False

    def enter_parameters(self, types: tuple[Type, ...]) -> list[Local]:
        return functions.enter_parameters(self, types)

    def enter_itself(self, node: ast.FunctionDef, signature: Signature) -> Local | None:
        """Let a nested function name itself, unless that name is bound to something else, too."""
        if self.outer.count_bindings(node.name) > 1 or node.name in self.names:
            return None
        type = CallableType(signature.parameters, signature.result, signature.effects)
        local = Local(node.name, type, self.unit.header(self.function))
        self.names[node.name] = local
        self.flow.bound.add(local)
        return local

    def lambda_body(self, node: ast.expr, wanted: Type | None) -> list[tree.Statement]:
        """Return the body of a lambda, and note its result, which the context may leave open."""
        span = self.span(node)
        if wanted is NONE:
            value = self.operand(node)
            return [tree.Evaluate(span, value), tree.Return(span, None)]
        if wanted is not None and generics.is_concrete(wanted):
            self.result = wanted
            value = self.expression(node, wanted)
        else:
            value = self.operand(node)
            value = settle(self, value) if value.type is LITERAL else value
            self.result = value.type
        if value.type is NONE or value.type is NEVER:
            return [tree.Evaluate(span, value), tree.Return(span, None)]
        return [tree.Return(span, aliasing.returned(self, node, value))]

    def finish(
        self,
        signature: Signature,
        parameters: list[Local],
        body: list[tree.Statement],
        span: Span,
    ) -> tree.Function:
        return tree.Function(
            span=span,
            instance=FunctionInstance(self.function),
            declaration=self.function,
            symbol=self.symbol,
            signature=signature,
            parameters=parameters,
            locals=[*parameters, *self.locals],
            body=body,
            captures=list(self.captures.values()),
            generator_item=self.yields,
            nested=self.nested,
        )


def closure(check: Checker, node: ast.AST, inner: Checker, function: tree.Function) -> tree.Closure:
    """Return a nested function as a value, which escapes until the contrary is known."""
    check.has_errors = check.has_errors or inner.has_errors
    check.nested.append(function)
    signature = function.signature
    type = CallableType(signature.parameters, signature.result, signature.effects)
    closure = tree.Closure(check.span(node), type, function, list(inner.captures), escapes=True)
    check.root.closures.append(Made(closure, check))
    return closure


class Made:
    """A closure, and the checker of the function that makes it."""

    def __init__(self, closure: tree.Closure, check: Checker) -> None:
        self.closure = closure
        self.check = check


# Methods -------------------------------------------------------------------------------------


def bound_method(
    check: Checker, node: ast.Attribute, object: Expression, member: Member, hint: Type | None
) -> Expression:
    """`object.method` as a value: a Callable that holds the object (section 3.2, instance methods).

    A counted object is itself what the Callable captures. Of a struct the address is captured, so
    that the struct must be one that a local names.
    """
    wanted = wanted_callable(check, node, hint)
    declaration: FunctionDeclaration = member.declaration
    if declaration.type_parameters:
        raise check.error(node, f"'{node.attr}' is generic: call it instead")
    instance = FunctionInstance(declaration, member.owner.arguments)
    signature = check.unit.signature(instance)
    if declaration.is_generator and not containers.in_program(check):
        raise check.error(node, f"'{node.attr}' is a generator: call it in a 'for'")
    if signature.returns_view:
        raise check.error(
            node,
            f"'{node.attr}' returns a place, which a Callable cannot",
            "let it return a Ptr, or a copy",
        )

    types = signature.parameters[1:]
    effects = signature.effects
    if wanted is not None and (wanted.parameters, wanted.result) == (types, signature.result):
        effects |= wanted.effects
    adapter = FunctionDeclaration(node.attr, check.module, _empty_function(node), None)
    adapter.effects = effects
    inner = Nested(check, adapter)
    parameters = [
        Local(parameter.name, type, check.span(node), is_parameter=True, owns=not is_place(type))
        for parameter, type in zip(declaration.parameters[1:], types, strict=True)
    ]
    receiver = _receiver(check, node, object)
    inside = captures.capture(inner, receiver)
    span = check.span(node)
    call = members.call_method(
        inner,
        node,
        LocalRef(span, inside.type, inside),
        instance,
        signature,
        [LocalRef(span, each.type, each) for each in parameters],
    )
    nothing = signature.result is NONE or signature.result is NEVER
    body: list[tree.Statement] = (
        [tree.Evaluate(span, call), tree.Return(span, None)]
        if nothing
        else [tree.Return(span, call)]
    )
    of_adapter = Signature(types, signature.result, signature.returns_view, effects)
    function = inner.finish(of_adapter, parameters, body, span)
    if not is_reference(object.type):
        return closure(check, node, inner, function)
    check.nested.append(function)
    type = CallableType(types, signature.result, effects)
    return tree.BoundMethod(span, type, object, function)


def _receiver(check: Checker, node: ast.Attribute, object: Expression) -> Local:
    """Return the local that an adapter captures as the method's object."""
    if is_reference(object.type):
        return Local(".object", object.type, object.span)
    if isinstance(object, LocalRef):
        return object.local
    raise check.error(
        node,
        f"'{node.attr}' is held together with its object, which is no counted one",
        "bind the object to a local first, or write a lambda that calls the method",
    )


def _empty_function(node: ast.Attribute) -> ast.FunctionDef:
    arguments = ast.arguments([], [], None, [], [], None, [])
    function = ast.FunctionDef(node.attr, arguments, [], [], None)
    return ast.copy_location(function, node)
