"""HPET table: where the high precision event timer is.

Source: Intel, "IA-PC HPET Specification" 1.0a, section 3.2.4.
"""

from __future__ import annotations

from typing import Final

from kernel.mem.layout import PhysAddr
from lang import Slice, u8, u32
from modules.acpi.tables import table as tables
from modules.acpi.tables.root import signature
from modules.acpi.tables.table import AddressSpace, BadTable

HPET: Final[u32] = signature("HPET")
BASE: Final = 40
SIZE: Final = 56


def read(table: Slice[u8]) -> PhysAddr:
    """Return where the timer's registers are.

    Raises:
        BadTable: they are not in memory.
    """
    if len(table) < SIZE:
        raise BadTable
    base = tables.generic_address(table, BASE)
    if base.address_space_id != AddressSpace.SYSTEM_MEMORY or base.address == 0:
        raise BadTable
    return base.address
