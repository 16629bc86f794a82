"""Verbs of control files: declared once, as the manual shows them, and from that checked.

    VERBS: Final = Array[Verb, 2](
        Verb(b"close", b"FIRST:number [END:number]", b"close a file, or all numbers from FIRST up to END"),
        Verb(b"start", b"", b"let it begin"),
    )

Words behind a verb are named in capitals, those that may be missing in brackets behind all others. What each is to be stands behind
its name: `number`, of 0 or more, or -1 for the highest; `path` or `name`, which have some text; `text`, which need not have any.

A command that is not as declared is refused with a sentence that names the wrong word, and what was expected in its place.
"""

from __future__ import annotations

from core.text import parse
from core.text.buffer import TextBuffer
from kernel.fs.command import Command
from lang import Slice, no_raise, struct, u8, u64, usize

HIGHEST: u64 = 0xFFFF_FFFF  # what -1 stands for
COLUMN: u64 = 34  # where explanations begin
BLANK: u8 = 32
COLON: u8 = 58
BRACKET: u8 = 91
END_BRACKET: u8 = 93


class BadCommand(ValueError):
    """There is no such verb, or its words are not those that it takes."""


@struct
class Verb:
    """Something that a control file can do."""

    name: bytes
    words: bytes  # that follow, as above
    meaning: bytes


@struct
class Expected:
    """One word that a verb takes."""

    name: Slice[u8]
    kind: Slice[u8]
    may_be_missing: bool


def check(verbs: Slice[Verb], command: Command, complaint: TextBuffer) -> usize:
    """Return the index of the verb that a command begins with, if its words are those that it takes.

    complaint: says what is wrong, where something is.

    Raises:
        BadCommand: something is wrong.
    """
    index = find(verbs, command.word(0))
    if index == usize(len(verbs)):
        complain_of_verb(verbs, command.word(0), complaint)
        raise BadCommand
    rest = verbs[index].words[:]
    at: usize = 1
    while len(rest) > 0:
        part, rest = split(rest)
        check_word(verbs[index].name, expected(part), command, at, complaint)
        at += 1
    if command.count > at:
        say(complaint, verbs[index].name, b": ", command.word(at), b" is one too many; ")
        write_usage(complaint, verbs[index])
        raise BadCommand
    return index


@no_raise
def number(word: Slice[u8]) -> u64:
    """Return the number of a word that was checked to be one."""
    if word == b"-1":
        return HIGHEST
    try:
        return parse.parse_plain(word)
    except (ValueError, OverflowError):
        return HIGHEST


@no_raise
def write_manual(verbs: Slice[Verb], out: TextBuffer) -> None:
    """Write a line about each verb."""
    for verb in verbs:
        size = write_usage(out, verb)
        for _ in range(size, max(COLUMN, size + 2)):
            out.write(b" ")
        out.write(verb.meaning)
        out.write(b"\n")


@no_raise
def write_usage(out: TextBuffer, verb: Verb) -> u64:
    """Write a verb with the names of its words; return how long that is."""
    out.write(verb.name)
    size = len(verb.name)
    rest = verb.words[:]
    while len(rest) > 0:
        part, rest = split(rest)
        word = expected(part)
        out.write(b" [" if word.may_be_missing else b" ")
        out.write(word.name)
        out.write(b"]" if word.may_be_missing else b"")
        size += len(word.name) + (3 if word.may_be_missing else 1)
    return size


@no_raise
def find(verbs: Slice[Verb], name: Slice[u8]) -> usize:
    """Return the index of a verb; their count if there is none of that name."""
    for index in range(usize(len(verbs))):
        if name == verbs[index].name:
            return index
    return usize(len(verbs))


def check_word(
    verb: bytes, wanted: Expected, command: Command, at: usize, complaint: TextBuffer
) -> None:
    """Check one word of a command.

    Raises:
        BadCommand: it is missing, or not what it should be.
    """
    if at >= command.count:
        if wanted.may_be_missing:
            return
        say(complaint, verb, b": ", wanted.name, b" is missing, a ")
        complaint.write(wanted.kind)
        raise BadCommand
    word = command.word(at)
    if not is_of_kind(word, wanted.kind):
        say(complaint, verb, b": ", wanted.name, b" should be a ")
        say(complaint, wanted.kind, b", not '", word, b"'")
        raise BadCommand


@no_raise
def is_of_kind(word: Slice[u8], kind: Slice[u8]) -> bool:
    if kind == b"number":
        return is_number(word)
    return len(word) > 0 or kind == b"text"


@no_raise
def is_number(word: Slice[u8]) -> bool:
    if word == b"-1":
        return True
    try:
        return parse.parse_plain(word) <= HIGHEST
    except (ValueError, OverflowError):
        return False


@no_raise
def complain_of_verb(verbs: Slice[Verb], name: Slice[u8], complaint: TextBuffer) -> None:
    """Say that there is no such verb, and which there are."""
    if len(name) == 0:
        complaint.write(b"a command is missing")
    else:
        say(complaint, b"", b"'", name, b"' is no command here")
    for index in range(usize(len(verbs))):
        complaint.write(b"; there are " if index == 0 else b", ")
        complaint.write(verbs[index].name)


@no_raise
def say(
    out: TextBuffer, first: Slice[u8], second: Slice[u8], third: Slice[u8], fourth: Slice[u8]
) -> None:
    out.write(first)
    out.write(second)
    out.write(third)
    out.write(fourth)


@no_raise
def split(words: Slice[u8]) -> tuple[Slice[u8], Slice[u8]]:
    """Return the first of some words with blanks between them, and the others."""
    end: usize = 0
    while end < len(words) and words[end] != BLANK:
        end += 1
    return words[:end], words[min(end + 1, usize(len(words))) :]


@no_raise
def expected(part: Slice[u8]) -> Expected:
    """Return what a declared word says: NAME:kind or [NAME:kind]."""
    may_be_missing = part[0] == BRACKET
    start: usize = 1 if may_be_missing else 0
    end = usize(len(part)) - start
    colon = start
    while colon < end and part[colon] != COLON:
        colon += 1
    return Expected(part[start:colon], part[min(colon + 1, end) : end], may_be_missing)
