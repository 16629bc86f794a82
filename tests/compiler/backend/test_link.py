"""Objects become images of every kind, laid out and protected as promised."""

from __future__ import annotations

import os
import re
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from elftools.elf.elffile import ELFFile

from compiler.backend.link import LinkFailure, LinkInput, link
from compiler.backend.script import KERNEL_BASE
from compiler.backend.target import TARGETS
from tests.compiler.backend.conftest import CompileUnit

EVERYTHING = """
    @.hello = private constant [6 x i8] c"hello\\0A"
    @table = dso_local constant ptr @counter
    @counter = dso_local global i64 5
    @zeroes = dso_local global [5000 x i64] zeroinitializer
    @per_cpu = dso_local global i64 7, section ".percpu"
    @call_table = dso_local constant i64 9, section "calls"
    define dso_local i64 @_start() { %a = load i64, ptr @counter ret i64 %a }
    define dso_local i64 @efi_main() { %a = load i64, ptr @zeroes ret i64 %a }
    define dso_local void @pvh_entry() { ret void }
    define dso_local void @kernel_entry() { ret void }
"""

NEEDY = """
    define dso_local void @_start() { call void @core.text.write() ret void }
    define dso_local void @pvh_entry() { ret void }
    define dso_local void @kernel_entry() { ret void }
    define dso_local void @efi_main() { call void @core.text.write() ret void }
    declare dso_local void @core.text.write()
"""

EXIT = """
    define dso_local void @_start() naked {
        call void asm sideeffect "movl $$60, %eax; movl $$42, %edi; syscall", ""()
        unreachable
    }
"""


def linked(target: str, objects: list[LinkInput], directory: Path) -> bytes:
    output = directory / f"image.{target}"
    link(TARGETS[target], objects, output)
    return output.read_bytes()


def segments(image: bytes) -> list[tuple[str, int, int, int]]:
    """Return type, flags, virtual and physical address of each program header."""
    return [
        (each["p_type"], each["p_flags"], each["p_vaddr"], each["p_paddr"])
        for each in ELFFile(BytesIO(image)).iter_segments()
    ]


@pytest.mark.parametrize("target", ["kernel", "program", "host"])
def test_no_page_is_both_writable_and_executable(
    target: str, compile_unit: CompileUnit, tmp_path: Path
) -> None:
    image = linked(target, [compile_unit(target, "unit", EVERYTHING)], tmp_path)
    pages: dict[int, int] = {}
    for segment in ELFFile(BytesIO(image)).iter_segments("PT_LOAD"):
        first, last = segment["p_vaddr"], segment["p_vaddr"] + segment["p_memsz"] - 1
        for page in range(first >> 12, (last >> 12) + 1):
            assert page not in pages, "two segments share a page"
            pages[page] = segment["p_flags"]
    assert set(pages.values()) == {4, 5, 6}


def test_the_kernel_runs_high_and_is_loaded_low(compile_unit: CompileUnit, tmp_path: Path) -> None:
    image = linked("kernel", [compile_unit("kernel", "unit", EVERYTHING)], tmp_path)
    loads = [each for each in segments(image) if each[0] == "PT_LOAD"]
    assert loads[0][3] == 0x10_0000
    assert all(virtual - physical == KERNEL_BASE for _, _, virtual, physical in loads)


def test_the_kernel_carries_a_note_for_direct_boot(
    compile_unit: CompileUnit, tmp_path: Path
) -> None:
    elf = ELFFile(BytesIO(linked("kernel", [compile_unit("kernel", "u", EVERYTHING)], tmp_path)))
    (note,) = [note for each in elf.iter_segments("PT_NOTE") for note in each.iter_notes()]
    (entry,) = elf.get_section_by_name(".symtab").get_symbol_by_name("pvh_entry")
    assert note["n_name"] == "Xen"
    assert note["n_type"] in (18, "NT_18", 0x12)
    assert int.from_bytes(note["n_descdata"], "little") == entry["st_value"] - KERNEL_BASE


def test_symbols_bound_every_section(compile_unit: CompileUnit, tmp_path: Path) -> None:
    elf = ELFFile(BytesIO(linked("kernel", [compile_unit("kernel", "u", EVERYTHING)], tmp_path)))
    values = {
        each.name: each["st_value"] for each in elf.get_section_by_name(".symtab").iter_symbols()
    }
    for name in (".text", ".rodata", ".data", ".percpu", ".bss"):
        section = elf.get_section_by_name(name)
        start, end = values[f"__{name[1:]}_start"], values[f"__{name[1:]}_end"]
        assert (start, end) == (section["sh_addr"], section["sh_addr"] + section["sh_size"])
        assert values["__image_start"] <= start <= end <= values["__image_end"]


def test_large_zeros_come_behind_the_others(compile_unit: CompileUnit, tmp_path: Path) -> None:
    text = """
        @first = global [4096 x i8] zeroinitializer, section ".bss.large"
        @second = global [8 x i8] zeroinitializer
        @third = global [4096 x i8] zeroinitializer, section ".bss.large"
        @fourth = global [8 x i8] zeroinitializer
    """
    elf = ELFFile(
        BytesIO(linked("program", [compile_unit("program", "u", EVERYTHING + text)], tmp_path))
    )
    symbols = elf.get_section_by_name(".symtab")
    places = [
        symbols.get_symbol_by_name(name)[0]["st_value"]
        for name in ("second", "fourth", "first", "third")
    ]
    assert places == sorted(places)
    assert elf.get_section_by_name(".bss.large") is None


