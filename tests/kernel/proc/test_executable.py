"""A good program gets a plan; a damaged or hostile one is refused, whatever it says."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from elftools.elf.elffile import ELFFile
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native
from tools import program

PROGRAM = """
from __future__ import annotations


def main() -> int:
    for name in ["one", "two", "three"]:
        print(name)
    return 0
"""
HEADER_SIZE = 64
SEGMENT_SIZE = 56


@pytest.fixture(scope="module")
def subject():
    return native(Path(__file__).with_name("executable_subject.py"))


class Contents(bytes):
    """Shown by its size when a test fails."""

    def __repr__(self) -> str:
        return f"<{len(self)} bytes>"


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> bytes:
    source = tmp_path_factory.mktemp("program") / "names.py"
    source.write_text(PROGRAM.lstrip())
    return Contents(program.build(source, "release").read_bytes())


def test_a_program_gets_a_plan(subject, good) -> None:
    elf = ELFFile(io.BytesIO(good))
    end = max(each["p_vaddr"] + each["p_memsz"] for each in elf.iter_segments("PT_LOAD"))
    assert subject.size_of(bytearray(good)) == -(-end // 4096) * 4096
    assert subject.entry_of(bytearray(good)) == elf["e_entry"]
    count = sum(1 for _ in elf.get_section_by_name(".rela.dyn").iter_relocations())
    assert subject.relocations_of(bytearray(good)) == count > 0


def refused(subject, file: bytes) -> bool:
    try:
        subject.size_of(bytearray(file))
    except Exception as failure:  # noqa: BLE001 - the class is the target's
        assert "BadExecutable" in repr(failure)
        return True
    return False


@pytest.mark.parametrize("size", [0, 1, 63, 64, 100, 4096])
def test_a_file_that_was_cut_off_is_refused(subject, good, size: int) -> None:
    assert refused(subject, good[:size])


@pytest.mark.parametrize(
    "file", [b"#!/bin/sh\n" * 50, b"\0" * 4096, b"\x7fELF" * 1024], ids=["script", "zeros", "magic"]
)
def test_what_is_no_program_is_refused(subject, file: bytes) -> None:
    assert refused(subject, file)


def changed(file: bytes, segment: int, offset: int, layout: str, value: int) -> bytes:
    """Change a field of a program header."""
    data = bytearray(file)
    at = struct.unpack_from("<Q", file, 32)[0] + segment * SEGMENT_SIZE + offset
    struct.pack_into(layout, data, at, value)
    return bytes(data)


@pytest.mark.parametrize(
    ("offset", "layout", "value"),
    [
        (4, "<I", 7),  # written and executed
        (8, "<Q", 1 << 40),  # behind the end of the file
        (16, "<Q", (1 << 64) - 4096),  # wraps around
        (16, "<Q", 1 << 33),  # too far up
        (32, "<Q", 1 << 62),  # more than there is
        (40, "<Q", 1 << 62),  # more memory than there may be
        (40, "<Q", 1),  # less memory than there is in the file
    ],
)
@pytest.mark.parametrize("segment", [1, 2])
def test_a_segment_that_makes_no_sense_is_refused(
    subject, good, segment: int, offset: int, layout: str, value: int
) -> None:
    assert refused(subject, changed(good, segment, offset, layout, value))


def test_what_is_read_only_later_is_somewhere(subject, good) -> None:
    kinds = [each["p_type"] for each in ELFFile(io.BytesIO(good)).iter_segments()]
    segment = kinds.index("PT_GNU_RELRO")
    for offset in (16, 40):
        assert refused(subject, changed(good, segment, offset, "<Q", (1 << 64) - 1))


def test_segments_that_share_a_page_are_refused(subject, good) -> None:
    elf = ELFFile(io.BytesIO(good))
    first, second = list(elf.iter_segments("PT_LOAD"))[:2]
    assert refused(subject, changed(good, 1, 16, "<Q", first["p_memsz"] - 1))
    assert second["p_vaddr"] >= first["p_memsz"]


def test_an_entry_outside_of_the_code_is_refused(subject, good) -> None:
    data = bytearray(good)
    struct.pack_into("<Q", data, 24, 0)
    assert refused(subject, data)


@given(st.data())
@settings(max_examples=500)
def test_no_damage_leads_outside_of_the_file(subject, good, data) -> None:
    """Whatever the headers say, the answer is a plan that is inside, or a refusal."""
    file = bytearray(good)
    headers = HEADER_SIZE + 7 * SEGMENT_SIZE
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, headers - 8))
        layout = data.draw(st.sampled_from(["<B", "<H", "<I", "<Q"]))
        top = (1 << 8 * struct.calcsize(layout)) - 1
        value = data.draw(
            st.sampled_from([0, 1, top, top // 2, max(top - 4095, 0)]) | st.integers(0, top)
        )
        struct.pack_into(layout, file, at, value)
    if not refused(subject, file):
        size = subject.size_of(file)
        assert size <= 1 << 32
        assert subject.entry_of(file) < size
        assert subject.relocations_of(file) * 24 <= len(file)
