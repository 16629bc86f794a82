"""What a loop over a range does with the numbers, lists and texts around it, for loop_versions.py.

    for k in range(1, n):
        total += scale * xs[k - 1]          fixed: scale       carried: total       sequences: xs, k + -1
        ys.append(total)                    filled: ys

All of it is read off the tree. A local that the loop reads where nothing in it has bound that yet has a value in
front of the loop, for the checker accepts no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from compiler import tree
from compiler.lower.elements import LIST
from compiler.lower.uses import bound_in
from compiler.tree import BinaryOperator, Local, LocalRef
from compiler.types import BOOL, INT, FloatType, IntType, NamedType, Type

MOST_ADDED = 1 << 30  # to a counter, to make an index
WORD = 1 << 32

_TEXT = "core.containers.text"
_CHARACTER = ("character", "character_code")


@dataclass
class Sequence:
    """A list or a text, and what it is indexed by."""

    value: tree.Expression
    offsets: list[int] = field(default_factory=list)  # what is added to the counter
    places: list[LocalRef] = field(default_factory=list)  # numbers that the loop does not bind

    def has(self, index: tree.Expression, counter: Local) -> bool:
        """True for one of the indices that were found."""
        is_place = isinstance(index, LocalRef) and any(
            each.local is index.local for each in self.places
        )
        return is_place or offset_of(index, counter) in self.offsets


@dataclass
class Facts:
    """What `facts_of` found."""

    is_quiet: bool  # nothing happens to a list but what the loop does itself
    fixed: list[LocalRef] = field(default_factory=list)  # numbers that the loop only reads
    carried: list[LocalRef] = field(default_factory=list)  # numbers that it reads, and then binds
    sequences: list[Sequence] = field(default_factory=list)
    # Lists of numbers that it appends to, once at most.
    filled: list[LocalRef] = field(default_factory=list)
    # Of those that are one longer after each iteration: what makes the counter the index of the last element.
    newest: dict[Local, int] = field(default_factory=dict)


def facts_of(loop: tree.ForRange) -> Facts:
    bound = bound_in(loop)
    facts = Facts(_is_quiet(loop, bound))
    for ref in _read_first(loop):
        if ref.local.type is INT and is_plain(ref.local):
            (facts.carried if ref.local in bound else facts.fixed).append(ref)
    if any(loop.local in bound_in(each) for each in loop.body):
        return facts  # an index is not what it seems
    for part in parts_of(loop.body):
        _note_index(part, loop.local, bound, facts.sequences)
    if facts.is_quiet:
        facts.filled = _filled(loop, bound)
        facts.newest = _newest(loop, facts)
    return facts


def parts_of(nodes: Iterable[tree.Node]) -> Iterator[tree.Node]:
    """Yield all that is inside some nodes, and they themselves."""
    for node in nodes:
        yield node
        yield from parts_of(node.children())


def is_number(type: Type) -> bool:
    return type is BOOL or isinstance(type, IntType | FloatType)


def is_index(node: tree.Node) -> bool:
    """True for the reading or writing of one element or character."""
    return _is_method(node, "__getitem__", "__setitem__") or _is_of_text(node)


def is_plain(local: Local) -> bool:
    """Whether nobody but the function itself can bind a local."""
    return not local.captured and not local.boxed


def _is_method(node: tree.Node, *names: str) -> bool:
    """True for a call of a list's method."""
    if not isinstance(node, tree.Call) or node.function.declaration.name not in names:
        return False
    owner = node.arguments[0].type
    return isinstance(owner, NamedType) and owner.declaration.symbol == LIST


def _is_of_text(node: tree.Node) -> bool:
    if not isinstance(node, tree.Call):
        return False
    called = node.function.declaration
    return called.name in _CHARACTER and called.module.name == _TEXT


# Numbers --------------------------------------------------------------------------------------


def _read_first(loop: tree.ForRange) -> list[LocalRef]:
    """Return, once each, the locals that are read where nothing in the loop has bound them yet."""
    found: dict[Local, LocalRef] = {}
    bound = {loop.local, loop.index}

    def walk(node: tree.Node) -> None:
        if isinstance(node, LocalRef):
            if node.local not in bound:
                found.setdefault(node.local, node)
            return
        targets = node.targets if isinstance(node, tree.Unpack) else []
        for child in node.children():
            if child not in targets:
                walk(child)
        bound.update(bound_in(node))

    for each in loop.body:
        walk(each)
    return list(found.values())


# Indices --------------------------------------------------------------------------------------


