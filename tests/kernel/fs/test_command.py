"""The words of control files, against a plain-Python reader: blanks, quotes, backslashes, `&&`, limits."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from compiler.testing import native

LONGEST = 1024
MOST_WORDS = 16
BLANKS = b" \t\n\v\f\r"

# Mostly what has a meaning, so that quotations, escapes and limits meet.
texts = st.lists(
    st.sampled_from([b" ", b"\t", b'"', b"\\", b"&", b"&&", b" && ", b"a", b"bc", b"w" * 300])
    | st.binary(max_size=2),
    max_size=50,
).map(b"".join)
words = st.binary(max_size=40)


@pytest.fixture(scope="module")
def subject():
    return native("kernel.fs.command")


class Refused(Exception):
    """The model refuses a text; the only argument is the name of the exception's class."""


def model(text: bytes) -> tuple[list[bytes], bytes]:
    """Return the words of the first command, and what is left."""
    found: list[bytes] = []
    size = 0
    rest = text.lstrip(BLANKS)
    while rest:
        if rest[:2] == b"&&" and rest[2:3] in (b"", *(bytes([blank]) for blank in BLANKS)):
            return found, rest[2:]
        if len(found) == MOST_WORDS:
            raise Refused("TooLarge")
        word, rest = model_word(rest, LONGEST - size)
        found.append(word)
        size += len(word)
        rest = rest.lstrip(BLANKS)
    return found, b""


def model_word(text: bytes, room: int) -> tuple[bytes, bytes]:
    """Return the word at the start of a text, and what is behind it."""
    word = bytearray()
    is_quoted = False
    waiting = list(text)
    while waiting and (is_quoted or waiting[0] not in BLANKS):
        byte = waiting.pop(0)
        if byte == ord('"'):
            is_quoted = not is_quoted
            continue
        if byte == ord("\\"):
            if not waiting:
                raise Refused("BadQuotes")
            byte = waiting.pop(0)
        word.append(byte)
        if len(word) > room:
            raise Refused("TooLarge")
    if is_quoted:
        raise Refused("BadQuotes")
    return bytes(word), bytes(waiting)


def read(subject, text: bytes) -> tuple[list[bytes], bytes]:
    command = subject.Command()
    rest = bytes(command.read(bytearray(text)))
    return [bytes(command.word(index)) for index in range(command.count)], rest


def outcome(function, *arguments):
    """Return what a function returns, or the name of the class that it raises."""
    try:
        return function(*arguments)
    except Refused as refusal:
        return refusal.args[0]
    except Exception as failure:  # noqa: BLE001 - the class is the target's
        return next(
            (name for name in ("TooLarge", "BadQuotes") if name in repr(failure)), repr(failure)
        )


@given(texts)
@example(b"")
@example(b" \t")
@example(b"&&")
@example(b"&& a")
@example(b"a&& b")
@example(b"a &&b")
@example(b'a "&&" b')
@example(b"a \\&& b")
@example(b'""')
@example(b'a"b c"d')
@example(b'"')
@example(b"\\")
@example(b"w" * LONGEST)
@example(b"w" * (LONGEST + 1))
@example(b"a " * MOST_WORDS)
@example(b"a " * (MOST_WORDS + 1))
@example(b"a " * MOST_WORDS + b"&& b")
@settings(max_examples=500)
def test_words_are_the_models(subject, text: bytes) -> None:
    assert outcome(read, subject, text) == outcome(model, text)


def quoted(word: bytes) -> bytes:
    return b'"' + word.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


@given(st.lists(st.lists(words, max_size=MOST_WORDS), min_size=1, max_size=4))
@settings(max_examples=300)
def test_quoted_words_arrive_as_they_are_whatever_is_in_them(subject, commands) -> None:
    rest = b" && ".join(b" ".join(map(quoted, command)) for command in commands)
    for command in commands:
        found, rest = read(subject, rest)
        assert found == command
    assert rest == b""


def test_a_command_forgets_the_one_before_it(subject) -> None:
    command = subject.Command()
    command.read(bytearray(b"one two three"))
    command.read(bytearray(b"four"))
    assert command.count == 1
    assert bytes(command.word(0)) == b"four"
    assert bytes(command.word(1)) == b""
    assert bytes(command.word(99)) == b""