def test_a_program_is_position_independent_and_relocates_only_data(
    compile_unit: CompileUnit, tmp_path: Path
) -> None:
    elf = ELFFile(BytesIO(linked("program", [compile_unit("program", "u", EVERYTHING)], tmp_path)))
    assert elf["e_type"] == "ET_DYN"
    (relocation,) = elf.get_section_by_name(".rela.dyn").iter_relocations()
    assert relocation["r_info_type"] == 8  # R_X86_64_RELATIVE
    assert not list(elf.iter_segments("PT_INTERP"))


def test_thread_local_variables_get_their_segment(
    compile_unit: CompileUnit, tmp_path: Path
) -> None:
    text = "@local = thread_local(localexec) global i64 3\n" + EVERYTHING
    image = linked("program", [compile_unit("program", "unit", text)], tmp_path)
    assert [kind for kind, *_ in segments(image)].count("PT_TLS") == 1


def test_a_host_program_runs_without_a_c_library(compile_unit: CompileUnit, tmp_path: Path) -> None:
    linked("host", [compile_unit("host", "unit", EXIT)], tmp_path)
    assert subprocess.run([tmp_path / "image.host"], timeout=10, check=False).returncode == 42


def test_a_uefi_application_is_a_relocatable_pe_file(
    compile_unit: CompileUnit, tmp_path: Path
) -> None:
    image = linked("uefi", [compile_unit("uefi", "unit", EVERYTHING)], tmp_path)
    header = int.from_bytes(image[0x3C:0x40], "little")
    assert image[:2] == b"MZ"
    assert image[header : header + 4] == b"PE\0\0"
    assert int.from_bytes(image[header + 24 : header + 26], "little") == 0x20B  # PE32+
    assert int.from_bytes(image[header + 92 : header + 94], "little") == 10  # EFI application
    assert b".reloc" in image[header : header + 1024]


def test_a_module_stays_relocatable(compile_unit: CompileUnit, tmp_path: Path) -> None:
    elf = ELFFile(BytesIO(linked("module", [compile_unit("module", "u", NEEDY)], tmp_path)))
    assert elf["e_type"] == "ET_REL"
    (needed,) = elf.get_section_by_name(".symtab").get_symbol_by_name("core.text.write")
    assert needed["st_shndx"] == "SHN_UNDEF"


@pytest.mark.parametrize("target", ["kernel", "program", "host", "uefi", "jit"])
def test_a_missing_symbol_is_named_with_who_needs_it(
    target: str, compile_unit: CompileUnit, tmp_path: Path
) -> None:
    with pytest.raises(LinkFailure) as failure:
        linked(target, [compile_unit(target, "kernel.main", NEEDY)], tmp_path)
    (symbol,) = failure.value.undefined
    assert symbol == "core.text.write"
    units = {reference.unit for reference in failure.value.undefined[symbol]}
    assert units == {"kernel.main"}
    pattern = r"nothing defines core\.text\.write, which is needed by \w+ in kernel\.main"
    assert re.search(pattern, str(failure.value))


def test_a_symbol_defined_twice_is_named_with_its_units(
    compile_unit: CompileUnit, tmp_path: Path
) -> None:
    objects = [compile_unit("host", unit, EXIT) for unit in ("a.first", "a.second")]
    with pytest.raises(LinkFailure) as failure:
        linked("host", objects, tmp_path)
    assert failure.value.duplicate == {"_start": ["a.first", "a.second"]}


@pytest.mark.parametrize("target", ["kernel", "program", "host", "uefi"])
def test_an_image_without_an_entry_is_not_linked(
    target: str, compile_unit: CompileUnit, tmp_path: Path
) -> None:
    text = "define dso_local void @something() { ret void }"
    with pytest.raises(LinkFailure) as failure:
        linked(target, [compile_unit(target, "unit", text)], tmp_path)
    assert TARGETS[target].entry in failure.value.undefined
    assert "which is needed by the image itself" in str(failure.value)


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_the_bytes_depend_on_neither_directory_nor_time(
    target: str, compile_unit: CompileUnit, tmp_path: Path
) -> None:
    unit = compile_unit(target, "unit", EVERYTHING)
    (tmp_path / "elsewhere").mkdir()
    copy = tmp_path / "elsewhere" / "unit.o"
    copy.write_bytes(unit.object)
    os.utime(copy, (0, 0))

    here = linked(target, [unit], tmp_path / "here")
    there = linked(target, [LinkInput("unit", copy)], tmp_path / "a" / "longer" / "path")
    assert here == there


def test_a_failed_link_leaves_the_old_image_alone(
    compile_unit: CompileUnit, tmp_path: Path
) -> None:
    before = linked("host", [compile_unit("host", "unit", EXIT)], tmp_path)
    with pytest.raises(LinkFailure):
        linked("host", [compile_unit("host", "unit", NEEDY)], tmp_path)
    assert (tmp_path / "image.host").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["image.host"]
