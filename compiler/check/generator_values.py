"""Generators that are values: kept, passed on, asked for one item; what only programs have.

    f(x)                        of a generator function, where no `for` consumes it: an object
    (e for x in xs if c)        a call of a nested generator function, whose parameters are what the first
                                iterable is made of: that is evaluated here and now
    map, filter, zip, ...       the generator expression that says the same
    iter(x)                     a generator over x, unless x is an iterator itself
    next(it), next(it, other)   its next item; StopIteration is what the second form catches
    Iterable[T]                 a Callable that gives an iterator each time; what is passed for it is
                                captured, so that it can be gone over again if it could before

A `for` over such a value asks it for one item after the other (ForIterator).
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    captures,
    closures,
    containers,
    exception_objects,
    functions,
    special,
    values,
)
from compiler.check.checker import Poisoned, expression_of
from compiler.check.conversions import convert, described, is_subclass, try_convert
from compiler.check.words import arguments, word
from compiler.read import BUILTINS
from compiler.tree import Conversion, Convert, Expression, Local, LocalRef
from compiler.types import (
    BROKEN,
    BYTES,
    INT,
    NONE,
    STR,
    CallableType,
    FunctionDeclaration,
    GeneratorType,
    NamedType,
    OptionalType,
    ParameterDeclaration,
    Signature,
    TupleType,
    Type,
    is_reference,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker

_BY_FUNCTION = ("map", "filter")


def is_iterable_value(type: Type) -> bool:
    """True for what `Iterable[T]` stands for."""
    return (
        isinstance(type, CallableType)
        and not type.parameters
        and isinstance(type.result, GeneratorType)
    )


def placed(node: ast.AST, made: ast.AST) -> ast.AST:
    """Give new syntax its place in the source."""
    for each in ast.walk(made):
        if isinstance(each, ast.expr | ast.stmt | ast.arg) and not hasattr(each, "lineno"):
            ast.copy_location(each, node)
    return made


def _name(node: ast.AST, name: str) -> ast.Name:
    return placed(node, ast.Name(name, ast.Load()))


# Generator expressions -----------------------------------------------------------------------


@expression_of(ast.GeneratorExp)
def generator_expression(check: Checker, node: ast.GeneratorExp, hint: Type | None) -> Expression:
    """`(element for target in iterable if test)` (Python Language Reference, section 6.2.8)."""
    if not containers.in_program(check):
        raise check.error(
            node,
            "a generator expression is not part of the kernel's language",
            "write a function with 'yield', or a loop",
        )
    first, *others = node.generators
    given = _Given(check)
    first = ast.comprehension(first.target, given.iterable(first.iter), first.ifs, 0)
    body: ast.stmt = ast.Expr(ast.Yield(node.elt))
    for each in reversed([first, *others]):
        for test in reversed(each.ifs):
            body = ast.If(test, [body], [])
        body = ast.For(each.target, each.iter, [body], [])
    wanted = hint.item if isinstance(hint, GeneratorType) else BROKEN
    return _call(check, node, placed(node, body), given, wanted)


class _Given:
    """The values from which the first iterable of a generator is made: they are its parameters."""

    def __init__(self, check: Checker) -> None:
        self.check = check
        self.values: list[Expression] = []

    def iterable(self, node: ast.expr) -> ast.expr:
        """Return an iterable over what is given; the call of a lazy word stays one."""
        if not containers.lazy_word(self.check, node):
            return self.parameter(node)
        by_function = node.func.id in _BY_FUNCTION
        parts = [
            each if by_function and number == 0 else self.part(each)
            for number, each in enumerate(node.args)
        ]
        keywords = [
            ast.copy_location(ast.keyword(each.arg, self.part(each.value)), each)
            for each in node.keywords
        ]
        return ast.copy_location(ast.Call(node.func, parts, keywords), node)

    def part(self, node: ast.expr) -> ast.expr:
        match node:
            case ast.Constant():
                return node
            case ast.Starred(
                value=ast.BinOp(ast.List([item]), ast.Mult(), ast.Constant()) as groups
            ):
                items = ast.List([self.part(item)], ast.Load())
                again = ast.BinOp(items, groups.op, groups.right)
                return placed(node, ast.Starred(again, ast.Load()))
            case ast.Starred(value=rows):
                return placed(node, ast.Starred(self.part(rows), ast.Load()))
        return self.iterable(node)

    def parameter(self, node: ast.expr) -> ast.expr:
        value = values.settled(self.check, self.check.operand(node))
        self.values.append(value)
        return _name(node, f".{len(self.values) - 1}")


def _call(
    check: Checker, node: ast.expr, body: ast.stmt, given: _Given, wanted: Type
) -> Expression:
    """Return the call of a nested generator function. `wanted`: what it yields; BROKEN: what it does."""
    types = tuple(each.type for each in given.values)
    parameters = [ast.arg(f".{number}") for number in range(len(types))]
    plain = ast.arguments([], [placed(node, each) for each in parameters], None, [], [], None, [])
    written = placed(node, ast.FunctionDef("<genexpr>", plain, [body], [], None))
    declaration = FunctionDeclaration("<genexpr>", check.module, written, None)
    declaration.is_generator = True
    declaration.parameters = [
        ParameterDeclaration(each.arg, type, check.span(node))
        for each, type in zip(parameters, types, strict=True)
    ]
    inner = closures.Nested(check, declaration)
    inner.yields = wanted
    locals = functions.enter_parameters(inner, types)
    captures.capture_all(inner)
    statements = inner.block([body])
    if inner.has_errors or inner.yields is BROKEN:
        check.has_errors = True
        raise Poisoned(check.span(node), "")
    type = GeneratorType(inner.yields)
    function = inner.finish(Signature(types, type), locals, statements, check.span(node))
    closure = closures.closure(check, node, inner, function)
    return tree.IndirectCall(check.span(node), type, closure, closure.type, given.values)


@word("map", "filter", "zip", "enumerate", "reversed")
def lazy_call(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`zip(a, b)` and its like where no loop consumes them."""
    if not containers.in_program(check):
        from compiler.check import unsupported

        raise unsupported.called(check, node, node.func.id)
    return _items_of(check, node, node, hint)


