"""Which numbers stay from 0 to below 2**32 in a loop over a range, for loop_versions.py.

    for i in range(64):
        t = (h + xs[i]) & 0xFFFFFFFF        so it is
        h, g = g, t ^ (t >> 3)              so they are, if they were in front of the loop

All numbers that the loop binds are taken to be such at first. One to which something is assigned that may be none, though
the others are, is taken off, until nothing changes: what is left is such in each iteration if it is in the first one.

LLVM does not find this out for numbers that take each other's place. If it knows, two shifts are a rotation, and sums
cannot overflow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from compiler import tree
from compiler.lower.loop_facts import WORD, Facts, is_plain, parts_of
from compiler.lower.uses import bound_by
from compiler.tree import BinaryOperator, Conversion, Local, LocalRef
from compiler.types import INT, IntType

Holds = Callable[[Local], bool]

_OF_BOTH = (BinaryOperator.OR, BinaryOperator.XOR)


def words_of(loop: tree.ForRange, facts: Facts) -> list[LocalRef]:
    """Return the numbers of `facts.carried` that are words in every iteration if they are in the first one."""
    assigned, unknown = _assignments(loop)
    fixed = {each.local for each in facts.fixed} | {loop.local} - assigned.keys() - unknown
    words = _certain(loop, facts, assigned) - unknown

    def is_word(local: Local) -> bool:
        return local in words or local in fixed

    while True:
        kept = {
            local for local in words if all(_is_word(value, is_word) for value in assigned[local])
        }
        if kept == words:
            return [each for each in facts.carried if each.local in words]
        words = kept


def _assignments(loop: tree.ForRange) -> tuple[dict[Local, list[tree.Expression]], set[Local]]:
    """Return what is assigned to each local, and the locals that get something else, too."""
    assigned: dict[Local, list[tree.Expression]] = {}
    unknown: set[Local] = set()
    for node in parts_of(loop.body):
        pairs = list(_pairs(node))
        unknown |= bound_by(node) - {local for local, _ in pairs}
        for local, value in pairs:
            assigned.setdefault(local, []).append(value)
    return assigned, unknown


def _pairs(node: tree.Node) -> Iterator[tuple[Local, tree.Expression]]:
    match node:
        case tree.SetLocal(local=local, value=value) | tree.Walrus(local=local, value=value):
            yield local, value
        case tree.Update(target=LocalRef(local=local) as target, operator=operator, value=value):
            yield local, tree.Binary(node.span, target.type, operator, target, value)
        case tree.Unpack(targets=targets, value=tree.TupleValue(items=items)):
            for target, item in zip(targets, items, strict=True):
                if isinstance(target, LocalRef):
                    yield target.local, item


def _certain(
    loop: tree.ForRange, facts: Facts, assigned: dict[Local, list[tree.Expression]]
) -> set[Local]:
    """Return the numbers that are never read with what they were in front of the loop, unless it is looked at there."""
    first = {local for each in loop.body for local, _ in _pairs(each)}
    before = {each.local for each in facts.carried}
    return {each for each in assigned if each.type is INT and is_plain(each)} & (first | before)


def _is_word(value: tree.Expression, is_word: Holds) -> bool:
    """Return whether a value is from 0 to below 2**32, if the locals are of which this is said."""
    match value:
        case tree.Literal(value=int(number)):
            return 0 <= number < WORD
        case LocalRef(local=local):
            return is_word(local)
        case tree.Walrus(value=inner) | tree.Steps(value=inner):
            return _is_word(inner, is_word)
        case tree.Conditional(then=then, other=other):
            return _is_word(then, is_word) and _is_word(other, is_word)
        case tree.Convert(conversion=Conversion.BOOL_TO_INT):
            return True
        case tree.Convert(conversion=Conversion.WIDEN, operand=operand):
            return (
                isinstance(operand.type, IntType)
                and operand.type.maximum < WORD
                and operand.type.minimum == 0
            )
        case tree.Binary():
            return _is_word_of_two(value, is_word)
    return False


def _is_word_of_two(value: tree.Binary, is_word: Holds) -> bool:
    left, right = _is_word(value.left, is_word), _is_word(value.right, is_word)
    match value.operator:
        case BinaryOperator.AND:
            return left or right
        case BinaryOperator.OR | BinaryOperator.XOR:
            return left and right
        case BinaryOperator.SHIFT_RIGHT:
            return left
        case BinaryOperator.MODULO:
            return right or isinstance(value.right, tree.Literal) and value.right.value == WORD
        case BinaryOperator.FLOOR_DIVIDE:
            return left and right
    return False
