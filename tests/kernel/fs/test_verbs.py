"""Verbs of control files: what is taken, what is said of the rest, and the manual."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native

SUBJECT = Path(__file__).with_name("verbs_subject.py")
REFUSED = 99


@pytest.fixture(scope="module")
def subject():
    return native(SUBJECT)


def check(subject, text: bytes) -> tuple[int, str]:
    into = bytearray(1024)
    index, length = subject.check(text, into)
    return index, into[:length].decode(errors="replace")


@pytest.mark.parametrize(
    ("text", "index"),
    [
        (b"close 3", 0),
        (b"close 3 -1", 0),
        (b"close 3 4294967295", 0),
        (b'bind "/a b" /c', 1),
        (b"start", 2),
        (b"kill", 3),
        (b'kill ""', 3),
        (b'kill "in the way"', 3),
    ],
)
def test_what_is_declared_is_taken(subject, text: bytes, index: int) -> None:
    assert check(subject, text) == (index, "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "a command is missing; there are close, bind, start, kill"),
        (b"klose 3", "'klose' is no command here; there are close, bind, start, kill"),
        (b"CLOSE 3", "'CLOSE' is no command here; there are close, bind, start, kill"),
        (b"close", "close: FIRST is missing, a number"),
        (b"close x", "close: FIRST should be a number, not 'x'"),
        (b"close 3 -2", "close: END should be a number, not '-2'"),
        (b"close 3 4294967296", "close: END should be a number, not '4294967296'"),
        (b"close 3 4 5", "close: 5 is one too many; close FIRST [END]"),
        (b"bind /a", "bind: SOURCE is missing, a path"),
        (b'bind "" /c', "bind: PATH should be a path, not ''"),
        (b"start now", "start: now is one too many; start"),
        (b"kill in the way", "kill: the is one too many; kill [STATUS]"),
    ],
)
def test_the_wrong_word_is_named_and_what_was_expected(subject, text: bytes, said: str) -> None:
    assert check(subject, text) == (REFUSED, said)


def test_the_manual_is_a_line_for_each(subject) -> None:
    into = bytearray(1024)
    length = subject.manual(into)
    lines = bytes(into[:length]).decode().splitlines()
    assert [re.split("  +", line) for line in lines] == [
        ["close FIRST [END]", "close files"],
        ["bind PATH SOURCE", "bind"],
        ["start", "begin"],
        ["kill [STATUS]", "end"],
    ]
    assert len({line.rindex("  ") for line in lines}) == 1


words = st.sampled_from([b"close", b"bind", b"start", b"kill", b"3", b"-1", b"/a", b'""', b"&&x"])


@settings(max_examples=2000)
@given(
    st.lists(words | st.binary(min_size=1, max_size=6).map(lambda b: b.hex().encode()), max_size=5)
)
def test_a_command_is_taken_exactly_if_its_words_are_those_that_are_declared(
    subject, texts
) -> None:
    index, said = check(subject, b" ".join(texts))
    plain = [text.replace(b'"', b"") for text in texts]
    assert (index == REFUSED) == (said != "") == (not is_declared(plain))
    if index != REFUSED:
        assert [b"close", b"bind", b"start", b"kill"][index] == plain[0]


def is_declared(texts: list[bytes]) -> bool:
    """The declarations, once more, in plain Python."""
    match texts:
        case [b"close", *numbers]:
            return len(numbers) in (1, 2) and all(map(is_number, numbers))
        case [b"bind", path, source]:
            return path != b"" and source != b""
        case [b"start"] | [b"kill"] | [b"kill", _]:
            return True
    return False


def is_number(text: bytes) -> bool:
    if text == b"-1" or text == b"0":
        return True
    return text.isdigit() and not text.startswith(b"0") and int(text) <= 0xFFFFFFFF