def _items_of(check: Checker, node: ast.AST, iterable: ast.expr, hint: Type | None) -> Expression:
    """Return a generator over an iterable."""
    target = ast.Name(".item", ast.Store())
    made = ast.GeneratorExp(
        ast.Name(".item", ast.Load()), [ast.comprehension(target, iterable, [], 0)]
    )
    return check.operand(placed(node, made), hint)


@word("range")
def range_call(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`range(stop)` where an iterable is wanted: its bounds are evaluated once, here."""
    if not containers.in_program(check) or hint is None or not is_iterable_value(hint):
        from compiler.check import unsupported

        raise unsupported.called(check, node, "range")
    around, check.out = check.out, []
    given = _Given(check)
    written = given.iterable(node)
    for number, value in enumerate(given.values):
        check.names[f".{number}"] = _kept_local(check, node, value)
    call = ast.Call(ast.Name("iter", ast.Load()), [written], [])
    none = ast.arguments([], [], None, [], [], None, [])
    made = check.operand(placed(node, ast.Lambda(none, call)), hint)
    for number in range(len(given.values)):
        del check.names[f".{number}"]
    statements, check.out = check.out, around
    return tree.Steps(check.span(node), hint, statements, made)


# Words ---------------------------------------------------------------------------------------


@word("iter")
def iter_call(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`iter(iterable)`."""
    (iterable,) = arguments(check, node, "iter(iterable)", 1)
    return iterator(check, node, iterable, hint)


def iterator(
    check: Checker, node: ast.AST, iterable: ast.expr, hint: Type | None = None
) -> Expression:
    """Return what `iter(iterable)` gives."""
    if containers.lazy_word(check, iterable) or isinstance(iterable, ast.GeneratorExp):
        return _items_of(check, node, iterable, hint)
    value = values.settled(check, check.operand(iterable))
    if isinstance(value.type, GeneratorType):
        return value
    if isinstance(value.type, NamedType) and not containers.is_any(value.type):
        own = special.call(check, node, value, "__iter__", [])
        if own is not None:
            return own
    return _items_of(check, node, iterable, hint)


def _kept(check: Checker, node: ast.AST, value: Expression) -> ast.Name:
    """Keep a value in a local, and return its name."""
    local = _kept_local(check, node, value)
    check.names[local.name] = local
    return _name(node, local.name)


def _kept_local(check: Checker, node: ast.AST, value: Expression) -> Local:
    local = check.hidden_local("iterated", value.type, node)
    check.emit(tree.SetLocal(value.span, local, value))
    return local


@word("next")
def next_call(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`next(iterator)`, `next(iterator, default)`."""
    iterator, *default = arguments(check, node, "next(iterator, default)", 1, 2)
    value = check.operand(iterator)
    if not default:
        return following(check, iterator, value)
    span = check.span(node)
    held = check.hidden_local("iterator", value.type, node)
    item = following(check, iterator, LocalRef(span, value.type, held))
    other = check.operand(default[0], item.type)
    type = _meeting(check, default[0], item, other)
    result = check.hidden_local("next", type, node)
    spare = check.hidden_local("default", type, node)
    stop = NamedType(check.unit.modules[BUILTINS].scope["StopIteration"])
    instead: list[tree.Statement] = [tree.SetLocal(span, result, LocalRef(span, type, spare))]
    statements = [
        tree.SetLocal(span, held, value),
        tree.SetLocal(span, spare, convert(check, other, type, default[0])),
        tree.Try(
            span,
            [tree.SetLocal(span, result, convert(check, item, type, node))],
            [tree.Handler(span, [stop], None, instead)],
            [],
            [],
        ),
    ]
    return tree.Steps(span, type, statements, LocalRef(span, type, result))


def _meeting(check: Checker, node: ast.expr, item: Expression, other: Expression) -> Type:
    """Return the type of an item or what stands in for it."""
    if try_convert(check, other, item.type) is not None:
        return item.type
    wanted = item.type if isinstance(item.type, OptionalType) else OptionalType(item.type)
    if other.type is NONE or try_convert(check, other, wanted) is not None:
        return wanted
    raise check.error(
        node,
        f"this is {described(other.type)}, and the items are {described(item.type)}",
        "give a default of their type, or None",
    )


def following(check: Checker, node: ast.AST, value: Expression) -> Expression:
    """Return what `next(value)` gives."""
    if isinstance(value.type, GeneratorType):
        return resumed(value, node, check)
    item = special.call(check, node, value, "__next__", [])
    if item is None:
        text = check.text(node)
        raise check.error(
            node, f"{described(value.type)} is no iterator", f"write iter({text}) once, and keep it"
        )
    return item


def resumed(value: Expression, node: ast.AST, check: Checker) -> tree.Resume:
    """Return the next item of a generator."""
    from compiler.check import narrowing

    narrowing.forget_memory(check, node)
    return tree.Resume(check.span(node), value.type.item, value)


def method_call(
    check: Checker, node: ast.Call, name: str, generator: Expression
) -> Expression | None:
    """`generator.close()`, `throw(error)`, and what `next` and `iter` call; None for every other method."""
    if name == "throw" and exception_objects.are_here(check):
        (error,) = arguments(check, node, "throw(error)", 1)
        base = exception_objects.base_class(check)
        thrown = check.expression(error, base)
        return tree.ThrowInto(check.span(node), generator.type.item, generator, thrown)
    if name not in ("close", "__next__", "__iter__"):
        return None
    arguments(check, node, f"{name}()", 0)
    match name:
        case "close":
            return tree.CloseGenerator(check.span(node), NONE, generator)
        case "__next__":
            return resumed(generator, node, check)
    return generator


# Conversions ---------------------------------------------------------------------------------


def to_generator(check: Checker, value: Expression, to: GeneratorType) -> Expression | None:
    """Return what is passed for an `Iterator[T]`; None if it is no iterator."""
    own = value.type
    if isinstance(own, GeneratorType):
        fits = is_subclass(own.item, to.item) and is_reference(own.item)
        return Convert(value.span, to, Conversion.UPCAST, value) if fits else None
    if special.find(check, own, "__next__") is None or special.find(check, own, "__iter__") is None:
        return None
    return over(check, value, to, lambda node: _items_of(check, node, node, to))


def to_iterable(check: Checker, value: Expression, to: CallableType) -> Expression | None:
    """Return what is passed for an `Iterable[T]`: a function that gives an iterator over it."""
    if not _can_be_iterated(check, value.type):
        return None
    is_empty = isinstance(value.type, TupleType) and not value.type.items

    def again(node: ast.expr) -> Expression:
        if is_empty:  # of whatever is wanted
            items = containers.declaration(check, node, "list")
            nothing = placed(node, ast.List([], ast.Load()))
            node = _kept(
                check, node, check.expression(nothing, NamedType(items, (to.result.item,)))
            )
        call = ast.Call(ast.Name("iter", ast.Load()), [node], [])
        none = ast.arguments([], [], None, [], [], None, [])
        return check.operand(placed(node, ast.Lambda(none, call)), to)

    return over(check, value, to, again)


def argument(check: Checker, node: ast.expr) -> Expression:
    """Return an argument for an `Iterable[T]` whose T only it says."""
    is_range = isinstance(node, ast.Call) and ast.unparse(node.func) == "range"
    value = check.operand(node, CallableType((), GeneratorType(INT)) if is_range else None)
    if is_iterable_value(value.type) or not _can_be_iterated(check, value.type):
        return value

    def again(node: ast.expr) -> Expression:
        call = ast.Call(ast.Name("iter", ast.Load()), [node], [])
        none = ast.arguments([], [], None, [], [], None, [])
        return check.operand(placed(node, ast.Lambda(none, call)))

    made = over(check, value, value.type, again)
    made.type = made.value.type
    return made


def _can_be_iterated(check: Checker, type: Type) -> bool:
    if isinstance(type, GeneratorType | TupleType) or type in (STR, BYTES):
        return True
    return containers.is_any(type) or special.find(check, type, "__iter__") is not None


def over(check: Checker, value: Expression, to: Type, make) -> Expression:
    """Return what `make` makes of the name of a local that holds a value."""
    span = value.span
    node = ast.Name(".", ast.Load())
    node.lineno, node.col_offset = span.line, span.column
    node.end_lineno, node.end_col_offset = span.end_line, span.end_column
    around, check.out = check.out, []
    kept = _kept(check, node, value)
    made = make(kept)
    statements, check.out = check.out, around
    return tree.Steps(span, to, statements, made)


def next_of(check: Checker, node: ast.AST, iterator: Local) -> tree.Resume:
    """Return the next item of the generator that a loop's hidden local holds."""
    return tree.Resume(
        check.span(node),
        iterator.type.item,
        LocalRef(check.span(node), iterator.type, iterator),
    )
