"""`match`: cases in order, or one Switch where all of them are numbers.

A pattern is lowered to tests that go to a `failed` block, and on success fall through with its
captures bound. The last case of an exhaustive match is not tested.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import Block, Value
from compiler.layout import layout_of
from compiler.lower import memory, places
from compiler.lower.expressions import compare_values, is_none
from compiler.lower.function import statement_of
from compiler.lower.representation import is_nullable, is_place
from compiler.tree import Comparison
from compiler.types import IntType, OptionalType, TupleType, Type, is_enum

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering

SWITCH_LENGTH = 3  # numbers from which on a Switch is better than a chain of tests


@statement_of(tree.Match)
def lower_match(f: FunctionLowering, node: tree.Match) -> None:
    """Lower `match subject`.

    before:  local = subject; tests of the first case, else next
    (body);  br done
    next:    tests of the second case, else …
    …        br done
    done:
    """
    places.set_local(f, node.local, node.subject)
    f.drop_temporaries()
    numbers = [_numbers(case) for case in node.cases]
    if _is_number(node.local.type) and _wants_switch(numbers):
        _lower_switch(f, node, numbers)
        return

    done = f.new_block("endmatch")
    for case in node.cases:
        failed = f.new_block("case")
        is_last = node.exhaustive and case is node.cases[-1] and case.guard is None
        f.span = case.span
        subject = f.read_local(node.local)
        lower_pattern(f, case.pattern, subject, node.local.type, failed, certain=is_last)
        _lower_case_body(f, case, failed)
        f.jump(done)
        f.start(failed)
    f.continue_at(done)


def _lower_case_body(f: FunctionLowering, case: tree.Case, failed: Block) -> None:
    if case.guard is not None:
        passed = f.new_block("guarded")
        f.branch(case.guard, passed, failed)
        f.start(passed)
    f.body(case.body)


def _is_number(type: Type) -> bool:
    return isinstance(type, IntType) or is_enum(type)


def _numbers(case: tree.Case) -> list[int] | None:
    """Return the numbers that a case matches: none for one that matches all, None if it is no
    matter of numbers."""
    if case.guard is not None:
        return None
    match case.pattern:
        case tree.AnyPattern():
            return []
        case tree.ValuePattern(value=tree.Literal(value=int() as number)):
            return [number]
        case tree.OrPattern(alternatives=alternatives):
            numbers = [
                each.value.value
                for each in alternatives
                if isinstance(each, tree.ValuePattern) and isinstance(each.value, tree.Literal)
            ]
            return numbers if len(numbers) == len(alternatives) else None
    return None


def _wants_switch(numbers: list[list[int] | None]) -> bool:
    if None in numbers:
        return False
    return sum(map(len, numbers)) >= SWITCH_LENGTH and all(numbers[:-1])


def _lower_switch(f: FunctionLowering, node: tree.Match, numbers: list[list[int]]) -> None:
    """Lower a match on numbers; without a case for the rest, the default is what follows.

    before:  switch local: number -> its case, …; else the last case or done
    case:    body; br done
    done:
    """
    done = f.new_block("endmatch")
    blocks = [f.new_block("case") for _ in node.cases]
    targets: dict[int, Block] = {}
    for block, own in zip(blocks, numbers, strict=True):
        for number in own:
            targets.setdefault(number, block)
    takes_rest = node.exhaustive or not numbers[-1]
    default = blocks[-1] if takes_rest else done
    cases = [(number, block) for number, block in targets.items() if block is not default]
    value = f.read_local(node.local)
    f.add(ir.Switch(value, cases, default))
    for case, block in zip(node.cases, blocks, strict=True):
        f.start(block)
        if isinstance(case.pattern, tree.AnyPattern) and case.pattern.local is not None:
            f.write_local(case.pattern.local, value)
        f.body(case.body)
        f.jump(done)
    f.start(done)


# Patterns ------------------------------------------------------------------------------------


def lower_pattern(
    f: FunctionLowering,
    pattern: tree.Pattern,
    value: Value,
    type: Type,
    failed: Block,
    certain: bool = False,
) -> None:
    """Go on if `value` matches, else to `failed`. `certain`: it is known to match."""
    _PATTERNS[pattern.__class__](f, pattern, value, type, failed, certain)


def _require(f: FunctionLowering, condition: Value, failed: Block) -> None:
    holds = f.new_block("matches")
    f.branch_if(condition, holds, failed)
    f.start(holds)


def _unwrapped(
    f: FunctionLowering, value: Value, type: Type, failed: Block, certain: bool
) -> tuple[Value, Type]:
    """Return what is in an optional subject, which must not be None for the pattern to match."""
    if not isinstance(type, OptionalType):
        return value, type
    if not certain:
        _require(f, f.negate(is_none(f, value, type)), failed)
    return (value if is_nullable(type.inner) else f.extract(value, 1)), type.inner


def _match_any(
    f: FunctionLowering,
    pattern: tree.AnyPattern,
    value: Value,
    type: Type,
    failed: Block,
    certain: bool,
) -> None:
    if pattern.local is not None:
        f.write_local(pattern.local, value)


def _match_value(
    f: FunctionLowering,
    pattern: tree.ValuePattern,
    value: Value,
    type: Type,
    failed: Block,
    certain: bool,
) -> None:
    if certain:
        return
    wanted = pattern.value
    if isinstance(wanted, tree.Literal) and wanted.value is None:
        _require(f, is_none(f, value, type), failed)
        return
    value, type = _unwrapped(f, value, type, failed, certain)
    other = f.value(wanted)
    _require(f, compare_values(f, Comparison.EQUAL, value, type, other, wanted.type), failed)


def _match_tuple(
    f: FunctionLowering,
    pattern: tree.TuplePattern,
    value: Value,
    type: TupleType,
    failed: Block,
    certain: bool,
) -> None:
    for index, (item, item_type) in enumerate(zip(pattern.items, type.items, strict=True)):
        lower_pattern(f, item, f.extract(value, index), item_type, failed, certain)


def _match_class(
    f: FunctionLowering,
    pattern: tree.ClassPattern,
    value: Value,
    type: Type,
    failed: Block,
    certain: bool,
) -> None:
    value, type = _unwrapped(f, value, type, failed, certain or pattern.known)
    if not pattern.known and not certain:
        _require(f, f.unit.objects.is_instance(f, value, pattern.of), failed)
    align = layout_of(pattern.of).align if is_place(pattern.of) else memory.OBJECT_ALIGN
    for field, inner in pattern.fields:
        address = f.offset(value, field.offset)
        bits = field if field.bits else None
        place = memory.Place(address, field.type, memory.align_at(align, field.offset), bits)
        lower_pattern(f, inner, memory.load_place(f, place), field.type, failed)


def _match_or(
    f: FunctionLowering,
    pattern: tree.OrPattern,
    value: Value,
    type: Type,
    failed: Block,
    certain: bool,
) -> None:
    """Lower `a | b`.

    before:  tests of a, else or; br matched
    or:      tests of b, else failed
    matched:
    """
    matched = f.new_block("matched")
    for alternative in pattern.alternatives[:-1]:
        following = f.new_block("or")
        lower_pattern(f, alternative, value, type, following)
        f.jump(matched)
        f.start(following)
    lower_pattern(f, pattern.alternatives[-1], value, type, failed, certain)
    f.continue_at(matched)


def _match_as(
    f: FunctionLowering,
    pattern: tree.AsPattern,
    value: Value,
    type: Type,
    failed: Block,
    certain: bool,
) -> None:
    lower_pattern(f, pattern.pattern, value, type, failed, certain)
    held, wanted = type, pattern.local.type
    if isinstance(held, OptionalType) and held != wanted and not is_nullable(held.inner):
        value = f.extract(value, 1)
    f.write_local(pattern.local, value)


_PATTERNS = {
    tree.AnyPattern: _match_any,
    tree.ValuePattern: _match_value,
    tree.TuplePattern: _match_tuple,
    tree.ClassPattern: _match_class,
    tree.OrPattern: _match_or,
    tree.AsPattern: _match_as,
}
