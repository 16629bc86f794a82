"""The conditions in front of a loop that is compiled twice (loop_versions.py), and what they say to LLVM.

    numbers      that the loop only reads, and its bounds: from 0 to below 2**30, so that a product of two sums of two
                 fits; that it binds: from 0 to below 2**32 at first, and later if loop_ranges.py says so
    sequences    all that the counter and fixed places index is there; a text has no character of several bytes
    filled       a list to which each iteration appends one number has room for all of them, and is none of the others

Each is a comparison in a block of its own. Where one does not hold, the general loop is next.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import I64, Block, Constant, Op, Predicate, Value
from compiler.lower import elements, memory
from compiler.lower.loop_facts import WORD, Facts, Sequence
from compiler.lower.representation import machine_type
from compiler.tree import LocalRef
from compiler.types import STR

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering

SMALL = 1 << 30


class Conditions:
    """The conditions of one loop; `general` begins the loop for when they do not hold."""

    def __init__(self, f: FunctionLowering, start: Value, stop: Value, general: Block) -> None:
        self.f = f
        self.start = start
        self.stop = stop
        self.general = general

    def require(self, facts: Facts) -> list[Value | None]:
        """Emit them. Return where the elements of each sequence are, if they stay there."""
        f = self.f
        self.all_below([self.start, self.stop, *map(f.value, facts.fixed)], SMALL)
        self.all_below([*map(f.value, facts.carried)], WORD)
        for each in facts.filled:
            self.room(each)
        self.different(facts)
        storages = [self.sequence(each, facts) for each in facts.sequences]
        return storages if facts.is_quiet else [None] * len(storages)

    def say_of(self, counter: Value, words: list[LocalRef]) -> None:
        """Say what is true as an iteration begins: of the counter, and of numbers that stay below 2**32."""
        self.say_below(counter, self.stop)
        self.say_below(counter, Constant(counter.type, SMALL))
        for each in words:
            self.say_below(self.f.value(each), Constant(counter.type, WORD))

    def that(self, predicate: Predicate, left: Value, right: Value) -> None:
        following = self.f.new_block("special")
        holds = self.f.compare(predicate, left, right)
        self.f.branch_if(holds, following, self.general, likely=True)
        self.f.start(following)

    # Numbers

    def all_below(self, values: list[Value], limit: int) -> None:
        """Require of numbers that none is negative, nor as large as a power of two: one comparison for all."""
        for each in values:
            if isinstance(each, Constant):
                self.that(Predicate.ULT, each, Constant(each.type, limit))
        unknown = [each for each in values if not isinstance(each, Constant)]
        if not unknown:
            return
        together = unknown[0]
        for each in unknown[1:]:
            together = self.f.binary(Op.OR, together, each)
        self.that(Predicate.ULT, together, Constant(together.type, limit))
        for each in unknown:
            self.say_below(each, Constant(each.type, limit))

    def say_below(self, value: Value, limit: Value) -> None:
        self.f.add(ir.Assume(self.f.compare(Predicate.ULT, value, limit)))

    def plus(self, value: Value, offset: int) -> Value:
        added = Constant(value.type, offset)
        return self.f.binary(Op.ADD, value, added, signed_fits=True, fits=offset >= 0)

    # Sequences

    def sequence(self, sequence: Sequence, facts: Facts) -> Value:
        """Require that all its indices are in range; return where its elements are.

        Of a text it is told as its own check asks: as of numbers with a sign.
        """
        value = sequence.value
        if value.type is STR:
            length, storage = self.text(value)
            below, up_to = Predicate.SLT, Predicate.SLE
        else:
            length, storage = self.list(value)
            below, up_to = Predicate.ULT, Predicate.ULE
        for place in sequence.places:
            self.that(below, self.f.value(place), length)
        if not sequence.offsets:
            return storage
        if min(sequence.offsets) < 0:
            first = self.plus(self.start, min(sequence.offsets))
            self.that(Predicate.SGE, first, Constant(first.type, 0))
        last = max(sequence.offsets)
        if isinstance(value, LocalRef) and value.local in facts.newest:
            self.that(Predicate.EQ, length, self.plus(self.start, last + 1))
        else:
            self.that(up_to, self.plus(self.stop, last), length)
        return storage

    def text(self, text: tree.Expression) -> tuple[Value, Value]:
        """Return the length of a text, of which is required that it is its size, too, and where it is."""
        f = self.f
        data, size = memory.view_of(f, text)
        length = memory.text_field(f, f.value(text), STR, memory.STR_LENGTH, I64)
        self.that(Predicate.EQ, size, length)
        return length, data

    def list(self, list: tree.Expression) -> tuple[Value, Value]:
        """Return the length of a list, and where its elements are. Of a row is required that it is there."""
        f = self.f
        if not isinstance(list, tree.Call):
            return elements.header(f, list.type, f.value(list))
        rows, index = list.arguments
        length, slots = elements.header(f, rows.type, f.value(rows))
        position = f.value(index)
        self.that(Predicate.ULT, position, length)
        row = elements.place(f, slots, position, list.type)
        held = f.load(row.address, ir.REF, part=row.part, is_some=True)
        return elements.header(f, list.type, held)

    # Lists that grow

    def room(self, list: LocalRef) -> None:
        """Require that a list has room for one element more in each iteration."""
        f = self.f
        object = f.value(list)
        length, _ = elements.header(f, list.type, object)
        capacity = elements.capacity(f, list.type, object)
        room = f.binary(Op.SUB, capacity, length, signed_fits=True)
        count = f.binary(Op.SUB, self.stop, self.start, signed_fits=True)
        self.that(Predicate.SLE, count, room)

    def different(self, facts: Facts) -> None:
        """Require that a list which grows is no other one of the loop, and say that they share nothing."""
        f = self.f
        filled = {each.local for each in facts.filled}
        read = [each.value for each in facts.sequences if isinstance(each.value, LocalRef)]
        lists = {each.local: each for each in [*facts.filled, *read] if each.type is not STR}
        for one, other in combinations(lists.values(), 2):
            if one.local not in filled and other.local not in filled:
                continue
            first, second = f.value(one), f.value(other)
            self.that(Predicate.NE, first, second)
            first_slots = elements.header(f, one.type, first)[1]
            second_slots = elements.header(f, other.type, second)[1]
            elements.say_apart(f, first, second_slots)
            elements.say_apart(f, second, first_slots)
            elements.say_apart(f, first, f.offset(second, 0))
            f.add(ir.Apart(first_slots, second_slots))

    def newest(self, list: LocalRef) -> ir.Local:
        """Return a variable that holds the last element of a list, which is not empty."""
        f = self.f
        element = list.type.arguments[0]
        length, slots = elements.header(f, list.type, f.value(list))
        last = self.plus(length, -1)
        held = f.new_local("newest", machine_type(element))
        f.set(held, memory.load_place(f, elements.place(f, slots, last, element)))
        return held
