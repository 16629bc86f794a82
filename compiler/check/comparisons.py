"""Comparisons: `==`, `<`, `is`, `in` and their chains, for each pair of types.

Integers compare by value whatever their types, so nothing converts. Enums of one class compare by
number; pointers by address; str, bytes and slices of integers by content; tuples item by item;
classes and structs by `__eq__`, `__lt__` and the like. `is` compares identity: of references, of
pointers, and of structs, whose identity is where they lie. `x is None` is the test for None.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    containers,
    containment,
    exception_objects,
    narrowing,
    operators,
    presence,
    special,
    texts,
    type_words,
    union_uses,
    unlike,
    values,
)
from compiler.check.checker import expression_of
from compiler.check.conversions import (
    LITERAL,
    converts,
    described,
    literal_as,
    none_hint,
    settle,
    shown,
    smallest_type,
    try_convert,
)
from compiler.tree import Compare, Comparison, Expression, Literal, UnaryOperator
from compiler.types import (
    BOOL,
    BYTES,
    INT,
    NONE,
    STR,
    ArrayType,
    FloatType,
    IntType,
    NamedType,
    OptionalType,
    PointerType,
    SliceType,
    TupleType,
    Type,
    is_enum,
    is_place,
    is_reference,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker

COMPARISONS: dict[type[ast.cmpop], Comparison] = {
    ast.Eq: Comparison.EQUAL,
    ast.NotEq: Comparison.NOT_EQUAL,
    ast.Lt: Comparison.LESS,
    ast.LtE: Comparison.LESS_EQUAL,
    ast.Gt: Comparison.GREATER,
    ast.GtE: Comparison.GREATER_EQUAL,
    ast.Is: Comparison.IS,
    ast.IsNot: Comparison.IS_NOT,
}
METHODS = {
    Comparison.EQUAL: "__eq__",
    Comparison.NOT_EQUAL: "__ne__",
    Comparison.LESS: "__lt__",
    Comparison.LESS_EQUAL: "__le__",
    Comparison.GREATER: "__gt__",
    Comparison.GREATER_EQUAL: "__ge__",
}
EQUALITIES = (Comparison.EQUAL, Comparison.NOT_EQUAL)
IDENTITIES = (Comparison.IS, Comparison.IS_NOT)


@expression_of(ast.Compare)
def comparison(check: Checker, node: ast.Compare, hint: Type | None) -> Expression:
    """`a < b`, `a < b <= c`, `a in b`, `a is b` (Python Language Reference, section 6.10)."""
    if len(node.ops) == 1 and type_words.are_compared(check, node):
        return type_words.compared(check, node)
    left = check.operand(node.left)
    if len(node.ops) == 1:
        return _one(check, node, node.ops[0], left, node.comparators[0])
    return _chain(check, node, left)


def _one(
    check: Checker, node: ast.AST, op: ast.cmpop, left: Expression, right_node: ast.expr
) -> Expression:
    if isinstance(op, ast.In | ast.NotIn):
        found = containment.contains(check, node, left, right_node)
        return negated(found) if isinstance(op, ast.NotIn) else found
    right = check.operand(right_node, None if left.type is LITERAL else left.type)
    left, right = _plainer(check, [op], [left, right])
    return compare(check, node, COMPARISONS[type(op)], left, right)


def _plainer(check: Checker, ops: list[ast.cmpop], operands: list[Expression]) -> list[Expression]:
    """Return what is compared instead of the operands with the same results at less cost."""
    if any(isinstance(op, ast.Is | ast.IsNot) for op in ops):
        return operands
    return texts.as_code_points(check, operands)


def negated(value: Expression) -> Expression:
    """Return `not value` of a bool."""
    if isinstance(value, Literal):
        return Literal(value.span, BOOL, not value.value)
    return tree.Unary(value.span, BOOL, UnaryOperator.NOT, value)


def _chain(check: Checker, node: ast.Compare, left: Expression) -> Expression:
    """`a < b < c`, of operands that compare as they are: those in the middle stand in two
    comparisons.

    From the second comparison on, an operand is evaluated only if those before held, so its facts
    are not those of the whole.
    """
    operands, after_first = [left], check.flow
    for op, right_node in zip(node.ops, node.comparators, strict=True):
        if isinstance(op, ast.In | ast.NotIn):
            raise check.error(right_node, "'in' in a chain is hard to read", "write it with 'and'")
        hint = operands[-1].type
        operands.append(check.operand(right_node, None if hint is LITERAL else hint))
        if len(operands) == 2:
            after_first = check.flow.copy()
    operands = _plainer(check, node.ops, operands)
    left = operands[0]
    if any(each.type != left.type for each in operands):
        operands = [operators.as_number(each) for each in operands]

    first: Expression | None = None
    links: list[tuple[Comparison, Expression]] = []
    left = operands[0]
    for op, right in zip(node.ops, operands[1:], strict=True):
        if left.type is LITERAL and right.type is LITERAL:
            left = settle(check, left)
        compared = compare(check, node, COMPARISONS[type(op)], left, right)
        if not isinstance(compared, Compare) or (links and compared.left is not left):
            raise check.error(
                node,
                f"a chain does not compare {described(left.type)} with {described(right.type)}",
                "bind the operand in the middle to a local and write 'and'",
            )
        first = first or compared.left
        links.append((compared.comparison, compared.right))
        left = compared.right
    check.flow = after_first
    return tree.CompareChain(check.span(node), BOOL, first, links)


def compare(
    check: Checker, node: ast.AST, operator: Comparison, left: Expression, right: Expression
) -> Expression:
    """Return `left operator right` by the rules of their types."""
    if operator in IDENTITIES:
        return _identity(check, node, operator, left, right)
    left, right = _as_tuples(check, node, left, right)
    if operator not in EQUALITIES:
        left, right = presence.compared(check, node, operator.value, left, right)
    a, b = left.type, right.type
    if operator in EQUALITIES and containers.has(check, "list"):
        unlike_equal = unlike.equal(check, node, left, right)
        if unlike_equal is not None:
            return unlike_equal if operator is Comparison.EQUAL else negated(unlike_equal)
    if _is_number(a) and _is_number(b):
        return _numbers(check, node, operator, left, right)
    if a is NONE or b is NONE:
        raise _compared_with_none(check, node, operator)
    if isinstance(_inner(a), PointerType) and isinstance(_inner(b), PointerType):
        return _pointers(check, node, operator, left, right)
    if a == b and a in (STR, BYTES):
        return Compare(check.span(node), BOOL, operator, left, right)
    if isinstance(a, SliceType | ArrayType) or isinstance(b, SliceType | ArrayType):
        return _sequences(check, node, operator, left, right)
    if isinstance(a, TupleType) and isinstance(b, TupleType):
        if operator in EQUALITIES:
            return _tuples(check, node, operator, left, right)
        if len(a.items) == len(b.items) > 0:
            return _ordered_tuples(check, node, operator, left, right)
    if operator in EQUALITIES and containers.has(check, "list"):
        equal = _maybe_none(check, node, left, right)
        if equal is not None:
            return equal if operator is Comparison.EQUAL else negated(equal)
    result = special.comparison(check, node, operator, METHODS[operator], left, right)
    if result is None and operator not in EQUALITIES:
        result = union_uses.operands(
            check,
            node,
            union_uses.uncompared(operator.value, left, right),
            left,
            right,
            lambda first, second: compare(check, node, operator, first, second),
        )
    if result is not None:
        return result
    raise _no_comparison(check, node, operator, left, right)


def _as_tuples(
    check: Checker, node: ast.AST, left: Expression, right: Expression
) -> tuple[Expression, Expression]:
    """Return both sides, a record as the tuple of its fields where the other is a tuple."""
    if isinstance(left.type, TupleType) and isinstance(right.type, NamedType):
        return left, special.call(check, node, right, "__tuple__", []) or right
    if isinstance(right.type, TupleType) and isinstance(left.type, NamedType):
        return special.call(check, node, left, "__tuple__", []) or left, right
    return left, right


def _maybe_none(
    check: Checker, node: ast.AST, left: Expression, right: Expression
) -> Expression | None:
    """`a == b` where either may be None; None where neither may, or where identity decides.

    both None, or neither and the values equal
    """
    nullable = [isinstance(each.type, OptionalType) for each in (left, right)]
    inner = [_inner(each.type) for each in (left, right)]
    if not any(nullable) or not all(_compares_values(check, type) for type in inner):
        return None
    span = check.span(node)
    held = [values.held(check, node, values.settled(check, each)) for each in (left, right)]
    before = [tree.Evaluate(span, each) for each in held if isinstance(each, tree.Walrus)]
    sides = [
        tree.Convert(span, type, tree.Conversion.UNWRAP, values.again(each)) if may else each
        for type, each, may in zip(inner, map(values.again, held), nullable, strict=True)
    ]
    equal = compare(check, node, Comparison.EQUAL, *sides)
    absent = [
        tree.IsNone(span, BOOL, values.again(each))
        for each, may in zip(held, nullable, strict=True)
        if may
    ]
    if len(absent) == 1:
        result: Expression = tree.Logical(span, BOOL, True, [negated(absent[0]), equal])
    else:
        first, second = absent
        present = tree.Logical(span, BOOL, True, [negated(second), equal])
        result = tree.Conditional(span, BOOL, first, second, present)
    return tree.Steps(span, BOOL, before, result) if before else result


def _compares_values(check: Checker, type: Type) -> bool:
    """True for a type whose values `==` looks into."""
    if isinstance(type, NamedType) and is_reference(type):
        return type.declaration.compares_fields or special.find(check, type, "__eq__") is not None
    return _is_number(type) or type in (STR, BYTES) or isinstance(type, TupleType)


_FOLD = {
    Comparison.EQUAL: int.__eq__,
    Comparison.NOT_EQUAL: int.__ne__,
    Comparison.LESS: int.__lt__,
    Comparison.LESS_EQUAL: int.__le__,
    Comparison.GREATER: int.__gt__,
    Comparison.GREATER_EQUAL: int.__ge__,
}


def _is_number(type: Type) -> bool:
    return isinstance(type, IntType | FloatType) or type in (LITERAL, BOOL) or is_enum(type)


def _inner(type: Type) -> Type:
    return type.inner if isinstance(type, OptionalType) else type


def _numbers(
    check: Checker, node: ast.AST, operator: Comparison, left: Expression, right: Expression
) -> Expression:
    span = check.span(node)
    a, b = left.type, right.type
    if a == b and (a is BOOL or is_enum(a)):
        return Compare(span, BOOL, operator, left, right)
    if is_enum(a) and is_enum(b):
        raise check.error(
            node,
            f"{described(a)} and {described(b)} are different enums, which never mean the same",
            "convert one of them with int(...) if their numbers are to be compared",
        )
    left, right = operators.as_number(left), operators.as_number(right)
    a, b = left.type, right.type
    floats = [t for t in (a, b) if isinstance(t, FloatType)]
    if floats:
        type = max(floats, key=lambda each: each.bits)
        left = operators.as_float(check, left, type)
        right = operators.as_float(check, right, type)
        return Compare(span, BOOL, operator, left, right)
    if isinstance(left, Literal) and isinstance(right, Literal) and a is LITERAL and b is LITERAL:
        return Literal(span, BOOL, _FOLD[operator](left.value, right.value))
    if a is LITERAL:
        left = _comparable(check, left, INT if b is LITERAL else b)
    if b is LITERAL:
        right = _comparable(check, right, left.type)
    return Compare(span, BOOL, operator, left, right)


def _comparable(check: Checker, literal: Literal, other: IntType) -> Literal:
    """Give a literal the type of what it is compared with, or the least type that holds it."""
    if not isinstance(literal, Literal):
        return settle(check, literal)
    if other.holds(literal.value):
        return Literal(literal.span, other, literal.value)
    type = smallest_type(literal.value)
    if type is None:
        raise check.error(literal.span, f"{shown(literal.value)} is larger than every '{other}'")
    return literal_as(check, literal, type)


def _compared_with_none(check: Checker, node: ast.AST, operator: Comparison):
    if operator in EQUALITIES:
        word = "is" if operator is Comparison.EQUAL else "is not"
        return check.error(node, "None is compared by identity", f"write '{word} None'")
    return check.error(node, f"'{operator.value}' is not defined for None", "test for None first")


def _pointers(
    check: Checker, node: ast.AST, operator: Comparison, left: Expression, right: Expression
) -> Expression:
    """Pointers, of which either may be None in an equality."""
    pair = _meet(check, left, right)
    if pair is None:
        raise _no_comparison(check, node, operator, left, right)
    if operator not in EQUALITIES and isinstance(pair[0].type, OptionalType):
        raise check.error(
            node, f"'{operator.value}' is not defined for None", "test for None first"
        )
    return Compare(check.span(node), BOOL, operator, *pair)


def _meet(
    check: Checker, left: Expression, right: Expression
) -> tuple[Expression, Expression] | None:
    """Return both operands in the type of the more general one."""
    converted = try_convert(check, left, right.type)
    if converted is not None:
        return converted, right
    converted = try_convert(check, right, left.type)
    if converted is not None:
        return left, converted
    a, b = left.type, right.type
    if isinstance(a, OptionalType) != isinstance(b, OptionalType):
        if not isinstance(a, OptionalType):
            left = try_convert(check, left, OptionalType(a))
        else:
            right = try_convert(check, right, OptionalType(b))
        return _meet(check, left, right)
    return None


def _sequences(
    check: Checker, node: ast.AST, operator: Comparison, left: Expression, right: Expression
) -> Expression:
    """Slices, arrays and bytes of integers, element by element."""
    slices = [e.type for e in (left, right) if isinstance(e.type, SliceType | ArrayType)]
    element = slices[0].element
    type = SliceType(element)
    a, b = try_convert(check, left, type), try_convert(check, right, type)
    scalar = isinstance(element, IntType) or element is BOOL or is_enum(element)
    if a is None or b is None or operator not in EQUALITIES or not scalar:
        raise _no_comparison(check, node, operator, left, right)
    equal = tree.Intrinsic(check.span(node), BOOL, "slice_equal", [a, b])
    return equal if operator is Comparison.EQUAL else negated(equal)


def _tuples(
    check: Checker, node: ast.AST, operator: Comparison, left: Expression, right: Expression
) -> Expression:
    """`(a, b) == (c, d)`: both tuples once, then their items until one pair differs."""
    if len(left.type.items) != len(right.type.items):
        raise _no_comparison(check, node, operator, left, right)
    span = check.span(node)
    first, second = values.held(check, node, left), values.held(check, node, right)
    tests = [
        compare(
            check,
            node,
            Comparison.EQUAL,
            tree.TupleItem(span, a, first if i == 0 else values.again(first), i),
            tree.TupleItem(span, b, second if i == 0 else values.again(second), i),
        )
        for i, (a, b) in enumerate(zip(left.type.items, right.type.items, strict=True))
    ]
    if not tests:
        equal: Expression = Literal(span, BOOL, True)
    else:
        equal = tests[0] if len(tests) == 1 else tree.Logical(span, BOOL, True, tests)
    return equal if operator is Comparison.EQUAL else negated(equal)


def _ordered_tuples(
    check: Checker, node: ast.AST, operator: Comparison, left: Expression, right: Expression
) -> Expression:
    """`(a, b) < (c, d)`: the first items that differ decide, `(b < d) if a == c else (a < c)`."""
    span = check.span(node)
    first = tree.Walrus(span, left.type, check.hidden_local("held", left.type, node), left)
    second = tree.Walrus(span, right.type, check.hidden_local("held", right.type, node), right)

    def item(number: int, tuple: Expression, once: bool = False) -> Expression:
        held = tuple if once else values.again(tuple)
        return tree.TupleItem(span, tuple.type.items[number], held, number)

    last = len(left.type.items) - 1
    result: Expression | None = None
    for number in range(last, -1, -1):
        again = [item(number, first), item(number, second)]
        if last > 0 and not _is_ordered(check, again[0].type):
            result = _unordered(check, node, operator, again, result)
        elif number == last > 0:
            result = compare(check, node, operator, *again)
        elif last == 0:
            result = compare(check, node, operator, item(0, first, True), item(0, second, True))
        else:
            pair = [item(number, first, number == 0), item(number, second, number == 0)]
            equal = compare(check, node, Comparison.EQUAL, *pair)
            decided = compare(check, node, operator, *again)
            result = tree.Conditional(span, BOOL, equal, result, decided)
    return result


def _is_ordered(check: Checker, type: Type) -> bool:
    """False for objects of a program that no method puts into an order."""
    if not containers.has(check, "list") or not isinstance(type, NamedType) or is_enum(type):
        return True
    if containers.is_container(type, "list"):
        return _is_ordered(check, type.arguments[0])
    return any(special.find(check, type, name) for name in ("__lt__", "__gt__"))


def _unordered(
    check: Checker,
    node: ast.AST,
    operator: Comparison,
    pair: list[Expression],
    rest: Expression | None,
) -> Expression:
    """Items of tuples that have no order: TypeError, unless they are equal and the rest decides."""
    span = check.span(node)
    symbol = tree.StringLiteral(span, STR, operator.value)
    type = pair[0].type
    while containers.is_container(type, "list"):
        type = type.arguments[0]
    name = tree.StringLiteral(span, STR, str(type).partition("[")[0])
    refused = exception_objects.called(check, node, "refuse_order", symbol, name)
    if rest is None:
        has_equality = operator in (Comparison.LESS_EQUAL, Comparison.GREATER_EQUAL)
        rest = Literal(span, BOOL, has_equality)
    equal = compare(check, node, Comparison.EQUAL, *pair)
    return tree.Conditional(span, BOOL, equal, rest, refused)


# Identity ------------------------------------------------------------------------------------


def _identity(
    check: Checker, node: ast.AST, operator: Comparison, left: Expression, right: Expression
) -> Expression:
    """`a is b`, `a is not None`."""
    span = check.span(node)
    if left.type is NONE or right.type is NONE:
        other = left if right.type is NONE else right
        return _none_test(check, node, operator, other)
    a, b = left.type, right.type
    if is_place(a) and a == b:
        left, right = (tree.AddressOf(span, PointerType(a), side) for side in (left, right))
        return Compare(span, BOOL, operator, left, right)
    if is_enum(a) and a == b or a is BOOL and b is BOOL:
        return Compare(span, BOOL, operator, left, right)
    pair = _meet(check, left, right) if _has_identity(a) and _has_identity(b) else None
    if pair is None:
        raise _no_identity(check, node, operator, left, right)
    return Compare(span, BOOL, operator, *pair)


def _has_identity(type: Type) -> bool:
    inner = _inner(type)
    return isinstance(inner, PointerType) or (
        is_reference(inner) and inner not in (STR, BYTES) and isinstance(inner, NamedType)
    )


def _none_test(
    check: Checker, node: ast.AST, operator: Comparison, other: Expression
) -> Expression:
    span = check.span(node)
    if other.type is NONE:
        return Literal(span, BOOL, operator is Comparison.IS)
    if isinstance(other, tree.Convert) and isinstance(other.operand.type, OptionalType):
        other = other.operand  # proved before: the test is needless, and true
    if not isinstance(other.type, OptionalType):
        if containers.in_program(check) and isinstance(other, tree.LocalRef):
            return Literal(span, BOOL, operator is not Comparison.IS)
        raise check.error(
            node,
            f"this is {described(other.type)}, which is never None",
            "drop the test, or annotate what may be None with '| None'",
            narrowing.note_of_narrowing(check, other),
        )
    test = tree.IsNone(span, BOOL, other)
    return test if operator is Comparison.IS else negated(test)


def _no_identity(
    check: Checker, node: ast.AST, operator: Comparison, left: Expression, right: Expression
):
    a, b = left.type, right.type
    word = "==" if operator is Comparison.IS else "!="
    return check.error(
        node,
        f"'{operator.value}' does not compare {described(a)} with {described(b)}",
        f"write '{word}' to compare values" if converts(a, b) or converts(b, a) else "",
    )


def _no_comparison(
    check: Checker, node: ast.AST, operator: Comparison, left: Expression, right: Expression
):
    a, b = left.type, right.type
    hint = ""
    if isinstance(node, ast.Compare):
        hint = none_hint(check, left, node.left) or none_hint(check, right, node.comparators[-1])
    if isinstance(a, NamedType) and a == b and not hint:
        method = METHODS[operator]
        hint = f"define '{method}' in {a.declaration.name}"
        if operator in EQUALITIES and is_place(a):
            hint += ", or compare identity with 'is'"
    return check.error(
        node, f"'{operator.value}' is not defined for {described(a)} and {described(b)}", hint
    )
