"""A table of exports finds what was put into it, by names, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.backend import exports
from compiler.testing import native

BASE = 0x1000
NAMES = st.binary(min_size=1, max_size=6)
NUMBERS = st.integers(0, (1 << 32) - 1)


@pytest.fixture(scope="module")
def subject():
    return native(Path(__file__).with_name("exports_subject.py"))


@given(st.dictionaries(NAMES, st.tuples(NUMBERS, NUMBERS), max_size=30), NAMES)
@settings(max_examples=200)
def test_names_are_found(subject, known: dict[bytes, tuple[int, int]], other: bytes) -> None:
    subject.clear()
    for name, (version, offset) in known.items():
        subject.add(bytearray(name), version, 0)  # a declaration, and the symbol of the same name
        subject.add(bytearray(name), 0, offset)
    assert subject.settle() == len(known)
    for name in {*known, other}:
        version, offset = known.get(name, (0, 0))
        assert subject.version_of(bytearray(name)) == version
        assert subject.address_of(bytearray(name)) == (BASE + offset if offset else 0)


def test_the_linker_hashes_as_the_kernel_does(subject) -> None:
    core = native("core.hash")
    for name in ("", "a", "kernel.log.log.info", "core.containers.dict[str, u64].get"):
        assert core.fnv1a(bytearray(name.encode())) == exports.hash_of(name)


def test_two_names_with_the_same_hash_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "hash_of", len)
    with pytest.raises(ValueError, match="same hash"):
        exports.encode({"one": 1}, {"two": 2})
