"""A table: a header that names it, its length, and bytes that add up to 0.

Source: ACPI 6.5, section 5.2.6.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from core import endian
from kernel.mem.layout import FIRST_MAPPED, PhysAddr, bytes_at
from lang import Slice, over, packed, sizeof, u8, u32, u64, usize, wrapping_add

SIGNATURE: Final = 0  # offsets in a header
LENGTH: Final = 4
REVISION: Final = 8
HEADER_SIZE: Final = 36
MOST_BYTES: Final = 1 << 24  # of one table


class BadTable(Exception):
    """What the firmware wrote makes no sense."""


@over(u8)
class AddressSpace(IntEnum):
    """ACPI 6.5, table 5.1."""

    SYSTEM_MEMORY = 0
    SYSTEM_IO = 1


@packed
class GenericAddress:
    """Where a register is. ACPI 6.5, section 5.2.3.2."""

    address_space_id: u8  # AddressSpace
    register_bit_width: u8
    register_bit_offset: u8
    access_size: u8
    address: u64


assert sizeof(GenericAddress) == 12


def at(address: PhysAddr) -> Slice[u8]:
    """Return the table at an address, header included.

    Raises:
        BadTable: there is none.
    """
    length = endian.load_u32(memory(address, HEADER_SIZE), LENGTH)
    if length < HEADER_SIZE:
        raise BadTable
    table = memory(address, length)
    if not adds_up(table):
        raise BadTable
    return table


def memory(address: PhysAddr, size: u64) -> Slice[u8]:
    """Return memory that the firmware names.

    Raises:
        BadTable: it cannot be there.
    """
    is_mapped = 0 < address < FIRST_MAPPED and size <= FIRST_MAPPED - address
    if not is_mapped or size > MOST_BYTES:
        raise BadTable
    return Slice[u8](bytes_at(address), size)


def adds_up(data: Slice[u8]) -> bool:
    """Whether the sum of all bytes is 0, modulo 256."""
    total: u8 = 0
    for byte in data:
        total = wrapping_add(total, byte)
    return total == 0


def signature_of(table: Slice[u8]) -> u32:
    """Return the four letters of a table, the first in the low byte."""
    return endian.load_u32(table, SIGNATURE)


def generic_address(table: Slice[u8], offset: usize) -> GenericAddress:
    """Return where a register is; of address 0 if the table does not go so far."""
    if len(table) < offset + sizeof(GenericAddress):
        return GenericAddress(0, 0, 0, 0, 0)
    return GenericAddress(
        table[offset],
        table[offset + 1],
        table[offset + 2],
        table[offset + 3],
        endian.load_u64(table, offset + 4),
    )
