"""Loops that are compiled twice: once for the numbers and lists that they nearly always meet, once for all others.

    for k in range(start, stop):            if start, stop, scale are small and stop <= len(xs):
        total += scale * k * xs[k]              the loop
                                            else:
                                                the loop

Both do the same. But in the first LLVM knows that a product of two such numbers cannot overflow, and that no index is
out of range, so that these checks go, and what is left can be done for several elements at once. The conditions
(loop_conditions.py) are looked at once, in front of the loop.

In a loop that runs no code but its own, what they say of lists stays true, and is used here rather than left for LLVM
to find: no index is looked at again, an element is appended by a store, and the newest one is kept in a variable.

Only loops over a range by steps of 1, with no other loop inside, in release builds of programs: the code becomes larger.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import Value
from compiler.lower.loop_conditions import Conditions
from compiler.lower.loop_facts import (
    Facts,
    facts_of,
    is_index,
    offset_of,
    parts_of,
    sequence_of,
)
from compiler.lower.loop_ranges import words_of
from compiler.lower.uses import LOOPS
from compiler.tree import Local
from compiler.types import INT

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering

LARGEST = 200  # nodes of the tree

Begin = Callable[[Value], None]  # emits what is known of the counter, as an iteration begins


@dataclass
class Known:
    """What is true while the first version of a loop runs; what it says of calls is None where that is nothing."""

    counter: Local
    facts: Facts
    storages: list[Value | None]  # of the sequences of `facts`, where their elements are
    newest_elements: dict[Local, ir.Local]
    # Lists to which this iteration has added nothing yet.
    current: set[Local] = field(default_factory=set)

    def storage(self, call: tree.Call) -> Value | None:
        """Return where the elements of a list or text are, if the call reads or writes one that is certainly there."""
        if not is_index(call):
            return None
        value, index = call.arguments[:2]
        sequence = sequence_of(value, self.facts.sequences)
        if sequence is None or not sequence.has(index, self.counter):
            return None
        return self.storages[self.facts.sequences.index(sequence)]

    def has_room(self, call: tree.Call) -> bool:
        """True for a call that appends to a list which need not grow."""
        list = call.arguments[0]
        return any(each.local is list.local for each in self.facts.filled)

    def newest(self, call: tree.Call) -> ir.Local | None:
        """Return what holds the element that a call reads."""
        list, index = call.arguments
        local = list.local if isinstance(list, tree.LocalRef) else None
        if local not in self.current:
            return None
        is_last = offset_of(index, self.counter) == self.facts.newest[local]
        return self.newest_elements[local] if is_last else None

    def appended(self, f: FunctionLowering, call: tree.Call, value: Value) -> None:
        """Take note of a new element."""
        local = call.arguments[0].local
        if local in self.current:
            f.set(self.newest_elements[local], value)
            self.current.remove(local)


def lower(
    f: FunctionLowering,
    loop: tree.ForRange,
    start: Value,
    stop: Value,
    lower_loop: Callable[[Begin | None], None],
) -> None:
    """Lower a loop, twice if that is worth it.

    before:   the conditions; br special, general
    special:  the loop; br either
    general:  the loop; br either
    either:
    """
    if f.options.traps or f.options.checked or not _is_worth_it(loop):
        lower_loop(None)
        return
    facts = facts_of(loop)
    general, either = f.new_blocks("general", "either")
    conditions = Conditions(f, start, stop, general)
    storages = conditions.require(facts)
    newest = {
        each.local: conditions.newest(each) for each in facts.filled if each.local in facts.newest
    }
    words = words_of(loop, facts)
    known = Known(loop.local, facts, storages, newest)

    def begin(counter: Value) -> None:
        conditions.say_of(counter, words)
        known.current = set(newest)

    f.known = known
    lower_loop(begin)
    f.known = None
    f.jump(either)
    f.start(general)
    lower_loop(None)
    f.continue_at(either)


def _is_worth_it(loop: tree.ForRange) -> bool:
    is_plain = isinstance(loop.step, tree.Literal) and loop.step.value == 1
    if not is_plain or loop.local.type is not INT or loop.orelse:
        return False
    parts = list(parts_of(loop.body))
    if len(parts) > LARGEST or any(isinstance(each, LOOPS) for each in parts):
        return False
    return any(is_index(each) or _may_overflow(each) for each in parts)


def _may_overflow(node: tree.Node) -> bool:
    is_arithmetic = isinstance(node, tree.Binary | tree.Update)
    return is_arithmetic and node.arithmetic is tree.Arithmetic.CHECKED
