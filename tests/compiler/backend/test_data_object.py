"""Objects made without a compiler are ones that linkers and other readers accept."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from elftools.elf.elffile import ELFFile

from compiler.backend.data_object import data_object
from compiler.backend.elf import Elf
from compiler.backend.link import LinkInput, link
from compiler.backend.target import TARGETS, ObjectFormat
from tests.compiler.backend.conftest import CompileUnit

DATA = bytes(range(100))
BOUNDS = {"table_start": 0, "table_end": len(DATA)}
USER = """
    @table_start = external dso_local global i8
    @table_end = external dso_local global i8
    define dso_local i64 @ENTRY() {
        %a = ptrtoint ptr @table_start to i64
        %b = ptrtoint ptr @table_end to i64
        %c = sub i64 %b, %a
        ret i64 %c
    }
    define dso_local void @pvh_entry() { ret void }
"""


def test_an_elf_object_has_the_section_and_its_symbols() -> None:
    elf = ELFFile(BytesIO(data_object(ObjectFormat.ELF, ".table", DATA, BOUNDS)))
    section = elf.get_section_by_name(".table")
    symbols = elf.get_section_by_name(".symtab")
    assert section.data() == DATA
    assert section["sh_flags"] == 2  # in memory, read only
    for name, offset in BOUNDS.items():
        (symbol,) = symbols.get_symbol_by_name(name)
        assert symbol["st_value"] == offset
        assert symbol["st_info"]["bind"] == "STB_GLOBAL"
        assert elf.get_section(symbol["st_shndx"]).name == ".table"


@pytest.mark.parametrize("target", ["kernel", "program", "host", "uefi"])
def test_code_finds_the_data_by_its_symbols(
    target: str, compile_unit: CompileUnit, tmp_path: Path
) -> None:
    chosen = TARGETS[target]
    table = LinkInput("table", data_object(chosen.format, ".table", DATA, BOUNDS))
    unit = compile_unit(target, "unit", USER.replace("ENTRY", chosen.entry))
    link(chosen, [unit, table], tmp_path / "image")
    image = (tmp_path / "image").read_bytes()
    assert DATA in image
    if chosen.format == ObjectFormat.ELF:
        values = {each.name: each.value for each in Elf(image).symbols}
        assert values["table_end"] - values["table_start"] == len(DATA)
