"""Rotations of 32 bits, said with shifts.

    (x >> n | x << (32 - n)) & 0xFFFFFFFF       x rotated to the right by n
    (x << n | x >> (32 - n)) & 0xFFFFFFFF       to the left
    (x << n) & 0xFFFFFFFF | x >> (32 - n)       the same

The machine does this in one instruction, if x is a number of 32 bits, which nothing says. So it is asked, and most often
LLVM knows the answer; the shifts themselves are for all other numbers, and for amounts from which they fail:

    before:  br x < 2**32 and the shift to the left is one by 0 to 31, rotate, shift
    rotate:  one instruction; br done
    shift:   as written; br done
    done:

x and n are names or numbers, so it makes no difference how often they are evaluated. Only in release builds of programs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import I32, I64, Constant, Op, Predicate, Value
from compiler.lower.loop_facts import is_plain
from compiler.tree import BinaryOperator, Literal, LocalRef
from compiler.types import INT

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering

BITS = 32
MASK = (1 << BITS) - 1


@dataclass
class Rotation:
    value: LocalRef
    amount: tree.Expression
    is_left: bool


def rotation_of(f: FunctionLowering, node: tree.Binary) -> Rotation | None:
    """Return the rotation that an expression is; None if it is none."""
    if f.options.traps or f.options.checked or node.type is not INT:
        return None
    is_masked, inner = _without_mask(node)
    if not isinstance(inner, tree.Binary) or inner.operator is not BinaryOperator.OR:
        return None
    for first, second in ((inner.left, inner.right), (inner.right, inner.left)):
        is_left_masked, left = _without_mask(first)
        if is_masked or is_left_masked:
            found = _rotation(left, second)
            if found is not None:
                return found
    return None


def lower(f: FunctionLowering, rotation: Rotation, shifted: Callable[[], Value]) -> Value:
    """Return what a rotation gives. `shifted` gives what is written."""
    value, amount = f.value(rotation.value), f.value(rotation.amount)
    result = f.new_local("rotated", I64)
    rotate, shift, done = f.new_blocks("rotate", "shift", "rotated")
    is_short = f.compare(Predicate.ULT, value, Constant(I64, 1 << BITS))
    to_left = amount if rotation.is_left else f.binary(Op.SUB, Constant(I64, BITS), amount)
    is_known = f.compare(Predicate.ULT, to_left, Constant(I64, BITS))
    f.branch_if(f.binary(Op.AND, is_short, is_known), rotate, shift, likely=True)

    f.start(rotate)
    name = "rotate_left" if rotation.is_left else "rotate_right"
    operands = [f.resize(each, I32, signed=False) for each in (value, amount)]
    f.set(result, f.resize(f.add(ir.Intrinsic(name, operands, type=I32)), I64, signed=False))
    f.jump(done)
    f.start(shift)
    f.set(result, shifted())
    f.continue_at(done)
    return f.get(result)


def _without_mask(node: tree.Expression) -> tuple[bool, tree.Expression]:
    match node:
        case tree.Binary(operator=BinaryOperator.AND, left=inner, right=Literal(value=value)):
            return (True, inner) if value == MASK else (False, node)
        case tree.Binary(operator=BinaryOperator.AND, left=Literal(value=value), right=inner):
            return (True, inner) if value == MASK else (False, node)
    return False, node


def _rotation(left: tree.Expression, right: tree.Expression) -> Rotation | None:
    """Return the rotation of which two shifts, one to the left and one to the right, are the parts."""
    match left, right:
        case (
            tree.Binary(operator=BinaryOperator.SHIFT_LEFT, left=LocalRef() as x, right=first),
            tree.Binary(operator=BinaryOperator.SHIFT_RIGHT, left=LocalRef() as y, right=second),
        ) if x.local is y.local and is_plain(x.local):
            if _is_amount(first) and _is_rest(second, first):
                return Rotation(x, first, is_left=True)
            if _is_amount(second) and _is_rest(first, second):
                return Rotation(x, second, is_left=False)
    return None


def _is_amount(node: tree.Expression) -> bool:
    if isinstance(node, LocalRef):
        return node.type is INT and is_plain(node.local)
    return isinstance(node, Literal) and node.type is INT


def _is_rest(node: tree.Expression, amount: tree.Expression) -> bool:
    """True if a number is 32 less another one."""
    match node, amount:
        case Literal(value=one), Literal(value=other):
            return one + other == BITS
        case tree.Binary(
            operator=BinaryOperator.SUBTRACT, left=Literal(value=whole), right=LocalRef(local=local)
        ), LocalRef(local=other):
            return whole == BITS and local is other
    return False
