"""The kernel's file ends up in memory as if it had been linked there, and damage is refused."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from elftools.elf.elffile import ELFFile

from compiler.testing import native
from tools import image

SLIDE = 0x123_0000
ABSOLUTE = {1: 8, 10: 4, 11: 4}  # relocation types that hold an address, and their sizes


@pytest.fixture(scope="module")
def subject():
    return native(Path(__file__).with_name("kernel_file_subject.py"))


@pytest.fixture(scope="module")
def kernel() -> bytes:
    return image.build_kernel("checked").read_bytes()


def placed(subject, file: bytes, slide: int) -> bytearray:
    memory = bytearray(subject.size_of(bytearray(file)))
    subject.place(bytearray(file), memory, slide)
    return memory


def test_segments_lie_where_they_are_linked(subject, kernel: bytes) -> None:
    elf = ELFFile(io.BytesIO(kernel))
    memory = placed(subject, kernel, 0)
    start = subject.start_of(bytearray(kernel))
    covered = 0
    for segment in elf.iter_segments("PT_LOAD"):
        at = segment["p_vaddr"] - start
        assert memory[at : at + segment["p_filesz"]] == segment.data()
        rest = memory[at + segment["p_filesz"] : at + segment["p_memsz"]]
        assert not any(rest)
        covered += segment["p_memsz"]
    assert covered <= len(memory) < covered + 4 * 4096 + 16384
    assert subject.entry_of(bytearray(kernel)) == elf["e_entry"]


def test_every_address_grows_by_the_slide_and_nothing_else_changes(subject, kernel: bytes) -> None:
    elf = ELFFile(io.BytesIO(kernel))
    start = subject.start_of(bytearray(kernel))
    expected, changed = placed(subject, kernel, 0), 0
    for section in elf.iter_sections("SHT_RELA"):
        if not elf.get_section(section["sh_info"])["sh_flags"] & 2:
            continue
        for relocation in section.iter_relocations():
            size = ABSOLUTE.get(relocation["r_info_type"])
            if size is not None:
                at = relocation["r_offset"] - start
                value = int.from_bytes(expected[at : at + size], "little") + SLIDE
                expected[at : at + size] = (value % (1 << 8 * size)).to_bytes(size, "little")
                changed += 1
    assert changed > 1000
    assert placed(subject, kernel, SLIDE) == expected


def test_what_is_no_kernel_is_refused(subject, kernel: bytes) -> None:
    for file in (b"\0" * 100, kernel[:63], b"\x7fELF" + b"\0" * 200, b"#!/bin/sh\n" * 20):
        with pytest.raises(Exception, match="BadExecutable"):
            subject.size_of(bytearray(file))


def test_a_file_that_is_cut_off_is_refused(subject, kernel: bytes) -> None:
    for length in (64, 200, 4096, len(kernel) // 4):
        with pytest.raises(Exception, match="BadExecutable"):
            placed(subject, kernel[:length], 0)


@pytest.mark.parametrize("seed", range(10))
def test_damage_to_the_headers_is_refused_or_does_no_harm(
    subject, kernel: bytes, seed: int
) -> None:
    generator = random.Random(seed)
    size = subject.size_of(bytearray(kernel))
    for _ in range(30):
        file = bytearray(kernel)
        for _ in range(generator.randint(1, 3)):
            at = generator.randrange(64 + 6 * 56)
            file[at] = generator.choice([0, 1, 0xFF, 0x7F, generator.randrange(256)])
        try:
            if subject.size_of(file) <= 4 * size:
                subject.place(file, bytearray(subject.size_of(file)), SLIDE)
        except Exception as error:  # noqa: BLE001 - whatever class the target's exception is shown as
            assert "BadExecutable" in repr(error)


def test_damage_to_the_relocations_is_refused_or_does_no_harm(subject, kernel: bytes) -> None:
    elf = ELFFile(io.BytesIO(kernel))
    generator = random.Random(1)
    sections = [each for each in elf.iter_sections("SHT_RELA") if each.name == ".rela.data"]
    for _ in range(30):
        file = bytearray(kernel)
        for section in sections:
            at = section["sh_offset"] + generator.randrange(min(section["sh_size"], 240))
            file[at] = generator.randrange(256)
        at = elf["e_shoff"] + generator.randrange(elf["e_shnum"] * 64)
        file[at] = generator.randrange(256)
        try:
            placed(subject, file, SLIDE)
        except Exception as error:  # noqa: BLE001 - whatever class the target's exception is shown as
            assert "BadExecutable" in repr(error)
