"""The sleep state S5, in which the machine is off: what to write to the control registers for it.

A number for each of both registers stands in the package `\\_S5`, in the DSDT or an SSDT:

    08 5F 53 35 5F   Name (_S5_,
    12 06 04         Package (4) of 6 bytes {
    0A 05 00 ...         5, 0, ...

Firmware writes it so, with constants, as the definition asks for; so it is found without carrying out what stands
around it. A package that is anything else is passed over.

Source: ACPI 6.5, sections 7.4.2 (\\_S5), 20.2.3 (constants), 20.2.4 (package length), 20.2.5.4 (package).
"""

from __future__ import annotations

from typing import Final

from core import endian
from lang import Slice, no_raise, struct, truncate, u8, u32, usize
from modules.acpi.tables.root import signature
from modules.acpi.tables.table import HEADER_SIZE

S5: Final[u32] = signature("_S5_")
NAME: Final[u8] = 0x08  # opcodes
PACKAGE: Final[u8] = 0x12
ZERO: Final[u8] = 0x00
ONE: Final[u8] = 0x01
BYTE: Final[u8] = 0x0A
WORD: Final[u8] = 0x0B
DWORD: Final[u8] = 0x0C
ROOT: Final[u8] = 0x5C  # may stand before a name

MOST: Final[u32] = 7  # the registers have three bits for it


@struct
class SleepTypes:
    """What to write as SLP_TYP into PM1a and PM1b control."""

    a: u8
    b: u8
    is_known: bool


@struct
class Term:
    """A constant, and where it ends."""

    value: u32
    end: usize
    is_constant: bool


@no_raise
def find(table: Slice[u8], into: SleepTypes) -> None:
    """Find the package in a table, header included; what is found is the first that makes sense."""
    into.is_known = False
    for at in range(usize(HEADER_SIZE), len(table)):
        if is_name(table, at) and not into.is_known:
            read_package(table, at + 4, into)


@no_raise
def is_name(table: Slice[u8], at: usize) -> bool:
    """Whether the name stands there, in its definition."""
    if at + 4 > len(table) or endian.load_u32(table, at) != S5:
        return False
    before = table[at - 1]
    return before == NAME or before == ROOT and table[at - 2] == NAME


@no_raise
def read_package(table: Slice[u8], at: usize, into: SleepTypes) -> None:
    """Read the package at a place, if one is there."""
    if at + 2 > len(table) or table[at] != PACKAGE:
        return
    # The two highest bits of the length's first byte say how many more it has; then comes the count of elements.
    count_at = at + 2 + (table[at + 1] >> 6)
    if count_at >= len(table) or table[count_at] < 1:
        return
    first = read_constant(table, count_at + 1)
    if not first.is_constant:
        return
    if table[count_at] == 1:  # some old firmware has both in one number
        into.a = truncate(u8, first.value & 0xFF)
        into.b = truncate(u8, first.value >> 8 & 0xFF)
        into.is_known = into.a <= MOST and into.b <= MOST
        return
    second = read_constant(table, first.end)
    if second.is_constant and first.value <= MOST and second.value <= MOST:
        into.a = truncate(u8, first.value)
        into.b = truncate(u8, second.value)
        into.is_known = True


@no_raise
def read_constant(table: Slice[u8], at: usize) -> Term:
    """Read a constant of up to 32 bits."""
    if at >= len(table):
        return Term(0, at, False)
    kind = table[at]
    left = len(table) - at - 1
    if kind == ZERO or kind == ONE:
        return Term(kind, at + 1, True)
    if kind == BYTE and left >= 1:
        return Term(table[at + 1], at + 2, True)
    if kind == WORD and left >= 2:
        return Term(endian.load_u16(table, at + 1), at + 3, True)
    if kind == DWORD and left >= 4:
        return Term(endian.load_u32(table, at + 1), at + 5, True)
    return Term(0, at, False)
