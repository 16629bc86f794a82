"""Hashes and checksums against published values and Python's own."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st


@given(st.binary(max_size=200), st.binary(max_size=40))
def test_crc32_is_that_of_zlib(implementation, data, more) -> None:
    crc32 = implementation("core.hash").crc32
    assert crc32(data, 0) == zlib.crc32(data)
    assert crc32(more, zlib.crc32(data)) == zlib.crc32(data + more)


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"", 0xCBF2_9CE4_8422_2325),
        (b"a", 0xAF63_DC4C_8601_EC8C),
        (b"foobar", 0x8594_4171_F739_67E8),
    ],
)
def test_fnv1a(implementation, data, value) -> None:
    assert implementation("core.hash").fnv1a(data) == value


def test_of_words_tells_bytes_apart_that_differ_in_one_place_or_in_length(implementation) -> None:
    of_words = implementation("core.hash").of_words
    samples = {bytes(size) for size in range(40)}
    for size in range(1, 40):
        samples |= {bytes(at) + b"\x80" + bytes(size - at - 1) for at in range(size)}
        samples |= {bytes(at) + b"\1" + bytes(size - at - 1) for at in range(size)}
    hashes = {of_words(sample) for sample in samples}
    assert len(hashes) == len(samples)
    assert all(of_words(sample) in hashes for sample in samples)


def test_numbers_that_are_near_or_multiples_are_folded_to_other_places(implementation) -> None:
    folded = implementation("core.hash").folded
    for step in (1, 3, 8, 1 << 12, 1 << 32, 1 << 52):
        places = {folded(index * step & (1 << 64) - 1) & 0xFFF for index in range(1 << 11)}
        assert len(places) > (1 << 11) * 0.7, step


@pytest.mark.parametrize(
    ("size", "value"), [(0, 0xABAC_0158_050F_C4DC), (1, 0xC9F4_9BF3_7D57_CA93)]
)
def test_siphash_of_published_inputs(implementation, size, value) -> None:
    module = implementation("core.hash")
    key = module.SipKey(0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908)
    assert module.siphash(bytes(range(size)), key) == value


@pytest.mark.skipif(sys.hash_info.algorithm != "siphash13", reason="Python hashes otherwise")
def test_siphash_is_python_s_hash_of_bytes(implementation) -> None:
    """Python hashes bytes by SipHash-1-3, with a key of zeros when the seed is 0."""
    module = implementation("core.hash")
    samples = [bytes(range(size)) for size in range(1, 70)]
    program = f"print(*[hash(sample) for sample in {samples!r}])"
    environment = os.environ | {"PYTHONHASHSEED": "0"}
    result = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        check=True,
        timeout=60,
    )
    expected = [int(word) % (1 << 64) for word in result.stdout.split()]
    assert [module.siphash(sample, module.SipKey(0, 0)) for sample in samples] == expected


@given(st.lists(st.integers(0, (1 << 64) - 1), unique=True, max_size=50))
def test_mix_gives_each_number_its_own(implementation, numbers) -> None:
    mix = implementation("core.hash").mix
    assert len({int(mix(number)) for number in numbers}) == len(numbers)


@given(st.integers(0, (1 << 64) - 1), st.integers(0, 63))
def test_mix_spreads_every_bit(implementation, number, bit) -> None:
    mix = implementation("core.hash").mix
    changed = int(mix(number)) ^ int(mix(number ^ 1 << bit))
    assert 6 < changed.bit_count() < 58
