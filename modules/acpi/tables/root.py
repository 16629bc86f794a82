"""From the root pointer to the tables.

    RSDP -> XSDT (64-bit addresses)  -> the tables
         -> RSDT (32-bit addresses), if there is no XSDT, as before ACPI 2.0

Source: ACPI 6.5, sections 5.2.5, 5.2.7 and 5.2.8.
"""

from __future__ import annotations

from typing import Final

from core import endian
from kernel.mem.layout import PhysAddr
from lang import Array, Slice, comptime, struct, u8, u32, u64, usize
from modules.acpi.tables import table
from modules.acpi.tables.table import HEADER_SIZE, BadTable

MOST_TABLES: Final = 128
FIRST_SIZE: Final = 20  # of an RSDP, as far as its first checksum goes
WHOLE_SIZE: Final = 36  # of one with an XSDT
MOST_SIZE: Final = 4096


@comptime
def signature(letters: str) -> int:
    """Return the four letters of a table as a number, the first in the low byte."""
    return int.from_bytes(letters.encode("ascii"), "little")


ROOT_POINTER: Final[u64] = int.from_bytes(b"RSD PTR ", "little")
RSDT: Final[u32] = signature("RSDT")
XSDT: Final[u32] = signature("XSDT")


class NoTable(Exception):
    """The firmware has no table of this name."""


@struct
class Tables:
    """Where the tables are, in the order of the firmware."""

    count: usize
    addresses: Array[PhysAddr, MOST_TABLES]

    def find(self, wanted: u32) -> Slice[u8]:
        """Return the first table with a signature.

        Raises:
            NoTable: there is none.
            BadTable: it does not add up.
        """
        for address in self.addresses[: self.count]:
            if has_signature(address, wanted):
                return table.at(address)
        raise NoTable


def read(rsdp: PhysAddr, into: Tables) -> None:
    """Find all tables.

    rsdp: where the root pointer is, as the firmware or the monitor says.

    Raises:
        BadTable: there is no root pointer, or it leads nowhere.
    """
    pointer = table.memory(rsdp, FIRST_SIZE)
    if endian.load_u64(pointer, 0) != ROOT_POINTER or not table.adds_up(pointer):
        raise BadTable
    xsdt: u64 = 0
    if pointer[15] >= 2:
        xsdt = _xsdt_address(rsdp)
    if xsdt != 0:
        _read_addresses(xsdt, XSDT, 8, into)
    else:
        _read_addresses(endian.load_u32(pointer, 16), RSDT, 4, into)


def has_signature(address: PhysAddr, wanted: u32) -> bool:
    """Whether the table at an address has a signature; one that cannot be there has none."""
    try:
        return table.signature_of(table.memory(address, HEADER_SIZE)) == wanted
    except BadTable:
        return False


def _xsdt_address(rsdp: PhysAddr) -> PhysAddr:
    """Return what a root pointer of revision 2 says, whose second checksum covers all of it."""
    length = endian.load_u32(table.memory(rsdp, WHOLE_SIZE), 20)
    if length < WHOLE_SIZE or length > MOST_SIZE:
        raise BadTable
    pointer = table.memory(rsdp, length)
    if not table.adds_up(pointer):
        raise BadTable
    return endian.load_u64(pointer, 24)


def _read_addresses(address: PhysAddr, name: u32, width: usize, into: Tables) -> None:
    root = table.at(address)
    size = len(root) - HEADER_SIZE
    if table.signature_of(root) != name or size % width != 0 or size // width > MOST_TABLES:
        raise BadTable
    into.count = size // width
    for index in range(into.count):
        offset = HEADER_SIZE + index * width
        if width == 8:
            into.addresses[index] = endian.load_u64(root, offset)
        else:
            into.addresses[index] = endian.load_u32(root, offset)
