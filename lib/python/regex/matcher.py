"""Runs a compiled pattern over a text, trying alternatives in the order in which they are written.

What may be tried later lies on a stack, three numbers for each:

    where, position, -1     go on there
    slot, value, -2         the slot had that value before

Source: CPython 3.11, Modules/_sre/sre_lib.h, for what empty repetitions do.
"""

from __future__ import annotations

from typing import Final

from lib.python.regex.classes import is_word, lower_of
from lib.python.regex.program import ASCII, Instruction, Op, Program

BRANCH: Final = -1
UNDO: Final = -2


class Matcher:
    """One pattern and one text."""

    program: Program
    text: list[int]  # code points
    stop: int  # nothing from here on is looked at
    slots: list[int]  # -1: not noted
    last_end: int  # where an empty match may not be, as the last one ended there; -1: nowhere
    is_ascii: bool

    def __init__(self, program: Program, text: str, stop: int) -> None:
        self.program = program
        self.text = [ord(each) for each in text]
        self.stop = stop
        self.slots = []
        self.last_end = -1
        self.is_ascii = program.flags & ASCII != 0

    def match(self, start: int, is_whole: bool) -> bool:
        """Return whether the pattern matches at a position, up to the end if `is_whole`; the slots say
        what."""
        self.slots = [-1] * self.program.slots
        self.slots[0] = start
        end = self._run(0, start, is_whole)
        if end >= 0:
            self.slots[1] = end
        return end >= 0

    def search(self, start: int) -> bool:
        """Return whether the pattern matches at a position or after it."""
        first = self.program.code[0]
        for at in range(start, self.stop + 1):
            if first.op == Op.CHARACTER and not self._is_at(first, at):
                continue
            if self.match(at, False):
                return True
        return False

    def _is_at(self, wanted: Instruction, at: int) -> bool:
        """Tell whether the one character is there that an instruction wants."""
        if at >= self.stop:
            return False
        code = self.text[at]
        if wanted.op == Op.CHARACTER:
            return code == wanted.a or (wanted.is_folded and lower_of(code) == wanted.a)
        members = self.program.sets[wanted.a]
        return members.holds_folded(code) if wanted.is_folded else members.holds(code)

    def _run(self, begin: int, start: int, is_whole: bool) -> int:
        """Return where a match ends that starts at a position; -1 if there is none."""
        code = self.program.code
        is_outermost = begin == 0
        stack: list[int] = []
        at = begin
        position = start
        while True:
            step = code[at]
            goes_on = True
            match step.op:
                case Op.CHARACTER | Op.SET:
                    goes_on = self._is_at(step, position)
                    position += 1
                    at += 1
                case Op.SPLIT:
                    stack += [step.b, position, BRANCH]
                    at = step.a
                case Op.JUMP:
                    at = step.a
                case Op.SAVE:
                    stack += [step.a, self.slots[step.a], UNDO]
                    self.slots[step.a] = position
                    at += 1
                case Op.PROGRESS:
                    at = step.a if self.slots[step.b] != position else at + 1
                case Op.BACK:
                    size = self._repeated(step, position)
                    goes_on = size >= 0
                    position += size
                    at += 1
                case Op.LOOK | Op.REFUSE | Op.KEEP:
                    end = self._looked(step, at, position, stack)
                    goes_on = (end >= 0) != (step.op == Op.REFUSE)
                    if step.op == Op.KEEP:
                        position = end
                    at = step.a
                case Op.ACCEPT:
                    goes_on = not is_whole or position == self.stop
                    if is_outermost and position == self.last_end and position == start:
                        goes_on = False
                    if goes_on:
                        return position
                case _:
                    goes_on = self._is_place(step.op, position)
                    at += 1
            if not goes_on:
                at, position = self._back(stack)
                if at < 0:
                    return -1

    def _back(self, stack: list[int]) -> tuple[int, int]:
        """Take back what was done since the last alternative, and return it; -1 if there is none."""
        while stack:
            kind = stack.pop()
            value = stack.pop()
            which = stack.pop()
            if kind == BRANCH:
                return which, value
            self.slots[which] = value
        return -1, 0

    def _looked(self, step: Instruction, at: int, position: int, stack: list[int]) -> int:
        """Return where the instructions behind one that looks match; -1 if they do not."""
        start = position - step.b
        if start < 0:
            return -1
        before = self.slots.copy()
        end = self._run(at + 1, start, False)
        if step.op == Op.REFUSE or end < 0:
            self.slots = before
            return end
        for slot in range(len(before)):
            if before[slot] != self.slots[slot]:
                stack += [slot, before[slot], UNDO]
        return end

    def _repeated(self, step: Instruction, position: int) -> int:
        """Return the length of the text of a group that comes again; -1 if it does not."""
        start, end = self.slots[2 * step.a], self.slots[2 * step.a + 1]
        if start < 0 or end < 0 or position + end - start > self.stop:
            return -1
        for offset in range(end - start):
            a, b = self.text[start + offset], self.text[position + offset]
            if a != b and not (step.is_folded and lower_of(a) == lower_of(b)):
                return -1
        return end - start

    def _is_place(self, op: Op, position: int) -> bool:
        """Tell whether a position is such a place."""
        newline = 10
        match op:
            case Op.START:
                return position == 0
            case Op.LINE_START:
                return position == 0 or self.text[position - 1] == newline
            case Op.END:
                return position == self.stop
            case Op.LAST_END:
                rest = self.stop - position
                return rest == 0 or (rest == 1 and self.text[position] == newline)
            case Op.LINE_END:
                return position == self.stop or self.text[position] == newline
            case _:
                before = position > 0 and is_word(self.text[position - 1], self.is_ascii)
                after = position < self.stop and is_word(self.text[position], self.is_ascii)
                if self.stop == 0:
                    return False
                return (before != after) == (op == Op.BORDER)
