"""What a pattern is compiled to: instructions for a matcher that tries alternatives in order.

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

    def __init__(self) -> None:
        self.code = []
        self.sets = []
        self.groups = 0
        self.names = {}
        self.slots = 2
        self.flags = UNICODE

    def add(self, op: Op, a: int = 0, b: int = 0, is_folded: bool = False) -> int:
        """Append an instruction, and return where it stands."""
        self.code.append(Instruction(op, a, b, is_folded))
        return len(self.code) - 1

    def add_set(self, members: CharacterSet, is_folded: bool) -> None:
        self.sets.append(members)
        self.add(Op.SET, len(self.sets) - 1, 0, is_folded)
