"""Paths and modes against plain Python: what is taken apart, what is refused, and where limits are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from compiler.testing import native

LONGEST_PATH = 1023
LONGEST_NAME = 63
LONGEST_WORD = 31
FORBIDDEN = set(range(32)) | set(b'<>:"\\|?*')

# By bit: the two ways to ask for the same.
FLAGS = [
    (b"read", b"r"),
    (b"write", b"w"),
    (b"execute", b"x"),
    (b"nonblock", b"n"),
    (b"append", b"a"),
    (b"create", b"c"),
    (b"exclusive", b"e"),
    (b"parents", b"p"),
    (b"truncate", b"t"),
    (b"directory", b"d"),
    (b"recursive", b"R"),
    (b"nofollow", b"l"),
    (b"private", b"P"),
    (b"propagate", b"g"),
    (b"locked", b"L"),
]
LONG = {long: 1 << bit for bit, (long, _) in enumerate(FLAGS)}
SHORT = {short[0]: 1 << bit for bit, (_, short) in enumerate(FLAGS)}

letters = st.lists(st.sampled_from([short for _, short in FLAGS]), max_size=40).map(b"".join)
words = st.sampled_from([long for long, _ in FLAGS]) | letters
flags = st.lists(words | st.binary(max_size=6), max_size=8).map(b":".join)
# Mostly what paths are made of, so that slashes, dots and limits meet.
names = st.lists(
    st.sampled_from([b"/", b"//", b".", b"..", b"a", b"n" * 62, "é".encode(), b" "])
    | st.binary(max_size=3).map(lambda some: some.replace(b":", b"")),
    max_size=30,
).map(b"".join)
settings.register_profile("paths", max_examples=400)
many = settings.get_profile("paths")


@pytest.fixture(scope="module")
def subject():
    return native(Path(__file__).with_name("path_subject.py"))


class Refused(Exception):
    """The model refuses a text; the only argument is the name of the exception's class."""


def outcome(function, *arguments):
    """Return what a function returns, or the name of the class that it raises."""
    try:
        return function(*arguments)
    except Refused as refusal:
        return refusal.args[0]
    except Exception as failure:  # noqa: BLE001 - the class is the target's
        return next(
            (name for name in ("NameTooLong", "BadName", "BadFlag") if name in repr(failure)),
            repr(failure),
        )


def model_mode(text: bytes) -> int:
    result = 0
    for word in text.split(b":"):
        if word in LONG:
            result |= LONG[word]
        elif len(word) > LONGEST_WORD or not set(word) <= set(SHORT):
            raise Refused("BadFlag")
        else:
            for letter in word:
                result |= SHORT[letter]
    return result


def model_path(text: bytes) -> tuple[int, int, bool]:
    if len(text) > LONGEST_PATH:
        raise Refused("NameTooLong")
    front, colon, behind = text.partition(b":")
    length = 0
    for byte in front:  # the first offence counts
        length = 0 if byte == ord("/") else length + 1
        if byte in FORBIDDEN:
            raise Refused("BadName")
        if length > LONGEST_NAME:
            raise Refused("NameTooLong")
    return len(front), model_mode(behind) if colon else 0, front.startswith(b"/")


@pytest.mark.parametrize("bit", range(len(FLAGS)), ids=[long.decode() for long, _ in FLAGS])
def test_each_flag_has_a_long_and_a_short_name(subject, bit: int) -> None:
    long, short = FLAGS[bit]
    assert subject.parse_mode(long) == subject.parse_mode(short) == 1 << bit


@given(st.lists(st.tuples(st.integers(0, len(FLAGS) - 1), st.booleans()), max_size=20))
@many
def test_flags_combine_in_any_order_and_number(subject, wanted) -> None:
    text = b":".join(FLAGS[bit][is_short] for bit, is_short in wanted)
    expected = 0
    for bit, _ in wanted:
        expected |= 1 << bit
    assert subject.parse_mode(text) == expected


@given(flags)
@example(b"r" * LONGEST_WORD)
@example(b"r" * (LONGEST_WORD + 1))
@example(b"reads")
@example(b"Read")
@example(b"r w")
@example(b"r\0w")
@example(b":::")
@many
def test_modes_are_the_models(subject, text: bytes) -> None:
    assert outcome(subject.parse_mode, text) == outcome(model_mode, text)


@given(st.integers(0, (1 << len(FLAGS)) - 1))
@many
def test_a_written_mode_is_read_as_itself(subject, bits: int) -> None:
    text = bytes(subject.write_mode(bits))
    assert text == b"".join(b":" + long for long, bit in LONG.items() if bits & bit)
    assert subject.parse_mode(text) == bits


@given(names, st.none() | flags)
@example(b"", None)
@example(b"/", b"")
@example(b"n" * LONGEST_NAME, None)
@example(b"n" * (LONGEST_NAME + 1), None)
@example(b"n" * LONGEST_NAME + b"/" + b"n" * LONGEST_NAME, b"rw")
@example(b"/" * LONGEST_PATH, None)
@example(b"/" * (LONGEST_PATH + 1), None)
@example(b"/" * (LONGEST_PATH - 1), b"")
@example(b"/" * LONGEST_PATH, b"")
@example(b"/a", b"rw/b")
@many
def test_paths_are_the_models(subject, front: bytes, behind: bytes | None) -> None:
    text = front if behind is None else front + b":" + behind
    assert outcome(subject.parse, text) == outcome(model_path, text)


@pytest.mark.parametrize("byte", range(256))
def test_a_byte_is_good_in_a_name_or_refused(subject, byte: int) -> None:
    text = b"/a" + bytes([byte]) + b"r"
    expected = (len(text), 0, True)
    if byte == ord(":"):
        expected = (2, LONG[b"read"], True)
    elif byte in FORBIDDEN:
        expected = "BadName"
    assert outcome(subject.parse, text) == expected


@given(names)
@many
def test_splitting_again_and_again_gives_each_name(subject, text: bytes) -> None:
    found = []
    rest = text
    while True:
        first, behind = subject.split(rest)
        start = len(rest) - behind - first
        assert set(rest[:start]) <= set(b"/")
        if first == 0:
            assert behind == 0
            break
        found.append(rest[start : start + first])
        rest = rest[start + first :]
    assert found == [name for name in text.split(b"/") if name]


@given(names)
@many
def test_a_path_is_its_last_name_behind_the_others(subject, text: bytes) -> None:
    stripped = text.rstrip(b"/")
    folder, slash, last = stripped.rpartition(b"/")
    assert subject.last_name(text) == len(last)
    assert subject.without_last(text) == len(folder + slash)
