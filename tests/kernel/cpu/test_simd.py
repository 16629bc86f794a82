"""What of a processor's SIMD state is kept, with what, and how large an area for it is."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler.testing import native
from kernel.cpu.cpuid import Feature

HERE = Path(__file__).parent
LEGACY, AVX, AVX_512 = 0b11, 0b100, 0b1110_0000
XSAVE, XSAVEOPT = Feature.XSAVE, Feature.XSAVE | Feature.XSAVEOPT


@pytest.fixture(scope="module")
def subject():
    replace = {"kernel.cpu.instructions": HERE / "simd_instructions.py"}
    simd = native(HERE / "simd_subject.py", replace=replace)
    # As Intel's processors have them, and one that lies below another.
    for number, size, offset in [(2, 256, 576), (5, 64, 1088), (6, 512, 1152), (7, 1024, 1664)]:
        simd.set_place(number, size, offset)
    simd.set_place(9, 8, 2688)
    return simd


@pytest.mark.parametrize(
    ("features", "there", "kept", "size", "instructions"),
    [
        (0, 0, LEGACY, 512, 45),
        (XSAVE, LEGACY, LEGACY, 576, 13),
        (XSAVEOPT, LEGACY | AVX, LEGACY | AVX, 832, 23),
        (XSAVEOPT, LEGACY | AVX | AVX_512 | 1 << 9, LEGACY | AVX | AVX_512, 2688, 23),
        (XSAVEOPT, LEGACY | AVX | 1 << 5 | 1 << 6, LEGACY | AVX, 832, 23),
    ],
)
def test_processors(subject, features, there, kept, size, instructions) -> None:
    assert subject.begin(features, there) == (kept, size)
    assert subject.save_and_restore() == instructions
    cr0, cr4, xcr0 = subject.control_registers()
    assert cr0 == 0x8000_0022
    assert cr4 == 0x620 | (1 << 18 if features else 0)
    assert xcr0 == (kept if features else 0)


@given(st.integers(0, (1 << 64) - 1))
def test_the_processor_takes_what_is_chosen(subject, there: int) -> None:
    """As XSETBV checks it. Intel SDM volume 1, section 13.3."""
    kept = subject.usable(there)
    assert kept & LEGACY == LEGACY
    assert kept & ~LEGACY & ~there == 0
    assert not kept & AVX_512 or kept & (AVX | AVX_512) == AVX | AVX_512
    assert kept & ~(LEGACY | AVX | AVX_512) == 0


def test_a_program_begins_with_all_exceptions_masked(subject) -> None:
    subject.initialise(832)
    area = bytes(subject.byte(index) for index in range(840))
    assert struct.unpack_from("<H", area, 0) == (0x37F,)
    assert struct.unpack_from("<I", area, 24) == (0x1F80,)
    assert not any(area[2:24] + area[28:832])
    assert area[832:] == b"\xee" * 8
