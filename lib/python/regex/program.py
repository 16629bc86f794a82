"""What a pattern is compiled to: instructions for a matcher that tries alternatives in order.

A repeated item is compiled as often as it stands in the least text that it matches, so that no counter
is kept while matching.

CHARACTER a             the next character is a (folded, if is_folded)
SET a                   the next character is in the set number a
SPLIT a b               go on at a; if that fails, at b
JUMP a                  go on at a
SAVE a                  note the position in slot a
PROGRESS a b            go on at a if the position moved since slot b was noted
START, END, ...         the position is such a place
BACK a                  the text of group a comes again
LOOK a b                the instructions up to a match from here on; b > 0: so many characters before
REFUSE a b              they do not
KEEP a                  the instructions up to a match, and are not tried otherwise
ACCEPT                  the pattern matches
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from lib.python.regex.classes import CharacterSet


class Op(IntEnum):
    CHARACTER = 0
    SET = 1
    SPLIT = 2
    JUMP = 3
    SAVE = 4
    PROGRESS = 5
    START = 6  # of the text
    LINE_START = 7
    END = 8  # of the text
    LAST_END = 9  # of the text, or before a newline that ends it
    LINE_END = 10
    BORDER = 11  # of a word
    NO_BORDER = 12
    BACK = 13
    LOOK = 14
    REFUSE = 15
    KEEP = 16
    ACCEPT = 17


IGNORECASE: Final = 2
MULTILINE: Final = 8
DOTALL: Final = 16
UNICODE: Final = 32
VERBOSE: Final = 64
ASCII: Final = 256

MANY: Final = 1 << 30  # a repetition without a limit
LOOP_SLOTS: Final = 1 << 20  # the first slot of loops, until the number of groups is known


class Instruction:
    """One instruction. What a and b mean is said above."""

    op: Op
    a: int
    b: int
    is_folded: bool  # case makes no difference

    def __init__(self, op: Op, a: int = 0, b: int = 0, is_folded: bool = False) -> None:
        self.op = op
        self.a = a
        self.b = b
        self.is_folded = is_folded


class Program:
    """A compiled pattern. Slots 2 * n and 2 * n + 1 are where group n starts and ends."""

    code: list[Instruction]
    sets: list[CharacterSet]
    groups: int
    names: dict[str, int]
    slots: int
    flags: int
    loops: int  # repetitions without a limit, each of which has a slot

    def __init__(self) -> None:
        self.code = []
        self.sets = []
        self.groups = 0
        self.names = {}
        self.slots = 2
        self.flags = UNICODE
        self.loops = 0

    def add(self, op: Op, a: int = 0, b: int = 0, is_folded: bool = False) -> int:
        """Append an instruction, and return where it stands."""
        self.code.append(Instruction(op, a, b, is_folded))
        return len(self.code) - 1

    def add_set(self, members: CharacterSet, is_folded: bool) -> None:
        self.sets.append(members)
        self.add(Op.SET, len(self.sets) - 1, 0, is_folded)

    def place_loops(self) -> None:
        """Give the loops the slots behind those of the groups, all of which are known now."""
        first = 2 * self.groups + 2
        for step in self.code:
            if step.op == Op.SAVE and step.a >= LOOP_SLOTS:
                step.a += first - LOOP_SLOTS
            if step.op == Op.PROGRESS:
                step.b += first - LOOP_SLOTS
        self.slots = first + self.loops

    def insert(self, where: int, op: Op, a: int, b: int) -> None:
        """Put an instruction before those from `where` on, which all lead to each other or behind them."""
        self.code.insert(where, Instruction(op, a, b))
        for step in self.code[where + 1 :]:
            self.shift(step, 1)

    def shift(self, step: Instruction, distance: int) -> None:
        match step.op:
            case Op.SPLIT:
                step.a += distance
                step.b += distance
            case Op.JUMP | Op.PROGRESS | Op.LOOK | Op.REFUSE | Op.KEEP:
                step.a += distance
            case _:
                pass

    def keep(self, start: int) -> None:
        """KEEP end; item; ACCEPT; end:"""
        self.insert(start, Op.KEEP, 0, 0)
        self.add(Op.ACCEPT)
        self.code[start].a = len(self.code)

    def repeat(self, start: int, low: int, high: int, is_lazy: bool) -> None:
        """Compile an item so often; its instructions from `start` on are taken out first."""
        item = self.code[start:]
        del self.code[start:]
        for _ in range(low):
            self.copy(item, start)
        if high >= MANY:
            self.loop(item, start, is_lazy)
            return
        splits: list[int] = []
        for _ in range(high - low):
            splits.append(self.add(Op.SPLIT))
            self.copy(item, start)
        for split in splits:
            self.aim(split, split + 1, len(self.code), is_lazy)

    def loop(self, item: list[Instruction], start: int, is_lazy: bool) -> None:
        """begin: SPLIT body, end; body: SAVE slot; item; PROGRESS begin, slot; end:"""
        slot = LOOP_SLOTS + self.loops
        self.loops += 1
        begin = self.add(Op.SPLIT)
        self.add(Op.SAVE, slot)
        self.copy(item, start)
        self.add(Op.PROGRESS, begin, slot)
        self.aim(begin, begin + 1, len(self.code), is_lazy)

    def aim(self, split: int, more: int, end: int, is_lazy: bool) -> None:
        step = self.code[split]
        step.a = end if is_lazy else more
        step.b = more if is_lazy else end

    def copy(self, item: list[Instruction], start: int) -> None:
        """Append instructions that stood at `start`."""
        distance = len(self.code) - start
        for step in item:
            copied = Instruction(step.op, step.a, step.b, step.is_folded)
            self.shift(copied, distance)
            self.code.append(copied)

    def widths(self, start: int, end: int) -> tuple[int, int]:
        """Return the least and the greatest length of what instructions match.

        Every SPLIT leads forwards but that of a loop, whose body ends in PROGRESS.
        """
        code = self.code
        low: list[int] = [0] * (end - start + 1)
        high: list[int] = [0] * (end - start + 1)
        for at in range(end - 1, start - 1, -1):
            step = code[at]
            after = at + 1 - start
            match step.op:
                case Op.CHARACTER | Op.SET:
                    low[at - start] = low[after] + 1
                    high[at - start] = high[after] + 1
                case Op.SPLIT:
                    a, b = step.a - start, step.b - start
                    low[at - start] = min(low[a], low[b])
                    high[at - start] = max(high[a], high[b])
                case Op.JUMP | Op.LOOK | Op.REFUSE | Op.KEEP:
                    low[at - start] = low[step.a - start]
                    high[at - start] = high[step.a - start]
                case Op.PROGRESS | Op.BACK:
                    low[at - start] = low[after]
                    high[at - start] = MANY
                case _:
                    low[at - start] = low[after]
                    high[at - start] = high[after]
        return low[0], min(high[0], MANY)
