"""The package \\_S5 is found however its numbers are written, and nothing else is taken for it."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler.testing import native

NAME = b"\x08_S5_"
HEADER = bytes(36)
SIZES = {0x0A: "<B", 0x0B: "<H", 0x0C: "<I"}


@pytest.fixture(scope="module")
def subject():
    replace = {"kernel.cpu.processor": Path("tests/kernel/cpu/threads_as_processors.py").resolve()}
    return native(Path(__file__).parent / "sleep_state_subject.py", replace=replace)


def constant(value: int, prefix: int) -> bytes:
    """Write a number in one of the forms that can hold it; without a prefix as an opcode."""
    return bytes([value]) if value < 2 and prefix == 0 else number(value, prefix or 0x0A)


def number(value: int, prefix: int) -> bytes:
    return bytes([prefix]) + struct.pack(SIZES[prefix], value)


def package(elements: list[bytes], long_length: bool = False) -> bytes:
    content = bytes([len(elements)]) + b"".join(elements)
    length = len(content) + (2 if long_length else 1)
    head = bytes([0x40 | length & 15, length >> 4]) if long_length else bytes([length])
    return b"\x12" + head + content


forms = st.tuples(st.integers(0, 7), st.sampled_from([0, 0x0A, 0x0B, 0x0C]))
around = st.binary(max_size=40).filter(lambda data: b"_S5" not in data)


@given(forms, forms, around, around, st.booleans(), st.booleans())
def test_it_is_found_in_all_its_forms(subject, a, b, before, after, is_long, has_root) -> None:
    elements = [constant(*a), constant(*b), b"\0", b"\0"]
    name = b"\x08\\_S5_" if has_root else NAME
    table = HEADER + before + name + package(elements, is_long) + after
    assert subject.sleep_types(table) == (True, a[0], b[0])


def test_both_numbers_may_be_in_one(subject) -> None:
    assert subject.sleep_types(HEADER + NAME + package([number(0x0705, 0x0B)])) == (True, 5, 7)


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"_S5_" + package([b"\1", b"\1"]),  # used, not defined
        NAME,
        NAME + b"\x12",
        NAME + b"\x11\x05" + b"\x02\x01\x01",  # a buffer
        NAME + package([]),
        NAME + package([b"\x0a\x08", b"\0"]),  # more than three bits
        NAME + package([b"\0", b"\x0b\x00\x01"]),
        NAME + package([b"ABCD", b"\0"]),  # a name
        NAME + package([b"\x0a\x05", b"\x0a\x05"])[:-1],  # cut off
    ],
)
def test_what_is_none_is_passed_over(subject, bad: bytes) -> None:
    assert not subject.sleep_types(HEADER + bad)[0]
    good = NAME + package([b"\x0a\x05", b"\x0a\x05"])
    if len(bad) != len(good) - 1:
        assert subject.sleep_types(HEADER + bad + good) == (True, 5, 5)


@given(st.lists(st.sampled_from([b"\x08", b"\\", b"_S5_", b"\x12", b"\xc0", b"\x0c", b"\1"])))
def test_nonsense_gives_no_nonsense(subject, pieces: list[bytes]) -> None:
    is_known, a, b = subject.sleep_types(HEADER + b"".join(pieces))
    assert not is_known or (a <= 7 and b <= 7)
