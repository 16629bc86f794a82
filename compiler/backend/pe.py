"""PE: reads sections and symbols of the images that we make for the firmware.

Debug sections have names too long for their headers; those stand in the string table, which
follows the COFF symbol table.

Source: Microsoft, "PE Format": COFF file header, optional header, section table, symbol table.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property

IMAGE_SCN_CNT_CODE = 0x20
DTYPE_FUNCTION = 0x20

_FILE_HEADER = struct.Struct("<HHIIIHH")
_SECTION = struct.Struct("<8sIIIIIIHHI")
_SYMBOL = struct.Struct("<8sIhHBB")


@dataclass(frozen=True)
class PeSection:
    name: str
    address: int  # with the image where it prefers to be
    size: int
    offset: int
    flags: int


@dataclass(frozen=True)
class PeSymbol:
    name: str
    section: int  # from 1; not positive for what is in no section
    address: int
    is_function: bool


class Pe:
    """One PE32+ image in memory."""

    def __init__(self, data: bytes) -> None:
        (header,) = struct.unpack_from("<I", data, 0x3C)
        if data[:2] != b"MZ" or data[header : header + 4] != b"PE\0\0":
            raise ValueError("not a PE image")
        fields = _FILE_HEADER.unpack_from(data, header + 4)
        optional = header + 4 + _FILE_HEADER.size
        self.data = data
        self.base = struct.unpack_from("<Q", data, optional + 24)[0]
        self._section_count, self._symbol_table, self._symbol_count = fields[1], *fields[3:5]
        self._section_table = optional + fields[5]
        self._strings = self._symbol_table + self._symbol_count * _SYMBOL.size

    @cached_property
    def sections(self) -> list[PeSection]:
        end = self._section_table + self._section_count * _SECTION.size
        return [
            PeSection(self._long_name(name), self.base + address, size, offset, flags)
            for name, size, address, _, offset, *_, flags in _SECTION.iter_unpack(
                self.data[self._section_table : end]
            )
        ]

    def contents(self, name: str) -> bytes:
        """Return a section's bytes; empty if there is no such section."""
        for section in self.sections:
            if section.name == name:
                return self.data[section.offset : section.offset + section.size]
        return b""

    @cached_property
    def symbols(self) -> list[PeSymbol]:
        symbols = []
        at, end = self._symbol_table, self._strings
        while at < end:
            name, value, section, kind, _, extra = _SYMBOL.unpack_from(self.data, at)
            start = self.sections[section - 1].address if section > 0 else 0
            text = self._symbol_name(name)
            symbols.append(PeSymbol(text, section, start + value, kind == DTYPE_FUNCTION))
            at += (1 + extra) * _SYMBOL.size
        return symbols

    def _long_name(self, name: bytes) -> str:
        if name.startswith(b"/"):
            return self._string(int(name[1:].rstrip(b"\0")))
        return name.rstrip(b"\0").decode()

    def _symbol_name(self, name: bytes) -> str:
        if name[:4] == b"\0\0\0\0":
            return self._string(int.from_bytes(name[4:], "little"))
        return name.rstrip(b"\0").decode()

    def _string(self, offset: int) -> str:
        start = self._strings + offset
        return self.data[start : self.data.index(b"\0", start)].decode()