def _note_index(
    node: tree.Node, counter: Local, bound: set[Local], sequences: list[Sequence]
) -> None:
    """Note what a sequence is indexed by, if both are known in front of the loop."""
    if not is_index(node):
        return
    value, index = node.arguments[:2]
    offset = offset_of(index, counter)
    is_fixed = isinstance(index, LocalRef) and _is_held(index, bound)
    if not _is_held(value, bound) or offset is None and not is_fixed:
        return
    sequence = sequence_of(value, sequences)
    if sequence is None:
        sequence = Sequence(value)
        sequences.append(sequence)
    if offset is None:
        sequence.places.append(index)
    else:
        sequence.offsets.append(offset)


def sequence_of(value: tree.Expression, sequences: list[Sequence]) -> Sequence | None:
    return next((each for each in sequences if _is_same(each.value, value)), None)


def offset_of(index: tree.Expression, counter: Local) -> int | None:
    """Return c of `counter + c`."""
    match index:
        case LocalRef(local=local) if local is counter:
            return 0
        case tree.Binary(
            operator=BinaryOperator.ADD | BinaryOperator.SUBTRACT as operator,
            left=LocalRef(local=local),
            right=tree.Literal(value=int(value)),
        ) if local is counter and value < MOST_ADDED:
            return value if operator is BinaryOperator.ADD else -value
    return None


def _is_held(node: tree.Expression, bound: set[Local]) -> bool:
    """True for what a loop finds again each time, if nobody changes what it is in: a local, or a row or field of one."""
    match node:
        case LocalRef(local=local):
            return local not in bound and is_plain(local)
        case tree.FieldRef(object=LocalRef() as object):
            return _is_held(object, bound)
        case tree.Call(arguments=[LocalRef() as list, LocalRef() as index]):
            is_row = _is_method(node, "__getitem__")
            return is_row and _is_held(list, bound) and _is_held(index, bound)
    return False


def _is_same(first: tree.Expression, second: tree.Expression) -> bool:
    match first, second:
        case LocalRef(), LocalRef():
            return first.local is second.local
        case tree.FieldRef(), tree.FieldRef():
            return first.field is second.field and _is_same(first.object, second.object)
        case tree.Call(arguments=[rows, index]), tree.Call(arguments=[others, other]):
            return _is_same(rows, others) and _is_same(index, other)
    return False


# Lists that grow ------------------------------------------------------------------------------

_QUIET = (
    LocalRef,
    tree.Literal,
    tree.Unary,
    tree.Binary,
    tree.Compare,
    tree.CompareChain,
    tree.Logical,
    tree.Truth,
    tree.Conditional,
    tree.Walrus,
    tree.Steps,
    tree.Evaluate,
    tree.SetLocal,
    tree.If,
    tree.Return,
    tree.Break,
    tree.Continue,
)


def _is_quiet(loop: tree.ForRange, bound: set[Local]) -> bool:
    """True for a loop that runs no code but that of lists of numbers and of texts, and lets go of nothing."""
    is_of_numbers = all(is_number(each.type) for each in bound)
    return is_of_numbers and all(map(_is_quiet_part, parts_of(loop.body)))


def _is_quiet_part(node: tree.Node) -> bool:
    match node:
        case tree.Convert():
            return is_number(node.type) and is_number(node.operand.type)
        case tree.Update():
            return isinstance(node.target, LocalRef)
        case tree.Call():
            is_of_list = _is_method(node, "__getitem__", "__setitem__", "append")
            is_of_numbers = all(is_number(each.type) for each in node.arguments[1:])
            return is_of_numbers and (is_of_list or _is_of_text(node))
    return isinstance(node, _QUIET)


def _filled(loop: tree.ForRange, bound: set[Local]) -> list[LocalRef]:
    """Return the lists that a loop appends to; none, if it does so twice or if it is not known to which."""
    found = [node.arguments[0] for node in parts_of(loop.body) if _is_method(node, "append")]
    is_known = all(isinstance(each, LocalRef) and _is_held(each, bound) for each in found)
    is_single = is_known and len({each.local for each in found}) == len(found)
    return found if is_single else []


def _newest(loop: tree.ForRange, facts: Facts) -> dict[Local, int]:
    parts = list(parts_of(loop.body))
    if any(isinstance(part, tree.Continue) for part in parts):
        return {}
    calls = [each.value for each in loop.body if isinstance(each, tree.Evaluate)]
    grown = {each.arguments[0].local for each in calls if _is_method(each, "append")}
    written = [part.arguments[0] for part in parts if _is_method(part, "__setitem__")]
    grown -= {each.local for each in written if isinstance(each, LocalRef)}
    indexed = {
        each.value.local: max(each.offsets)
        for each in facts.sequences
        if isinstance(each.value, LocalRef) and each.offsets
    }
    return {local: last for local, last in indexed.items() if local in grown}
