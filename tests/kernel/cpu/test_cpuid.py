"""What is made of a processor's answers, also of those that make no sense."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native
from kernel.cpu.cpuid import Feature

HERE = Path(__file__).parent
EXTENDED = 0x8000_0000

words = st.integers(0, (1 << 32) - 1)
leaves = st.sampled_from([0, 1, 7, 0xB, 13, 0x15, EXTENDED, *range(EXTENDED + 1, EXTENDED + 9)])


@pytest.fixture(scope="module")
def subject():
    return native(
        HERE / "cpuid_subject.py",
        replace={"kernel.cpu.instructions": HERE / "answering_cpuid.py"},
    )


def read(subject, answers: dict[tuple[int, int], tuple[int, int, int, int]]) -> None:
    subject.clear()
    for (leaf, subleaf), registers in answers.items():
        subject.answer(leaf, subleaf, *registers)
    subject.read()


def brand(subject) -> str:
    return bytes(subject.brand_byte(index) for index in range(subject.brand_length())).decode()


# An Intel Core i7-8650U, as far as it is asked.
NAME = b"Intel(R) Core(TM) i7-8650U CPU @ 1.90GHz".ljust(48, b"\0")
INTEL = {
    (0, 0): (0x16, 0x756E6547, 0x6C65746E, 0x49656E69),
    (1, 0): (0x000806EA, 0x03100800, 0x7FFAFBBF, 0xBFEBFBFF),
    (7, 0): (0, 0x029C6FBF, 0, 0x9C002400),
    (0xB, 0): (1, 2, 0x100, 3),
    (13, 0): (0x1F, 0x440, 0x440, 0),
    (13, 1): (0xF, 0, 0, 0),
    (0x15, 0): (2, 176, 24_000_000, 0),
    (EXTENDED, 0): (EXTENDED + 8, 0, 0, 0),
    (EXTENDED + 1, 0): (0, 0, 0x121, 0x2C100800),
    (EXTENDED + 2, 0): struct.unpack("<4I", NAME[:16]),
    (EXTENDED + 3, 0): struct.unpack("<4I", NAME[16:32]),
    (EXTENDED + 4, 0): struct.unpack("<4I", NAME[32:]),
    (EXTENDED + 7, 0): (0, 0, 0, 0x100),
    (EXTENDED + 8, 0): (0x3027, 0, 0, 0),
}


def test_an_intel_processor_is_understood(subject) -> None:
    read(subject, INTEL)
    assert subject.version() == (6, 0x8E, 10)
    assert brand(subject) == "Intel(R) Core(TM) i7-8650U CPU @ 1.90GHz"
    assert subject.numbers() == (39, 48, 0x440, 0x1F, 3, 2_112_000_000)
    for feature in ("NX", "SMEP", "SMAP", "XSAVE", "XSAVEOPT", "INVARIANT_TSC", "HUGE_PAGES"):
        assert subject.has(Feature[feature]), feature
    for feature in ("UMIP", "HYPERVISOR"):
        assert not subject.has(Feature[feature]), feature


def test_leaves_that_do_not_exist_are_not_believed(subject) -> None:
    """Intel's processors answer the largest leaf in place of one beyond it."""
    read(subject, {**INTEL, (0, 0): (1, 0, 0, 0), (EXTENDED, 0): (1, 0, 0, 0)})
    assert brand(subject) == ""
    assert subject.numbers() == (36, 48, 0, 0, 3, 0)
    for feature in ("NX", "SMEP", "SMAP", "XSAVE", "XSAVEOPT"):
        assert not subject.has(Feature[feature]), feature


@given(st.dictionaries(st.tuples(leaves, st.sampled_from([0, 1])), st.tuples(*[words] * 4)))
@settings(max_examples=200)
def test_any_answers_give_numbers_to_work_with(subject, answers) -> None:
    read(subject, answers)
    physical_bits, linear_bits, *_ = subject.numbers()
    assert 36 <= physical_bits <= 52
    assert 48 <= linear_bits <= 57
    assert subject.brand_length() <= 48
