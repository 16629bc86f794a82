"""ELF: reads sections and symbols of 64-bit little-endian objects and images.

`pyelftools` reads more, at a hundred times the cost per symbol; a link looks at every section of
every object and at every symbol of the image, inside a budget of a second or two.

Source: System V gABI, chapter 4 (sections, symbol table, relocation); System V ABI, AMD64
Supplement, section 4.4.1 (relocation types).
"""

from __future__ import annotations

import struct
from enum import IntEnum, IntFlag
from functools import cached_property
from typing import NamedTuple


class SectionType(IntEnum):
    NULL = 0
    PROGBITS = 1
    SYMTAB = 2
    STRTAB = 3
    RELA = 4
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


class SymbolBinding(IntEnum):
    LOCAL = 0
    GLOBAL = 1
    WEAK = 2


class RelocationType(IntEnum):
    R_X86_64_64 = 1
    R_X86_64_32 = 10


ET_REL = 1


class Section(NamedTuple):
    name: str
    type: int  # SectionType
    flags: int  # SectionFlag
    address: int
    offset: int
    size: int
    link: int
    info: int
    alignment: int


class Symbol(NamedTuple):
    name: str
    type: int  # SymbolType
    section: int  # 0 if undefined
    value: int
    size: int
    binding: int  # SymbolBinding


_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SECTION = struct.Struct("<IIQQQQIIQQ")
_SYMBOL = struct.Struct("<IBBHQQ")
_RELOCATION = struct.Struct("<QIIq")  # offset, type, symbol, addend

_FIRST_ADDRESS = 0x1_0000  # of a relocated file: nothing in it is at 0


class Elf:
    """One ELF file in memory."""

    def __init__(self, data: bytes) -> None:
        header = _HEADER.unpack_from(data)
        if not header[0].startswith(b"\x7fELF\x02\x01"):
            raise ValueError("not a 64-bit little-endian ELF file")
        self.data = data
        self.type, self.entry = header[1], header[4]
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
        return [Section(self._string(names + row[0]), *row[1:9]) for row in rows]

    @property
    def is_relocatable(self) -> bool:
        return self.type == ET_REL

    def section_index(self, name: str) -> int | None:
        """Find a section's number, by which symbols refer to it; None if there is none."""
        return next((i for i, each in enumerate(self.sections) if each.name == name), None)

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
            Symbol(self._string(names + name), info & 15, section, value, size, info >> 4)
            for name, info, _, section, value, size in rows
        ]

    def relocated(self) -> Elf:
        """Return this relocatable file with addresses of its own, and debug sections that use them.

        Every section in memory gets addresses that no other has, in their order in the file.
        """
        data = bytearray(self.data)
        addresses = self._assign_addresses()
        for index, address in enumerate(addresses):
            struct.pack_into("<Q", data, self._section_table + index * _SECTION.size + 16, address)

        values = []
        table = self.section(".symtab")
        for index, symbol in enumerate(self.symbols):
            in_section = 0 < symbol.section < len(addresses)
            value = symbol.value + (addresses[symbol.section] if in_section else 0)
            values.append(value)
            struct.pack_into("<Q", data, table.offset + index * _SYMBOL.size + 8, value)

        for section in self.sections:
            target = self.sections[section.info] if section.type == SectionType.RELA else None
            if target is not None and target.name.startswith(".debug"):
                self._relocate(data, section, target, values)
        return Elf(bytes(data))

    def _assign_addresses(self) -> list[int]:
        addresses = []
        free = _FIRST_ADDRESS
        for section in self.sections:
            if section.flags & SectionFlag.ALLOC:
                free = (
                    -(-free // section.alignment) * section.alignment if section.alignment else free
                )
                addresses.append(free)
                free += section.size
            else:
                addresses.append(0)
        return addresses

    def _relocate(
        self, data: bytearray, relocations: Section, target: Section, values: list[int]
    ) -> None:
        """Apply the relocations of a debug section, which are absolute."""
        end = relocations.offset + relocations.size
        for offset, kind, symbol, addend in _RELOCATION.iter_unpack(
            self.data[relocations.offset : end]
        ):
            value = values[symbol] + addend
            if kind == RelocationType.R_X86_64_64:
                struct.pack_into("<Q", data, target.offset + offset, value)
            elif kind == RelocationType.R_X86_64_32:
                struct.pack_into("<I", data, target.offset + offset, value)

    def _string(self, offset: int) -> str:
        return self.data[offset : self.data.index(b"\0", offset)].decode()
