"""Expressions that are no arithmetic, memory access or call: literals, comparisons and other
conditions, None, tuples, walrus.

A condition is lowered by `f.branch` where it decides where to go, and becomes a value only where one
is wanted. `and`, `or` and comparison chains then end in several branches instead of an i1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import I1, I8, I32, I64, PTR, Cast, Constant, Op, Predicate, Symbol, Value
from compiler.layout import layout_of
from compiler.lower import arithmetic, memory, places
from compiler.lower.function import branch_on, none_value, statement_of, value_of
from compiler.lower.representation import integer_of, is_nullable, is_place, machine_type
from compiler.tree import Comparison, UnaryOperator
from compiler.types import (
    BOOL,
    BYTES,
    NONE,
    STR,
    ArrayType,
    FloatType,
    IntType,
    OptionalType,
    SliceType,
    Type,
    WrappedType,
    is_enum,
)

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering


# Literals ------------------------------------------------------------------------------------


@value_of(tree.Literal)
def lower_literal(f: FunctionLowering, node: tree.Literal) -> Value:
    if node.value is None:
        return zero_of(node.type)
    return Constant(machine_type(node.type), node.value)


def zero_of(type: Type) -> Value:
    """Return the value of `type` whose bytes are all 0: None for an optional."""
    held = machine_type(type)
    return none_value() if held is ir.VOID else Constant(held, 0)


@value_of(tree.StringLiteral)
def lower_string(f: FunctionLowering, node: tree.StringLiteral) -> Value:
    return f.unit.statics.text(node.value)


# Comparisons ---------------------------------------------------------------------------------


@value_of(tree.Compare)
def lower_compare(f: FunctionLowering, node: tree.Compare) -> Value:
    if _is_slice(node.left.type) and node.comparison in (Comparison.EQUAL, Comparison.NOT_EQUAL):
        equal = equal_views(
            f, memory.view_of(f, node.left), memory.view_of(f, node.right), node.left.type
        )
        return equal if node.comparison is Comparison.EQUAL else f.negate(equal)
    left = f.value(node.left)
    right = f.value(node.right)
    return compare_values(f, node.comparison, left, node.left.type, right, node.right.type)


def compare_values(
    f: FunctionLowering,
    comparison: Comparison,
    left: Value,
    first: Type,
    right: Value,
    second: Type,
) -> Value:
    """Return the i1 of `left comparison right`, for scalars and text."""
    text = {"is": "==", "is not": "!="}.get(comparison.value, comparison.value)
    if _is_number(first) and _is_number(second):
        return arithmetic.compare_integers(
            f, text, left, integer_of(first), right, integer_of(second)
        )
    if isinstance(first, FloatType):
        return arithmetic.compare_floats(f, text, left, right)
    if first in (STR, BYTES) and comparison not in (Comparison.IS, Comparison.IS_NOT):
        return compare_texts(f, text, left, right, first)
    if isinstance(left.type, ir.AggregateType):
        return _compare_aggregates(f, text, left, right)
    return arithmetic.compare_unsigned(f, text, left, right)


def _is_number(type: Type) -> bool:
    return isinstance(type, IntType) or is_enum(type)


def _is_slice(type: Type) -> bool:
    return isinstance(type, SliceType | ArrayType)


def _compare_aggregates(f: FunctionLowering, text: str, left: Value, right: Value) -> Value:
    """Equality of tuples and optionals, item by item."""
    equal: Value = Constant(I1, True)
    for index in range(len(left.type.items)):
        first, second = f.extract(left, index), f.extract(right, index)
        if isinstance(first.type, ir.AggregateType):
            same = _compare_aggregates(f, "==", first, second)
        else:
            same = arithmetic.compare_unsigned(f, "==", first, second)
        equal = same if index == 0 else f.binary(Op.AND, equal, same)
    return equal if text == "==" else f.negate(equal)


def equal_views(
    f: FunctionLowering, left: tuple[Value, Value], right: tuple[Value, Value], type: Type
) -> Value:
    """Return whether two views of numbers have the same elements: compares bytes.

    before:  br left length == right length, compare, done
    compare: same = bcmp(...) == 0; br done
    done:
    """
    same = f.new_local("same", I1)
    compare, done = f.new_blocks("compare", "compared")
    f.set(same, Constant(I1, False))
    f.branch_if(f.compare(Predicate.EQ, left[1], right[1]), compare, done)
    f.start(compare)
    stride = layout_of(memory.element_of(type)).size
    size = f.binary(Op.MUL, left[1], Constant(I64, stride))
    f.set(same, f.is_zero(_differ(f, left[0], right[0], size)))
    f.continue_at(done)
    return f.get(same)


def _differ(f: FunctionLowering, left: Value, right: Value, size: Value) -> Value:
    """Return 0 exactly if the bytes are the same. In programs most are short texts, for which bcmp is made."""
    if f.unit.options.traps:
        return compare_memory(f, left, right, size)
    type = ir.FunctionType((PTR, PTR, I64), I32, may_raise=False)
    f.unit.declare("bcmp", type)
    return f.call(Symbol(PTR, "bcmp"), type, [left, right, size])


def compare_memory(f: FunctionLowering, left: Value, right: Value, size: Value) -> Value:
    """Call memcmp, which every image has."""
    type = ir.FunctionType((PTR, PTR, I64), I32, may_raise=False)
    f.unit.declare("memcmp", type)
    return f.call(Symbol(PTR, "memcmp"), type, [left, right, size])


def compare_texts(f: FunctionLowering, text: str, left: Value, right: Value, type: Type) -> Value:
    """Compare str or bytes by content. UTF-8 sorts as its code points do."""
    views = [
        (
            memory.text_field(f, each, type, memory.TEXT_DATA, PTR),
            memory.text_field(f, each, type, memory.TEXT_SIZE, I64),
        )
        for each in (left, right)
    ]
    if text in ("==", "!="):
        equal = equal_views(f, views[0], views[1], BYTES)
        return equal if text == "==" else f.negate(equal)
    (first, first_size), (second, second_size) = views
    is_shorter = f.compare(Predicate.ULT, first_size, second_size)
    common = f.select(is_shorter, first_size, second_size)
    order = compare_memory(f, first, second, common)
    by_size = arithmetic.compare_unsigned(f, text, first_size, second_size)
    strict = Predicate.SLT if text in ("<", "<=") else Predicate.SGT
    by_content = f.compare(strict, order, Constant(I32, 0))
    return f.select(f.is_zero(order), by_size, by_content)


@branch_on(tree.CompareChain)
def branch_on_chain(
    f: FunctionLowering, node: tree.CompareChain, then: ir.Block, other: ir.Block
) -> None:
    """Lower `a < b < c` as a condition: each operand once, the later ones only if needed.

    before:  br a < b, next, other
    next:    br b < c, then, other
    """
    left, first = f.value(node.first), node.first.type
    for number, (comparison, operand) in enumerate(node.links, 1):
        right = f.value(operand)
        holds = compare_values(f, comparison, left, first, right, operand.type)
        following = then if number == len(node.links) else f.new_block("chain")
        f.branch_if(holds, following, other)
        if following is not then:
            f.start(following)
        left, first = right, operand.type


@branch_on(tree.Logical)
def branch_on_logical(
    f: FunctionLowering, node: tree.Logical, then: ir.Block, other: ir.Block
) -> None:
    """Lower `a and b` (`a or b`) as a condition.

    before:  br a, more, other       (br a, then, more)
    more:    br b, then, other
    """
    if node.type is not BOOL:
        f.branch_if(truth(f, f.value(node), node.type), then, other)
        return
    for operand in node.operands[:-1]:
        more = f.new_block("and" if node.is_and else "or")
        f.branch(operand, more if node.is_and else then, other if node.is_and else more)
        f.start(more)
    f.branch(node.operands[-1], then, other)


@value_of(tree.CompareChain)
def lower_chain(f: FunctionLowering, node: tree.CompareChain) -> Value:
    return condition_value(f, node)


def condition_value(f: FunctionLowering, node: tree.Expression) -> Value:
    """Return a condition that is lowered to branches, as a value.

    before:  br node, yes, no
    yes:     result = True; br done
    no:      result = False; br done
    done:
    """
    result = f.new_local("condition", I1)
    yes, no, done = f.new_blocks("yes", "no", "done")
    f.branch(node, yes, no)
    for block, outcome in ((yes, True), (no, False)):
        f.start(block)
        f.set(result, Constant(I1, outcome))
        f.jump(done)
    f.start(done)
    return f.get(result)


@branch_on(tree.Unary)
def branch_on_unary(f: FunctionLowering, node: tree.Unary, then: ir.Block, other: ir.Block) -> None:
    if node.operator is UnaryOperator.NOT:
        f.branch(node.operand, other, then)
    else:
        f.branch_if(f.value(node), then, other)


@branch_on(tree.Truth)
def branch_on_truth(f: FunctionLowering, node: tree.Truth, then: ir.Block, other: ir.Block) -> None:
    if node.operand.type is BOOL:
        f.branch(node.operand, then, other)
    else:
        f.branch_if(f.value(node), then, other)


@branch_on(tree.IsInstance)
def branch_on_instance(
    f: FunctionLowering, node: tree.IsInstance, then: ir.Block, other: ir.Block
) -> None:
    """Lower `isinstance(x, Class)` as a condition; None is no instance.

    before:  br x is None, other, test
    test:    br class of x derives from Class, then, other
    """
    value = f.value(node.operand)
    if isinstance(node.operand.type, OptionalType):
        test = f.new_block("object")
        f.branch_if(is_none(f, value, node.operand.type), other, test)
        f.start(test)
    f.branch_if(f.unit.objects.is_instance(f, value, node.of), then, other)


@value_of(tree.IsInstance)
def lower_is_instance(f: FunctionLowering, node: tree.IsInstance) -> Value:
    if isinstance(node.operand.type, OptionalType):
        return condition_value(f, node)
    return f.unit.objects.is_instance(f, f.value(node.operand), node.of)


# Truth and None ------------------------------------------------------------------------------


@value_of(tree.Truth)
def lower_truth(f: FunctionLowering, node: tree.Truth) -> Value:
    operand = node.operand
    if isinstance(operand.type, ArrayType | SliceType) or operand.type in (STR, BYTES):
        return f.is_not_zero(memory.view_of(f, operand)[1])
    return truth(f, f.value(operand), operand.type)


def truth(f: FunctionLowering, value: Value, type: Type) -> Value:
    """Return whether a value counts as true."""
    if type is BOOL:
        return value
    if isinstance(type, OptionalType):
        return _optional_truth(f, value, type)
    if type in (STR, BYTES):
        return f.is_not_zero(memory.text_field(f, value, type, memory.TEXT_SIZE, I64))
    if isinstance(type, FloatType):
        return f.compare(Predicate.FNE, value, Constant(value.type, 0.0))
    if isinstance(type, SliceType) or isinstance(type, WrappedType) and type.word == "UserSlice":
        return f.is_not_zero(f.extract(value, 1))
    if isinstance(value.type, ir.AggregateType):
        return Constant(I1, True)
    return Constant(I1, False) if type is NONE else f.is_not_zero(value)


def _optional_truth(f: FunctionLowering, value: Value, type: OptionalType) -> Value:
    """A reference is true unless it is None; what may be empty or 0 must not be that either."""
    inner = type.inner
    if inner in (STR, BYTES):
        result = f.new_local("condition", I1)
        some, done = f.new_blocks("some", "done")
        f.set(result, Constant(I1, False))
        f.branch_if(f.is_not_zero(value), some, done)
        f.start(some)
        f.set(result, truth(f, value, inner))
        f.continue_at(done)
        return f.get(result)
    if isinstance(inner, SliceType):
        return f.is_not_zero(f.extract(value, 1))
    if is_nullable(inner):
        return f.negate(is_none(f, value, type))
    return f.binary(Op.AND, f.extract(value, 0), truth(f, f.extract(value, 1), inner))


@value_of(tree.IsNone)
def lower_is_none(f: FunctionLowering, node: tree.IsNone) -> Value:
    value = f.value(node.operand)
    if node.operand.type is NONE:
        return Constant(I1, True)
    return is_none(f, value, node.operand.type)


def is_none(f: FunctionLowering, value: Value, type: Type) -> Value:
    """Return whether a `T | None` is None."""
    if not isinstance(type, OptionalType):
        return Constant(I1, False)
    if not is_nullable(type.inner):
        return f.negate(f.extract(value, 0))
    first = value if not isinstance(value.type, ir.AggregateType) else f.extract(value, 0)
    return f.is_zero(first)


# Walrus and tuples ---------------------------------------------------------------------------


@value_of(tree.Walrus)
def lower_walrus(f: FunctionLowering, node: tree.Walrus) -> Value:
    if is_place(node.type):
        places.set_local(f, node.local, node.value)
        return f.read_local(node.local)
    value = f.value(node.value)
    f.write_local(node.local, value)
    return f.read_local(node.local) if ir.is_counted(value.type) else value


@value_of(tree.Steps)
def lower_steps(f: FunctionLowering, node: tree.Steps) -> Value:
    f.body(node.statements)
    return f.value(node.value)


@value_of(tree.TupleValue)
def lower_tuple(f: FunctionLowering, node: tree.TupleValue) -> Value:
    return f.make(machine_type(node.type), *[f.value(item) for item in node.items])


@value_of(tree.TupleItem)
def lower_tuple_item(f: FunctionLowering, node: tree.TupleItem) -> Value:
    return f.extract(f.value(node.tuple), node.index)


# Statements ----------------------------------------------------------------------------------


@statement_of(tree.Evaluate)
def lower_evaluate(f: FunctionLowering, node: tree.Evaluate) -> None:
    f.value(node.value)


@statement_of(tree.Delete)
def lower_delete(f: FunctionLowering, node: tree.Delete) -> None:
    local = f.bindings[node.local].local
    if local is not None and (ir.is_counted(local.type) or local.drop is not None):
        f.add(ir.ClearLocal(local))
    f.note_presence(node.local, False)


@statement_of(tree.Assert)
def lower_assert(f: FunctionLowering, node: tree.Assert) -> None:
    """Lower `assert test, message`.

    before:  br test, holds, fails
    fails:   check False
    holds:
    """
    failure = ("ASSERT",)
    if node.message is not None:
        start, size = f.unit.statics.text_view(node.message.value)
        failure = ("EXPECTATION", f.convert(Cast.POINTER_TO_INT, start, I64), size)
    if type(node.test) not in _BRANCHING:
        f.check(f.value(node.test), *failure)
        return
    holds, fails = f.new_blocks("holds", "fails")
    f.branch(node.test, holds, fails)
    f.start(fails)
    f.check(Constant(I1, False), *failure)
    f.add(ir.Unreachable())
    f.start(holds)


_BRANCHING = (tree.Logical, tree.CompareChain)


def byte(value: int) -> Value:
    return Constant(I8, value)
