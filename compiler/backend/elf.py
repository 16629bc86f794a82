"""ELF: reads sections and symbols of 64-bit little-endian objects and images.

`pyelftools` reads more, at a hundred times the cost per symbol; a link looks at every section of
every object and at every symbol of the image, inside a budget of a second or two.

Source: System V gABI, chapters 4 (object files, sections) and 5 (symbol table).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from functools import cached_property


class SectionType(IntEnum):
    NULL = 0
    PROGBITS = 1
    SYMTAB = 2
    STRTAB = 3
    NOBITS = 8


class SectionFlag(IntFlag):
    WRITE = 1
    ALLOC = 2
    EXECINSTR = 4
    TLS = 0x400


class SymbolType(IntEnum):
    NOTYPE = 0
    OBJECT = 1
    FUNC = 2


@dataclass(frozen=True)
class Section:
    name: str
    type: int  # SectionType
    flags: int  # SectionFlag
    address: int
    offset: int
    size: int
    link: int


@dataclass(frozen=True)
class Symbol:
    name: str
    type: int  # SymbolType
    section: int  # 0 if undefined
    value: int
    size: int


_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SECTION = struct.Struct("<IIQQQQIIQQ")
_SYMBOL = struct.Struct("<IBBHQQ")


class Elf:
    """One ELF file in memory."""

    def __init__(self, data: bytes) -> None:
        header = _HEADER.unpack_from(data)
        if not header[0].startswith(b"\x7fELF\x02\x01"):
            raise ValueError("not a 64-bit little-endian ELF file")
        self.data = data
        self.entry = header[4]
        self._section_table, self._section_count, self._names_index = (
            header[6],
            header[12],
            header[13],
        )

    @cached_property
    def sections(self) -> list[Section]:
        end = self._section_table + self._section_count * _SECTION.size
        rows = list(_SECTION.iter_unpack(self.data[self._section_table : end]))
        names = rows[self._names_index][4]
        return [Section(self._string(names + row[0]), *row[1:7]) for row in rows]

    def section(self, name: str) -> Section | None:
        """Find a section; None if there is none of that name."""
        return next((section for section in self.sections if section.name == name), None)

    def contents(self, name: str) -> bytes:
        """Return a section's bytes; empty if there is no such section."""
        section = self.section(name)
        if section is None or section.type == SectionType.NOBITS:
            return b""
        return self.data[section.offset : section.offset + section.size]

    @cached_property
    def symbols(self) -> list[Symbol]:
        table = self.section(".symtab")
        if table is None:
            return []
        names = self.sections[table.link].offset
        rows = _SYMBOL.iter_unpack(self.data[table.offset : table.offset + table.size])
        return [
            Symbol(self._string(names + name), info & 15, section, value, size)
            for name, info, _, section, value, size in rows
        ]

    def _string(self, offset: int) -> str:
        return self.data[offset : self.data.index(b"\0", offset)].decode()
