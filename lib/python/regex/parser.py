"""From the text of a pattern to instructions.

    pattern      branch { "|" branch }
    branch       { item [ repeat ] }
    repeat       ( "*" | "+" | "?" | "{" m "," n "}" ) [ "?" | "+" ]
    item         character | "." | "^" | "$" | "[" set "]" | "\\\\" escape | "(" group ")"

Source: Python Library Reference, module re, "Regular Expression Syntax"; CPython 3.11, Lib/re/_parser.py,
for the messages.
"""

from __future__ import annotations

from typing import Final

from lib.python.regex.classes import CLASSES, CharacterSet, lower_of
from lib.python.regex.program import (
    ASCII,
    DOTALL,
    IGNORECASE,
    MANY,
    MULTILINE,
    UNICODE,
    VERBOSE,
    Op,
    Program,
)
from lib.python.regex.source import Source, error

FLAGS: Final = "aimsux"
FLAG_VALUES: Final = (ASCII, IGNORECASE, MULTILINE, DOTALL, UNICODE, VERBOSE)


class Parser(Source):
    """Compiles one pattern. A group that asks whether another took part, `(?(1)a|b)`, is refused."""

    program: Program
    open: list[int]  # groups that are not closed yet

    def __init__(self, text: str, flags: int) -> None:
        super().__init__(text, flags | UNICODE if flags & ASCII == 0 else flags)
        self.program = Program()
        self.open = []

    def parse(self) -> Program:
        """Return the program of the pattern.

        Raises:
            error: it is none.
        """
        self.take_global_flags()
        self.take_pattern()
        if self.at < len(self.characters):
            raise self.error("unbalanced parenthesis", self.at)
        self.program.add(Op.ACCEPT)
        self.program.flags = self.flags
        self.program.place_loops()
        return self.program

    # Patterns

    def take_pattern(self) -> None:
        """branch | branch | ...

        SPLIT first, next; first...; JUMP end; next: SPLIT ...; end:
        """
        jumps: list[int] = []
        start = len(self.program.code)
        self.take_branch()
        while self.peek() == "|":
            self.at += 1
            self.program.insert(start, Op.SPLIT, start + 1, 0)
            jumps.append(self.program.add(Op.JUMP))
            self.program.code[start].b = len(self.program.code)
            start = len(self.program.code)
            self.take_branch()
        for jump in jumps:
            self.program.code[jump].a = len(self.program.code)

    def take_branch(self) -> None:
        while True:
            self.skip_space()
            if self.peek() in ("", "|", ")"):
                return
            start = len(self.program.code)
            can_repeat = self.take_item()
            self.skip_space()
            self.take_repeat(start, can_repeat)

    def take_item(self) -> bool:
        """Compile one item; return whether it may be repeated."""
        place = self.at
        character = self.take()
        match character:
            case ".":
                self.add_any()
            case "^":
                self.program.add(Op.LINE_START if self.flags & MULTILINE else Op.START)
                return False
            case "$":
                self.program.add(Op.LINE_END if self.flags & MULTILINE else Op.LAST_END)
                return False
            case "[":
                self.take_set(place)
            case "\\":
                return self.take_escape(place)
            case "(":
                return self.take_group(place)
            case "*" | "+" | "?":
                raise self.error("nothing to repeat", place)
            case "{":
                if self.bounds_at(place)[0] >= 0:
                    raise self.error("nothing to repeat", place)
                self.add_character(ord(character))
            case _:
                self.add_character(ord(character))
        return True

    def add_character(self, code: int) -> None:
        is_folded = self.flags & IGNORECASE != 0
        self.program.add(Op.CHARACTER, lower_of(code) if is_folded else code, 0, is_folded)

    def add_any(self) -> None:
        members = CharacterSet(False)
        members.is_negated = True
        if self.flags & DOTALL == 0:
            members.add_range(10, 10)
        self.program.add_set(members, False)

    # Repetitions

    def bounds_at(self, place: int) -> tuple[int, int, int]:
        """Return the bounds of "{m,n}" at a place and where it ends; -1 if there is none."""
        end = place + 1
        parts = [""]
        while end < len(self.characters) and self.characters[end] in "0123456789,":
            if self.characters[end] == ",":
                parts.append("")
            else:
                parts[-1] += self.characters[end]
            end += 1
        is_closed = end < len(self.characters) and self.characters[end] == "}"
        if not is_closed or len(parts) > 2 or parts == [""]:
            return -1, -1, place
        low = int(parts[0]) if parts[0] != "" else 0
        high = low if len(parts) == 1 else int(parts[1]) if parts[1] != "" else MANY
        return low, high, end + 1

    def take_repeat(self, start: int, can_repeat: bool) -> None:
        """Compile what repeats the item whose instructions start at `start`."""
        sign = self.at
        low, high = 0, MANY
        match self.peek():
            case "*":
                self.at += 1
            case "+":
                self.at += 1
                low = 1
            case "?":
                self.at += 1
                high = 1
            case "{":
                low, high, end = self.bounds_at(self.at)
                if low < 0:
                    return
                self.at = end
                if low > high:
                    raise self.error("min repeat greater than max repeat", sign + 1)
            case _:
                return
        if not can_repeat:
            raise self.error("nothing to repeat", sign)
        is_lazy = self.accept("?")
        is_kept = not is_lazy and self.accept("+")
        self.program.repeat(start, low, high, is_lazy)
        if is_kept:
            self.program.keep(start)
        self.skip_space()
        is_again = self.peek() in ("*", "+", "?")
        if is_again or (self.peek() == "{" and self.bounds_at(self.at)[0] >= 0):
            raise self.error("multiple repeat", self.at)

    # Sets

    def take_set(self, place: int) -> None:
        """Compile what stands between brackets."""
        members = CharacterSet(self.flags & ASCII != 0)
        members.is_negated = self.accept("^")
        first = self.at
        while True:
            start = self.at
            character = self.take()
            if character == "":
                raise self.error("unterminated character set", place)
            if character == "]" and start > first:
                break
            low = self.take_member(character, start, members)
            if self.peek() != "-":
                self.add_member(members, low)
                continue
            self.at += 1
            if self.peek() == "":
                raise self.error("unterminated character set", place)
            if self.peek() == "]":
                self.add_member(members, low)
                members.add_range(ord("-"), ord("-"))
                continue
            second = self.at
            high = self.take_member(self.take(), second, members)
            if low < 0 or high < low:
                text = self.text[start : self.at]
                raise self.error(f"bad character range {text}", start)
            members.add_range(low, high)
        self.program.add_set(members, self.flags & IGNORECASE != 0)

    def add_member(self, members: CharacterSet, code: int) -> None:
        if code >= 0:
            members.add_range(code, code)
        else:
            members.add_class(-code)

    def take_member(self, character: str, start: int, members: CharacterSet) -> int:
        """Return the code point of one member of a set; of a class, its letter as a negative number."""
        if character != "\\":
            return ord(character)
        letter = self.take()
        if letter == "":
            raise self.error("bad escape (end of pattern)", start)
        if letter in CLASSES:
            return -ord(letter)
        if letter == "b":
            return 8
        return self.code_of_escape(letter, start, True)

    # Escapes

    def take_escape(self, place: int) -> bool:
        """Compile what stands behind a backslash; return whether it may be repeated."""
        letter = self.take()
        if letter == "":
            raise self.error("bad escape (end of pattern)", place)
        if letter in CLASSES:
            members = CharacterSet(self.flags & ASCII != 0)
            members.add_class(ord(letter))
            self.program.add_set(members, False)
            return True
        match letter:
            case "A":
                self.program.add(Op.START)
                return False
            case "Z":
                self.program.add(Op.END)
                return False
            case "b":
                self.program.add(Op.BORDER)
                return False
            case "B":
                self.program.add(Op.NO_BORDER)
                return False
            case _:
                pass
        if letter in "123456789":
            number = letter
            if self.peek() != "" and self.peek() in "0123456789":
                number += self.take()
            self.add_back(int(number), place + 1)
            return True
        self.add_character(self.code_of_escape(letter, place, False))
        return True

    def add_back(self, group: int, place: int) -> None:
        if group > self.program.groups:
            raise self.error(f"invalid group reference {group}", place)
        if group in self.open:
            raise self.error("cannot refer to an open group", place - 1)
        self.program.add(Op.BACK, group, 0, self.flags & IGNORECASE != 0)

    # Groups

    def take_group(self, place: int) -> bool:
        """Compile what stands between parentheses; return whether it may be repeated."""
        if not self.accept("?"):
            self.take_numbered(place, "")
            return True
        if self.accept(":"):
            self.take_inside(place, self.flags)
        elif self.accept("P<"):
            start = self.at
            name = self.take_until(">", "group name")
            self.check_name(name, start)
            self.take_numbered(place, name)
        elif self.accept("P="):
            start = self.at
            name = self.take_until(")", "group name")
            self.check_name(name, start)
            if name not in self.program.names:
                raise self.error(f"unknown group name '{name}'", start)
            self.add_back(self.program.names[name], start)
        elif self.accept("#"):
            while self.peek() != ")":
                if self.take() == "":
                    raise self.error("missing ), unterminated comment", place)
            self.at += 1
            return False
        elif self.accept("="):
            self.take_look(place, Op.LOOK, False)
        elif self.accept("!"):
            self.take_look(place, Op.REFUSE, False)
        elif self.accept("<="):
            self.take_look(place, Op.LOOK, True)
        elif self.accept("<!"):
            self.take_look(place, Op.REFUSE, True)
        elif self.accept(">"):
            start = len(self.program.code)
            self.take_inside(place, self.flags)
            self.program.keep(start)
        else:
            return self.take_flags(place)
        return True

    def check_name(self, name: str, place: int) -> None:
        if not name.isidentifier():
            raise self.error(f"bad character in group name '{name}'", place)

    def take_inside(self, place: int, flags: int) -> None:
        """Compile a pattern up to the closing parenthesis, with flags of its own."""
        outside = self.flags
        self.flags = flags
        self.take_pattern()
        self.flags = outside
        if not self.accept(")"):
            raise self.error("missing ), unterminated subpattern", place)

    def take_numbered(self, place: int, name: str) -> None:
        self.program.groups += 1
        group = self.program.groups
        if name != "":
            if name in self.program.names:
                other = self.program.names[name]
                raise self.error(
                    f"redefinition of group name '{name}' as group {group}; was group {other}",
                    place + 4,
                )
            self.program.names[name] = group
        self.open.append(group)
        self.program.add(Op.SAVE, 2 * group)
        self.take_inside(place, self.flags)
        self.program.add(Op.SAVE, 2 * group + 1)
        self.open.pop()

    def take_look(self, place: int, op: Op, is_behind: bool) -> None:
        """LOOK end; inside; ACCEPT; end:"""
        look = self.program.add(op)
        self.take_inside(place, self.flags)
        if is_behind:
            low, high = self.program.widths(look + 1, len(self.program.code))
            if low != high:
                raise error("look-behind requires fixed-width pattern")
            self.program.code[look].b = low
        self.program.add(Op.ACCEPT)
        self.program.code[look].a = len(self.program.code)

    # Flags

    def take_global_flags(self) -> None:
        """Take "(?i)" and the like at the start of the pattern."""
        while self.text[self.at : self.at + 2] == "(?":
            end = self.at + 2
            flags = 0
            while end < len(self.characters) and self.characters[end] in FLAGS:
                flags |= FLAG_VALUES[FLAGS.index(self.characters[end])]
                end += 1
            if flags == 0 or end == len(self.characters) or self.characters[end] != ")":
                return
            self.flags |= flags
            if flags & ASCII != 0:
                self.flags &= ~UNICODE
            self.at = end + 1

    def take_flags(self, place: int) -> bool:
        """Compile "(?i:...)" and "(?-i:...)"."""
        added, removed = 0, 0
        is_removing = False
        while True:
            letter = self.take()
            if letter == ":":
                break
            if letter == ")" and not is_removing and added != 0:
                raise self.error("global flags not at the start of the expression", place)
            if letter == "-" and not is_removing:
                is_removing = True
            elif letter != "" and letter in FLAGS:
                value = FLAG_VALUES[FLAGS.index(letter)]
                added |= 0 if is_removing else value
                removed |= value if is_removing else 0
            elif letter == "":
                raise self.error("unexpected end of pattern", self.at)
            elif self.at == place + 3:
                raise self.error(f"unknown extension ?{letter}", place + 1)
            else:
                raise self.error("unknown flag", self.at - 1)
        self.take_inside(place, (self.flags | added) & ~removed)
        return True
