"""Python's module re, for programs: regular expressions of text.

Where CPython gives None for a group that took no part, `group` and its like raise ValueError, as their type
is str: ask `start(n) < 0`, or give `groups` a default. A function with a name behind `__` is what a call
means that does not fit the one before it (compiler/check/alternatives.py).

Source: Python Library Reference, module re.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from lib.python.regex.matcher import Matcher
from lib.python.regex.parser import Parser
from lib.python.regex.program import Program
from lib.python.regex.source import error

A: Final = 256
ASCII: Final = 256
I: Final = 2
IGNORECASE: Final = 2
M: Final = 8
MULTILINE: Final = 8
S: Final = 16
DOTALL: Final = 16
U: Final = 32
UNICODE: Final = 32
X: Final = 64
VERBOSE: Final = 64
NOFLAG: Final = 0
MOST_COMPILED: Final = 512  # patterns are kept
END: Final = (1 << 63) - 1

_compiled: dict[str, Pattern] | None = None


class Match:
    """What a pattern matched, and where."""

    re: Pattern
    string: str
    pos: int
    endpos: int
    slots: list[int]

    def __init__(self, re: Pattern, string: str, pos: int, endpos: int, slots: list[int]) -> None:
        self.re = re
        self.string = string
        self.pos = pos
        self.endpos = endpos
        self.slots = slots

    def group(self, group: int = 0) -> str:
        """Return the text of a group.

        Raises:
            IndexError: there is no such group.
            ValueError: it took no part in the match.
        """
        start = self.start(group)
        if start < 0:
            raise ValueError(f"group {group} took no part in the match")
        return self.string[start : self.end(group)]

    def group__named(self, name: str) -> str:
        return self.group(self._number(name))

    def group__two(self, a: int, b: int) -> tuple[str, str]:
        return self.group(a), self.group(b)

    def group__three(self, a: int, b: int, c: int) -> tuple[str, str, str]:
        return self.group(a), self.group(b), self.group(c)

    def group__two_named(self, a: str, b: str) -> tuple[str, str]:
        return self.group__named(a), self.group__named(b)

    def __getitem__(self, group: int) -> str:
        return self.group(group)

    def __getitem____named(self, name: str) -> str:
        return self.group__named(name)

    def groups(self) -> tuple[str, ...]:
        return tuple([self.group(number) for number in range(1, self.re.groups + 1)])

    def group__or_none(self, group: int) -> str | None:
        """As group; None if it took no part."""
        return None if self.start(group) < 0 else self.group(group)

    def group__or_none__named(self, name: str) -> str | None:
        return self.group__or_none(self._number(name))

    def groups__or_none(self) -> tuple[str | None, ...]:
        """As groups, with None for those that took no part."""
        found: list[str | None] = []
        for number in range(1, self.re.groups + 1):
            found.append(self.group__or_none(number))
        return tuple(found)

    def groups__or(self, default: str) -> tuple[str, ...]:
        """As groups, with a text for those that took no part."""
        found: list[str] = []
        for number in range(1, self.re.groups + 1):
            found.append(default if self.start(number) < 0 else self.group(number))
        return tuple(found)

    def groupdict(self) -> dict[str, str]:
        return {name: self.group(number) for name, number in self.re.groupindex.items()}

    def groupdict__or(self, default: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, number in self.re.groupindex.items():
            found[name] = default if self.start(number) < 0 else self.group(number)
        return found

    def start(self, group: int = 0) -> int:
        """Return where a group starts; -1 if it took no part."""
        self._check(group)
        return self.slots[2 * group]

    def start__named(self, name: str) -> int:
        return self.start(self._number(name))

    def end(self, group: int = 0) -> int:
        self._check(group)
        return self.slots[2 * group + 1]

    def end__named(self, name: str) -> int:
        return self.end(self._number(name))

    def span(self, group: int = 0) -> tuple[int, int]:
        return self.start(group), self.end(group)

    def span__named(self, name: str) -> tuple[int, int]:
        return self.span(self._number(name))

    @property
    def lastindex(self) -> int | None:
        """The group that was closed last."""
        found: int | None = None
        end = -1
        for number in range(1, self.re.groups + 1):
            if self.start(number) >= 0 and self.end(number) > end:
                end = self.end(number)
                found = number
        return found

    @property
    def lastgroup(self) -> str:
        """The name of the group that was closed last.

        Raises:
            ValueError: there is none, or it has no name.
        """
        name = self.lastgroup__or_none
        if name is None:
            raise ValueError("the last group has no name")
        return name

    @property
    def lastgroup__or_none(self) -> str | None:
        last = self.lastindex
        if last is not None:
            for name, number in self.re.groupindex.items():
                if number == last:
                    return name
        return None

    def expand(self, template: str) -> str:
        """Return a replacement with what its escapes stand for."""
        return _expanded(template, self)

    def _text(self, group: int) -> str:
        """Return the text of a group, which is empty if it took no part."""
        return "" if self.start(group) < 0 else self.group(group)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return f"<re.Match object; span={self.span()}, match={self.group()!r}>"

    def _check(self, group: int) -> None:
        if not 0 <= group <= self.re.groups:
            raise IndexError("no such group")

    def _number(self, name: str) -> int:
        if name not in self.re.groupindex:
            raise IndexError("no such group")
        return self.re.groupindex[name]


class Pattern:
    """A compiled pattern."""

    pattern: str
    flags: int
    groups: int
    groupindex: dict[str, int]
    program: Program

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.program = Parser(pattern, flags).parse()
        self.flags = self.program.flags
        self.groups = self.program.groups
        self.groupindex = self.program.names

    def match(self, string: str, pos: int = 0, endpos: int = END) -> Match | None:
        """Return what matches at the position `pos`."""
        matcher = Matcher(self.program, string, min(endpos, len(string)))
        return self._found(matcher, string, pos, matcher.match(min(pos, len(string)), False))

    def fullmatch(self, string: str, pos: int = 0, endpos: int = END) -> Match | None:
        matcher = Matcher(self.program, string, min(endpos, len(string)))
        return self._found(matcher, string, pos, matcher.match(min(pos, len(string)), True))

    def search(self, string: str, pos: int = 0, endpos: int = END) -> Match | None:
        """Return what matches first from `pos` on."""
        matcher = Matcher(self.program, string, min(endpos, len(string)))
        return self._found(matcher, string, pos, matcher.search(pos))

    def _found(self, matcher: Matcher, string: str, pos: int, is_found: bool) -> Match | None:
        if not is_found:
            return None
        return Match(self, string, pos, matcher.stop, matcher.slots)

    def finditer(self, string: str, pos: int = 0, endpos: int = END) -> Iterator[Match]:
        """Give what matches, from left to right, without overlapping."""
        matcher = Matcher(self.program, string, min(endpos, len(string)))
        at = pos
        while matcher.search(at):
            yield Match(self, string, pos, matcher.stop, matcher.slots)
            at = matcher.slots[1]
            matcher.last_end = at if matcher.slots[0] == at else -1

    def findall(self, string: str, pos: int = 0, endpos: int = END) -> list[str]:
        """Return what matches, or what the one group of the pattern matches there.

        Raises:
            TypeError: the pattern has several groups, and is not known where this is called.
        """
        if self.groups > 1:
            raise TypeError("findall of several groups gives tuples: loop over finditer")
        return [each._text(self.groups) for each in self.finditer(string, pos, endpos)]

    def findall_of_2(self, string: str) -> list[tuple[str, str]]:
        return [(each._text(1), each._text(2)) for each in self.finditer(string)]

    def findall_of_3(self, string: str) -> list[tuple[str, str, str]]:
        return [(each._text(1), each._text(2), each._text(3)) for each in self.finditer(string)]

    def findall_of_4(self, string: str) -> list[tuple[str, str, str, str]]:
        found: list[tuple[str, str, str, str]] = []
        for each in self.finditer(string):
            found.append((each._text(1), each._text(2), each._text(3), each._text(4)))
        return found

    def sub(self, repl: str, string: str, count: int = 0) -> str:
        return self.subn(repl, string, count)[0]

    def sub__by(self, repl: Callable[[Match], str], string: str, count: int = 0) -> str:
        return self.subn__by(repl, string, count)[0]

    def subn(self, repl: str, string: str, count: int = 0) -> tuple[str, int]:
        """Return the text with what matches replaced, and how often that was."""
        return self.subn__by(lambda found: _expanded(repl, found), string, count)

    def subn__by(
        self, repl: Callable[[Match], str], string: str, count: int = 0
    ) -> tuple[str, int]:
        parts: list[str] = []
        done = 0
        times = 0
        for found in self.finditer(string):
            parts.append(string[done : found.start()])
            parts.append(repl(found))
            done = found.end()
            times += 1
            if times == count:
                break
        parts.append(string[done:])
        return "".join(parts), times

    def split(self, string: str, maxsplit: int = 0) -> list[str]:
        """Return the text between what matches, and what the groups match there.

        Raises:
            ValueError: a group took no part in a match.
        """
        parts: list[str] = []
        done = 0
        for times, found in enumerate(self.finditer(string), 1):
            parts.append(string[done : found.start()])
            for number in range(1, self.groups + 1):
                parts.append(found.group(number))
            done = found.end()
            if times == maxsplit:
                break
        parts.append(string[done:])
        return parts

    def __eq__(self, other: Pattern) -> bool:
        return self.pattern == other.pattern and self.flags == other.flags

    def __hash__(self) -> int:
        return hash((self.pattern, self.flags))

    def __repr__(self) -> str:
        names: list[str] = []
        for value, name in (
            (IGNORECASE, "re.IGNORECASE"),
            (MULTILINE, "re.MULTILINE"),
            (DOTALL, "re.DOTALL"),
            (VERBOSE, "re.VERBOSE"),
            (ASCII, "re.ASCII"),
        ):
            if self.flags & value:
                names.append(name)
        shown = f"{self.pattern!r}"
        if len(shown) > 200:
            shown = shown[:200]
        return f"re.compile({shown}, {'|'.join(names)})" if names else f"re.compile({shown})"


# Functions -----------------------------------------------------------------------------------


def compile(pattern: str, flags: int = 0) -> Pattern:
    """Return a compiled pattern.

    Raises:
        error: it is none.
    """
    global _compiled
    known = _compiled
    if known is None or len(known) >= MOST_COMPILED:
        known = {}
        _compiled = known
    key = f"{flags} {pattern}"
    if key not in known:
        known[key] = Pattern(pattern, flags)
    return known[key]


def match(pattern: str, string: str, flags: int = 0) -> Match | None:
    return compile(pattern, flags).match(string)


def match__compiled(pattern: Pattern, string: str) -> Match | None:
    return pattern.match(string)


def fullmatch(pattern: str, string: str, flags: int = 0) -> Match | None:
    return compile(pattern, flags).fullmatch(string)


def fullmatch__compiled(pattern: Pattern, string: str) -> Match | None:
    return pattern.fullmatch(string)


def search(pattern: str, string: str, flags: int = 0) -> Match | None:
    return compile(pattern, flags).search(string)


def search__compiled(pattern: Pattern, string: str) -> Match | None:
    return pattern.search(string)


def finditer(pattern: str, string: str, flags: int = 0) -> Iterator[Match]:
    yield from compile(pattern, flags).finditer(string)


def finditer__compiled(pattern: Pattern, string: str) -> Iterator[Match]:
    yield from pattern.finditer(string)


def findall(pattern: str, string: str, flags: int = 0) -> list[str]:
    return compile(pattern, flags).findall(string)


def findall__compiled(pattern: Pattern, string: str) -> list[str]:
    return pattern.findall(string)


def findall_of_2(pattern: str, string: str, flags: int = 0) -> list[tuple[str, str]]:
    return compile(pattern, flags).findall_of_2(string)


def findall_of_3(pattern: str, string: str, flags: int = 0) -> list[tuple[str, str, str]]:
    return compile(pattern, flags).findall_of_3(string)


def findall_of_4(pattern: str, string: str, flags: int = 0) -> list[tuple[str, str, str, str]]:
    return compile(pattern, flags).findall_of_4(string)


def sub(pattern: str, repl: str, string: str, count: int = 0, flags: int = 0) -> str:
    return compile(pattern, flags).sub(repl, string, count)


def sub__by(
    pattern: str, repl: Callable[[Match], str], string: str, count: int = 0, flags: int = 0
) -> str:
    return compile(pattern, flags).sub__by(repl, string, count)


def sub__compiled(pattern: Pattern, repl: str, string: str, count: int = 0) -> str:
    return pattern.sub(repl, string, count)


def sub__compiled_by(
    pattern: Pattern, repl: Callable[[Match], str], string: str, count: int = 0
) -> str:
    return pattern.sub__by(repl, string, count)


def subn(pattern: str, repl: str, string: str, count: int = 0, flags: int = 0) -> tuple[str, int]:
    return compile(pattern, flags).subn(repl, string, count)


def subn__by(
    pattern: str, repl: Callable[[Match], str], string: str, count: int = 0, flags: int = 0
) -> tuple[str, int]:
    return compile(pattern, flags).subn__by(repl, string, count)


def split(pattern: str, string: str, maxsplit: int = 0, flags: int = 0) -> list[str]:
    return compile(pattern, flags).split(string, maxsplit)


def split__compiled(pattern: Pattern, string: str, maxsplit: int = 0) -> list[str]:
    return pattern.split(string, maxsplit)


def escape(pattern: str) -> str:
    """Return a pattern that matches a text."""
    parts: list[str] = []
    for each in pattern:
        if each in "()[]{}?*+-|^$\\.&~# \t\n\r\v\f":
            parts.append("\\")
        parts.append(each)
    return "".join(parts)


def purge() -> None:
    """Forget the patterns that were compiled."""
    global _compiled
    _compiled = None


# Replacements --------------------------------------------------------------------------------


def _expanded(template: str, found: Match) -> str:
    """Return a replacement with what its escapes stand for.

    Raises:
        error: it has an escape that means nothing.
    """
    if "\\" not in template:
        return template
    parts: list[str] = []
    at = 0
    while at < len(template):
        if template[at] != "\\":
            parts.append(template[at])
            at += 1
            continue
        text, at = _escape(template, at, found)
        parts.append(text)
    return "".join(parts)


def _escape(template: str, at: int, found: Match) -> tuple[str, int]:
    """Return what the escape at a place stands for, and the place behind it."""
    letter = template[at + 1 : at + 2]
    if letter == "":
        raise error("bad escape (end of pattern)", template, at)
    if letter == "g":
        return _named(template, at, found)
    if letter in "123456789":
        end = at + 2
        if end < len(template) and template[end].isdecimal():
            end += 1
        return _group_text(template, at, int(template[at + 1 : end]), found), end
    if letter == "0":
        end = at + 2
        while end < len(template) and end < at + 4 and template[end] in "01234567":
            end += 1
        return chr(int(template[at + 1 : end], 8)), end
    place = "ntrfva\\".find(letter)
    if place >= 0:
        return "\n\t\r\f\v\a\\"[place], at + 2
    if letter.isascii() and letter.isalpha():
        raise error(f"bad escape \\{letter}", template, at)
    return template[at : at + 2], at + 2


def _named(template: str, at: int, found: Match) -> tuple[str, int]:
    """As _escape, of "\\g<name>"."""
    if template[at + 2 : at + 3] != "<":
        raise error("missing <", template, at + 2)
    end = template.find(">", at)
    if end < 0:
        raise error("missing >, unterminated name", template, at + 3)
    name = template[at + 3 : end]
    if name.isdecimal():
        return _group_text(template, at + 2, int(name), found), end + 1
    if name not in found.re.groupindex:
        raise IndexError(f"unknown group name {name!r}")
    return _group_text(template, at + 2, found.re.groupindex[name], found), end + 1


def _group_text(template: str, at: int, group: int, found: Match) -> str:
    """Return the text of a group in a replacement, where one that took no part is empty."""
    if group > found.re.groups:
        raise error(f"invalid group reference {group}", template, at + 1)
    return "" if found.start(group) < 0 else found.group(group)
