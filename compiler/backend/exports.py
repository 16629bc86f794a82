"""Exports: what a linked kernel tells modules that are linked against it while it runs.

The section `.exports` of the kernel is a table of rows, sorted by the first number, all little-endian:

    hash      u64   FNV-1a of the name: a symbol's, or a declaration's dotted name, which often are one
    version   u32   of the declaration (compiler/versions.py); 0 if the name is of none
    offset    u32   of the symbol from `__image_start`; 0 if the name is of no symbol

A module carries names, since reasons are given in words; the kernel need not.

Source: Fowler, Noll, Vo, Eastlake, "The FNV Non-Cryptographic Hash Algorithm", RFC 9923.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping

from compiler.backend.elf import Elf, SymbolBinding

SECTION = ".exports"
FNV_OFFSET = 0xCBF2_9CE4_8422_2325
FNV_PRIME = 0x100_0000_01B3
IMAGE_START = "__image_start"
_ROW = struct.Struct("<QII")


def encode(versions: Mapping[str, int], offsets: Mapping[str, int]) -> bytes:
    """Lay the table out as described above."""
    names = sorted(versions.keys() | offsets.keys())
    rows = {hash_of(name): (versions.get(name, 0), offsets.get(name, 0)) for name in names}
    if len(rows) != len(names):
        raise ValueError("two names of the kernel have the same hash; rename one that is new")
    return b"".join(_ROW.pack(number, *row) for number, row in sorted(rows.items()))


def decode(data: bytes) -> dict[int, tuple[int, int]]:
    """Read a table back: hash -> version, offset."""
    return {number: (version, offset) for number, version, offset in _ROW.iter_unpack(data)}


def offsets_of(image: Elf) -> dict[str, int]:
    """Return where the symbols of an image are that others may name, counted from its start."""
    start = next(each.value for each in image.symbols if each.name == IMAGE_START)
    return {each.name: each.value - start for each in _shared(image) if each.value > start}


def defined_in(object: Elf) -> set[str]:
    """Return the names of the symbols that an object defines for others."""
    return {each.name for each in _shared(object)}


def _shared(elf: Elf) -> Iterable:
    local = SymbolBinding.LOCAL
    return (each for each in elf.symbols if each.section and each.binding != local and each.name)


def hash_of(name: str) -> int:
    """Return the 64-bit FNV-1a hash of a name."""
    state = FNV_OFFSET
    for byte in name.encode():
        state = (state ^ byte) * FNV_PRIME & 0xFFFF_FFFF_FFFF_FFFF
    return state
