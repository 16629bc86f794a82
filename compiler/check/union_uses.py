"""Uses of a union of values, in programs: what Python does with the value that is there.

    x: int | str                .held = x
    x.upper()                   if .held is no str: raise AttributeError("'int' object has no attribute 'upper'")
                                (the str in .held).upper()

A use is tried with each type that no test has ruled out. Those that take it do; for the others Python's
exception is raised. What several types give comes together as one type, or as a union that holds all of it.

Source: Python Language Reference, sections 6.3 and 6.7.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import exception_objects, special, value_unions, values
from compiler.check.attempts import Snapshot
from compiler.check.flow import join_all, path_of
from compiler.source import CompileError
from compiler.tree import Conversion, Convert, Expression
from compiler.types import BOOL, NEVER, STR, NamedType, OptionalType, Type

if TYPE_CHECKING:
    from compiler.check.checker import Checker

Use = Callable[[Expression], Expression]


def is_union(check: Checker, value: Expression) -> bool:
    """True for a union of values in a program, which can raise what it has to."""
    return bool(value_unions.names_of(value.type)) and exception_objects.has_messages(check)


def attribute(
    check: Checker, node: ast.AST, value: Expression, name: str, use: Use
) -> Expression | None:
    """Return `value.name`, or its call; None if no value has such an attribute."""
    return _used(check, node, value, use, ("union_has_no_attribute", name), [])


def operand(
    check: Checker, node: ast.AST, value: Expression, message: str, use: Use
) -> Expression | None:
    """Return a use that raises TypeError with `message`, in which `{}` stands for the type of the value."""
    return _used(check, node, value, use, ("refuse_operand", message), [])


def operands(
    check: Checker,
    node: ast.AST,
    message: str,
    left: Expression,
    right: Expression,
    combine: Callable[[Expression, Expression], Expression],
) -> Expression | None:
    """Return what an operator gives for two values; None if neither is a union, or no types have it."""
    if is_union(check, left):
        again, steps = _kept(check, node, right)
        refusal = ("refuse_operand", message)
        return _used(check, node, left, lambda each: combine(each, again), refusal, steps)
    if not is_union(check, right):
        return None
    again, steps = _kept(check, node, left)
    made = operand(check, node, right, message, lambda each: combine(again, each))
    return made and tree.Steps(made.span, made.type, steps, made)


def _kept(check: Checker, node: ast.AST, value: Expression) -> tuple[Expression, tree.Block]:
    """Return an operand that may be used several times, and what evaluates it first. A place that tests
    have told something about stays what it is."""
    if path_of(value) is not None or isinstance(value, tree.Literal | tree.StringLiteral):
        return value, []
    first = values.held(check, node, values.settled(check, value))
    return values.again(first), [tree.Evaluate(first.span, first)]


def only(
    check: Checker, node: ast.AST, value: Expression, fits: Callable[[Type], bool], message: str
) -> Expression:
    """Return the one value of a union that fits, or raise TypeError; another value as it is."""
    if not is_union(check, value):
        return value
    fitting = [box for box, type in _types(check, value).items() if fits(type)]
    if len(fitting) != 1:
        return value
    return _of_boxes(
        check, node, value, fitting, lambda held: held, ("refuse_operand", message), []
    )


def _types(check: Checker, value: Expression) -> dict[NamedType, Type]:
    """Return the classes of a union that a value may have, each with the type that it holds."""
    left = value_unions.left(check, value)
    inside = value_unions.members(value.type)
    return {box: type for box, type in inside.items() if box.declaration.name in left}


def _used(
    check: Checker,
    node: ast.AST,
    value: Expression,
    use: Use,
    refusal: tuple[str, str],
    following: tree.Block,
) -> Expression | None:
    """Return a use of the value in a union; None if no type takes it.

    refusal: the function that refuses the other types, and the text that it is given.
    following: what is evaluated behind the value.
    """
    local = check.hidden_local("tried", value.type, node)
    tried = tree.LocalRef(value.span, value.type, local)
    fitting = [box for box in _types(check, value) if _takes(check, use, _taken_out(tried, box))]
    return _of_boxes(check, node, value, fitting, use, refusal, following) if fitting else None


def _taken_out(value: Expression, box: NamedType) -> Expression:
    """Return what an object of one class of a union holds."""
    return value_unions.value_in(Convert(value.span, box, Conversion.DOWNCAST, value))


def _of_boxes(
    check: Checker,
    node: ast.AST,
    value: Expression,
    fitting: list[NamedType],
    use: Use,
    refusal: tuple[str, str],
    following: tree.Block,
) -> Expression:
    """Return a use of the value in a union, which some of its types take."""
    span = check.span(node)
    first = values.held(check, node, value)
    again = values.again(first)
    steps: tree.Block = [tree.Evaluate(span, first)] if first is not again else []
    steps += following
    if len(fitting) < len(_types(check, value)):
        tests = [tree.IsInstance(span, BOOL, again, each) for each in fitting]
        test = tests[0] if len(tests) == 1 else tree.Logical(span, BOOL, False, tests)
        kind = special.call(check, node, again, "__kind__", [])
        message = tree.StringLiteral(span, STR, refusal[1])
        refused = exception_objects.called(check, node, refusal[0], kind, message)
        steps.append(tree.If(span, test, [], [tree.Evaluate(span, refused)]))
        value_unions.narrow_to(check, check.flow, value, fitting)
    start, flows, results = check.flow, [], []
    for box in fitting:
        check.flow = start.copy()
        results.append(values.settled(check, use(_taken_out(again, box))))
        flows.append(check.flow)
    check.flow = join_all(flows)
    results = _together(check, node, value.type, results)
    chosen = results[-1]
    for box, result in zip(reversed(fitting[:-1]), reversed(results[:-1]), strict=True):
        is_it = tree.IsInstance(span, BOOL, again, box)
        chosen = tree.Conditional(span, result.type, is_it, result, chosen)
    return tree.Steps(span, chosen.type, steps, chosen)


def _takes(check: Checker, use: Use, value: Expression) -> bool:
    """True if a use is right for a value."""
    before = Snapshot(check)
    try:
        use(value)
    except CompileError:
        return False
    finally:
        before.restore()
    return True


def _together(
    check: Checker, node: ast.AST, union: Type, results: list[Expression]
) -> list[Expression]:
    """Return what several types give as values of one type."""
    from compiler.check import conversions

    some = [each.type for each in results if each.type is not NEVER]
    if len(set(some)) < 2:
        for each in results:
            each.type = some[0] if some else each.type
        return results
    for wanted in (
        *some,
        *(OptionalType(each) for each in some if not isinstance(each, OptionalType)),
    ):
        made = [conversions.try_convert(check, each, wanted) for each in results]
        has_float = any(str(each) == "float" for each in some)
        if None not in made and not has_float:
            return made
    common = value_unions.common(check, results)
    if common is None:
        listed = " or ".join(dict.fromkeys(f"'{each}'" for each in some))
        raise check.error(
            node,
            f"this gives {listed}, by the type of a value of '{union}'",
            "ask isinstance() first, and treat each type by itself",
        )
    return [conversions.convert(check, each, common, node) for each in results]


def unsupported(operator: str, left: Expression, right: Expression) -> str:
    """Return what Python says where an operator has no meaning for the types of its operands."""
    symbol = {"**": "** or pow()"}.get(operator, operator)
    return f"unsupported operand type(s) for {symbol}: {_kinds(left, right)}"


def uncompared(operator: str, left: Expression, right: Expression) -> str:
    return f"'{operator}' not supported between instances of {_kinds(left, right)}"


def _kinds(left: Expression, right: Expression) -> str:
    """Return the types of two operands, with `{}` for that of the first one that is a union."""
    shown: list[str] = []
    for value in (left, right):
        is_asked = bool(value_unions.names_of(value.type)) and "'{}'" not in shown
        shown.append("'{}'" if is_asked else f"'{str(value.type).partition('[')[0]}'")
    return " and ".join(shown)
