"""MCFG: where the configuration spaces of PCI Express lie in memory.

Source: PCI Firmware Specification 3.3, section 4.1.2.
"""

from __future__ import annotations

from typing import Final

from core import endian
from kernel.mem.layout import PhysAddr
from lang import Slice, no_raise, struct, u8, u16, u32, u64, usize
from modules.acpi.tables.root import signature
from modules.acpi.tables.table import BadTable

MCFG: Final[u32] = signature("MCFG")
FIRST: Final = 44  # offset of the first entry
SIZE: Final = 16


@struct
class Window:
    """The configuration spaces of some buses, 1 MiB for each."""

    address: PhysAddr  # where that of bus 0 is, or would be
    segment: u16
    first_bus: u8
    last_bus: u8


@no_raise
def count(table: Slice[u8]) -> usize:
    """Return how many windows there are."""
    return (len(table) - FIRST) // SIZE if len(table) > FIRST else usize(0)


def window(table: Slice[u8], index: usize) -> Window:
    """Return one of them.

    Raises:
        BadTable: it makes no sense.
    """
    start = FIRST + index * SIZE
    found = Window(
        endian.load_u64(table, start),
        endian.load_u16(table, start + 8),
        table[start + 10],
        table[start + 11],
    )
    if found.first_bus > found.last_bus or found.address & u64(0xFFFFF) != 0 or found.address == 0:
        raise BadTable
    return found
