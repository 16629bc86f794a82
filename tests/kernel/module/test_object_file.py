"""A module's object is put where it belongs; a damaged or hostile one is refused, whatever it says."""

from __future__ import annotations

import ctypes
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.backend.elf import Elf, SectionFlag, SectionType
from compiler.testing import native
from tools import image

BASE = 0xFFFF_FFFF_C000_0000
FOUND = 0xFFFF_FFFF_8020_0000  # where all that others define is
PAGE = 4096
HEADER_SIZE, SECTION_SIZE, SYMBOL_SIZE, RELOCATION_SIZE = 64, 64, 24, 24
U64 = st.integers(0, (1 << 64) - 1)
ODD = st.sampled_from([0, 1, 7, 8, 63, 64, PAGE, 1 << 16, 1 << 31, 1 << 32, 1 << 63, (1 << 64) - 1])


class Contents(bytes):
    """Shown by its size when a test fails."""

    def __repr__(self) -> str:
        return f"<{len(self)} bytes>"


@pytest.fixture(scope="module")
def subject():
    return native(Path(__file__).with_name("object_subject.py"))


@pytest.fixture(scope="module")
def good() -> Contents:
    return Contents((image.build_modules("checked") / "hello").read_bytes())


def linked(subject, file: bytes) -> bytearray:
    """Return the memory of a module."""
    memory = bytearray(subject.size_of(bytearray(file)))
    values = (ctypes.c_uint64 * (len(file) // SYMBOL_SIZE))()
    subject.link(bytearray(file), memory, BASE, values, FOUND)
    return memory


def refused(subject, file: bytes) -> bool:
    try:
        linked(subject, file)
    except Exception as failure:  # noqa: BLE001 - the class is the target's
        assert "BadExecutable" in repr(failure)
        return True
    return False


def places(subject, file: bytes) -> dict[str, int]:
    """Return where each section is to be, by the rules: by kinds, each at its own alignment."""
    found, end = {}, 0
    for kind in range(3):
        for section in Elf(file).sections:
            is_code = bool(section.flags & SectionFlag.EXECINSTR)
            is_variable = bool(section.flags & SectionFlag.WRITE)
            own = 0 if is_code else 2 if is_variable else 1
            if section.flags & SectionFlag.ALLOC and own == kind:
                end = -(-end // section.alignment) * section.alignment
                found[section.name] = end
                end += section.size
        end = -(-end // PAGE) * PAGE
        assert subject.end_of(bytearray(file), kind) == end
    return found


def expected(subject, file: bytes) -> bytes:
    """Link the file here."""
    elf, at = Elf(file), places(subject, file)
    memory = bytearray(subject.size_of(bytearray(file)))
    for section in elf.sections:
        if section.name in at and section.type != SectionType.NOBITS:
            content = elf.contents(section.name)
            memory[at[section.name] : at[section.name] + len(content)] = content
    values = [
        FOUND if (each.section == 0 or each.binding == 2) and each.name
        else BASE + at.get(elf.sections[each.section].name, 0) + each.value
        if 0 < each.section < len(elf.sections)
        else each.value
        for each in elf.symbols
    ]  # fmt: skip
    for section in elf.sections:
        target = elf.sections[section.info].name if section.type == SectionType.RELA else ""
        if target not in at:
            continue
        rows = file[section.offset : section.offset + section.size]
        for offset, kind, symbol, addend in struct.iter_unpack("<QIIq", rows):
            place = at[target] + offset
            value = values[symbol] + addend
            if kind == 1:
                struct.pack_into("<Q", memory, place, value % (1 << 64))
            else:
                value -= 0 if kind == 11 else BASE + place
                struct.pack_into("<I", memory, place, value % (1 << 32))
    return bytes(memory)


def test_a_module_is_put_where_it_belongs(subject, good) -> None:
    assert linked(subject, good) == expected(subject, good)


@pytest.mark.parametrize("size", [0, 1, 63, 64, 100, 4096])
def test_a_file_that_was_cut_off_is_refused(subject, good, size: int) -> None:
    assert refused(subject, good[:size])


@pytest.mark.parametrize(
    "file", [b"#!/bin/sh\n" * 50, b"\0" * 4096, b"\x7fELF" * 1024], ids=["script", "zeros", "magic"]
)
def test_what_is_no_module_is_refused(subject, file: bytes) -> None:
    assert refused(subject, file)


def with_field(file: bytes, at: int, layout: str, value: int) -> bytes:
    data = bytearray(file)
    struct.pack_into(layout, data, at, value)
    return bytes(data)


def header_of(file: bytes, name: str) -> int:
    """Return where the header of a section is."""
    elf = Elf(file)
    table = struct.unpack_from("<Q", file, 40)[0]
    return table + elf.section_index(name) * SECTION_SIZE


@pytest.mark.parametrize(
    ("offset", "layout", "value"),
    [
        (8, "<Q", 7),  # written and executed
        (8, "<Q", 6 | 1 << 10),  # of each thread
        (24, "<Q", 1 << 40),  # behind the end of the file
        (24, "<Q", (1 << 64) - 16),  # wraps around
        (32, "<Q", 1 << 62),  # more than there is
        (32, "<Q", 17 << 20),  # more than a module may be
        (48, "<Q", 3),  # no power of two
        (48, "<Q", 1 << 20),  # more than a page
    ],
)
def test_a_section_that_makes_no_sense_is_refused(
    subject, good, offset: int, layout: str, value: int
) -> None:
    assert refused(subject, with_field(good, header_of(good, ".text") + offset, layout, value))


@pytest.mark.parametrize(
    ("offset", "layout", "value"),
    [
        (0, "<Q", 1 << 20),  # outside of the section
        (0, "<Q", (1 << 64) - 4),
        (8, "<I", 10),  # a kind of address that no module has
        (8, "<I", 42),
        (12, "<I", 1 << 20),  # no symbol
        (16, "<Q", 1 << 40),  # too far away
    ],
)
def test_a_relocation_that_makes_no_sense_is_refused(
    subject, good, offset: int, layout: str, value: int
) -> None:
    row = Elf(good).section(".rela.text").offset
    assert refused(subject, with_field(good, row + offset, layout, value))


def test_a_symbol_outside_of_its_section_is_refused(subject, good) -> None:
    elf = Elf(good)
    number = next(
        i for i, each in enumerate(elf.symbols) if each.binding == 0 and each.section == 1
    )
    at = elf.section(".symtab").offset + number * SYMBOL_SIZE
    assert refused(subject, with_field(good, at + 8, "<Q", 1 << 20))
    assert refused(subject, with_field(good, at + 6, "<H", 60))


@given(st.data())
@settings(max_examples=1500)
def test_no_damage_leads_outside_of_file_and_memory(subject, good, data) -> None:
    """Whatever headers, symbols and relocations say, the answer is memory that is full, or a refusal."""
    elf, file = Elf(good), bytearray(good)
    table = struct.unpack_from("<Q", good, 40)[0]
    parts = [(0, HEADER_SIZE), (table, len(elf.sections) * SECTION_SIZE)]
    parts += [(each.offset, each.size) for each in elf.sections if each.type in (2, 3, 4)]
    for _ in range(data.draw(st.integers(1, 4))):
        start, size = data.draw(st.sampled_from(parts))
        width = data.draw(st.sampled_from([1, 2, 4, 8]))
        at = start + data.draw(st.integers(0, size - width))
        value = data.draw(ODD | U64) % (1 << 8 * width)
        file[at : at + width] = value.to_bytes(width, "little")
    refused(subject, bytes(file))


TEXT = b"Example;Somebody;does nothing;1.0;MIT;0.1.0;PNP0B00;BOOT_ALWAYS\0"


@pytest.mark.parametrize(
    ("kind", "is_there"),
    [(b"PNP0B00", 1), (b"BOOT_ALWAYS", 1), (b"PNP0B0", 0), (b"0.1.0", 0), (b"", 0)],
)
def test_a_description_tells_what_is_driven(subject, kind: bytes, is_there: int) -> None:
    assert subject.drives(bytearray(TEXT), bytearray(kind)) == is_there


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"a;b;c",
        b";b;c;d;e;f;g",
        b"a;b;c;d;e;;g",
        b"a" * 64 + b";b;c;d;e;f;g",
        b"a;b;" + b"c" * 256 + b";d;e;f;g",
        b"a;b;c;d;e;f;" + b"g;" * 600,
    ],
)
def test_a_description_that_does_not_fit_is_refused(subject, text: bytes) -> None:
    with pytest.raises(Exception, match="BadMessage"):
        subject.drives(bytearray(text), bytearray(b"x"))


def test_a_need_is_a_version_and_a_name(subject) -> None:
    assert subject.version_in(bytearray(b"00ff12ab kernel.log.log.info")) == 0xFF12AB
    for line in (b"hello", b"00ff12ab", b"00ff12ab ", b"00FF12AB x", b"00ff12abcx"):
        with pytest.raises(Exception, match="BadMessage"):
            subject.version_in(bytearray(line))


@given(st.binary(max_size=1100), st.binary(max_size=40))
@settings(max_examples=300)
def test_no_text_of_a_description_does_harm(subject, text: bytes, kind: bytes) -> None:
    try:
        subject.drives(bytearray(text), bytearray(kind))
    except Exception as failure:  # noqa: BLE001 - the class is the target's
        assert "BadMessage" in repr(failure)
