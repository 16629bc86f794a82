"""Data objects: object files that hold one section of bytes, written without LLVM.

A table about an image, made from the image, needs no code generator; starting one would take longer
than the link.

Source: System V gABI, chapter 4 (ELF header, sections, symbol table); Microsoft, "PE Format" (COFF
file header, section table, symbol table).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import NamedTuple

from compiler.backend.elf import ET_REL, SectionFlag, SectionType, SymbolType
from compiler.backend.target import ObjectFormat

ALIGNMENT = 16

EM_X86_64 = 62
STB_GLOBAL = 1
_ELF_HEADER = struct.Struct("<4sBBBB8xHHIQQQIHHHHHH")
_ELF_SECTION = struct.Struct("<IIQQQQIIQQ")
_ELF_SYMBOL = struct.Struct("<IBBHQQ")
_ELF_IDENTITY = (b"\x7fELF", 2, 1, 1, 0)  # 64 bits, little-endian, version 1, System V

IMAGE_FILE_MACHINE_AMD64 = 0x8664
IMAGE_SCN_CNT_INITIALIZED_DATA = 0x40
IMAGE_SCN_ALIGN_16BYTES = 0x50_0000
IMAGE_SCN_MEM_READ = 0x4000_0000
IMAGE_SYM_CLASS_EXTERNAL = 2
_COFF_HEADER = struct.Struct("<HHIIIHH")
_COFF_SECTION = struct.Struct("<8sIIIIIIHHI")
_COFF_SYMBOL = struct.Struct("<IIIhHBB")


def data_object(
    format: ObjectFormat, section: str, data: bytes, symbols: Mapping[str, int]
) -> bytes:
    """Return an object with `data` in a read-only section, and symbols at offsets in it.

    section: a name of at most eight characters, which is what a PE image has room for.
    """
    if format == ObjectFormat.COFF:
        return _coff(section, data, symbols)
    return _elf(section, data, symbols)


class _Part(NamedTuple):
    """A section of an ELF object."""

    name: str
    type: SectionType
    body: bytes
    flags: int = 0
    link: int = 0
    info: int = 0
    alignment: int = 1
    entry_size: int = 0


def _elf(section: str, data: bytes, symbols: Mapping[str, int]) -> bytes:
    names, offsets = _names(symbols, base=b"\0")
    entries = _ELF_SYMBOL.pack(0, 0, 0, 0, 0, 0)
    for name, offset in symbols.items():
        info = STB_GLOBAL << 4 | SymbolType.OBJECT
        entries += _ELF_SYMBOL.pack(offsets[name], info, 0, 1, offset, 0)
    parts = [
        _Part("", SectionType.NULL, b"", alignment=0),
        _Part(section, SectionType.PROGBITS, data, SectionFlag.ALLOC, alignment=ALIGNMENT),
        _Part(".symtab", SectionType.SYMTAB, entries, 0, 3, 1, 8, _ELF_SYMBOL.size),
        _Part(".strtab", SectionType.STRTAB, names),
    ]
    section_names, name_offsets = _names([*(part.name for part in parts), ".shstrtab"], base=b"")
    parts.append(_Part(".shstrtab", SectionType.STRTAB, section_names))

    contents = bytearray(_ELF_HEADER.size)
    table = b""
    for part in parts:
        contents += bytes(-len(contents) % max(part.alignment, 1))
        placed = (0, len(contents), len(part.body)) if part.name else (0, 0, 0)
        table += _ELF_SECTION.pack(
            *(name_offsets[part.name], part.type, part.flags, *placed),
            *(part.link, part.info, part.alignment, part.entry_size),
        )
        contents += part.body
    contents += bytes(-len(contents) % 8)
    counts = (_ELF_HEADER.size, 0, 0, _ELF_SECTION.size, len(parts), len(parts) - 1)
    contents[: _ELF_HEADER.size] = _ELF_HEADER.pack(
        *_ELF_IDENTITY, ET_REL, EM_X86_64, 1, 0, 0, len(contents), 0, *counts
    )
    return bytes(contents) + table


def _coff(section: str, data: bytes, symbols: Mapping[str, int]) -> bytes:
    start = _COFF_HEADER.size + _COFF_SECTION.size
    end = start + len(data)
    flags = IMAGE_SCN_CNT_INITIALIZED_DATA | IMAGE_SCN_ALIGN_16BYTES | IMAGE_SCN_MEM_READ
    header = _COFF_HEADER.pack(IMAGE_FILE_MACHINE_AMD64, 1, 0, end, len(symbols), 0, 0)
    row = _COFF_SECTION.pack(section.encode(), 0, 0, len(data), start, 0, 0, 0, 0, flags)

    # The string table begins with its own length, and offsets count from there.
    names, offsets = _names(symbols, base=bytes(4))
    entries = b"".join(
        _COFF_SYMBOL.pack(0, offsets[name], offset, 1, 0, IMAGE_SYM_CLASS_EXTERNAL, 0)
        for name, offset in symbols.items()
    )
    strings = struct.pack("<I", len(names)) + names[4:]
    return header + row + data + entries + strings


def _names(names: Mapping[str, int] | list[str], base: bytes) -> tuple[bytes, dict[str, int]]:
    """Join names, each ended by a NUL, behind `base`; return them and where each begins."""
    joined = base
    offsets = {}
    for name in names:
        offsets[name] = len(joined)
        joined += name.encode() + b"\0"
    return joined, offsets
