"""FACS: memory that system and firmware share; it has no sum, since both write to it.

Source: ACPI 6.5, section 5.2.10.
"""

from __future__ import annotations

from typing import Final

from core import endian
from lang import Slice, u8, u32, u64
from modules.acpi.tables.root import signature
from modules.acpi.tables.table import LENGTH, BadTable

FACS: Final[u32] = signature("FACS")
SIZE: Final[u64] = 64  # bytes of revision 1
GLOBAL_LOCK: Final = 16  # offset


def check(table: Slice[u8]) -> None:
    """Refuse what is no such table.

    Raises:
        BadTable: it is none, or is too short.
    """
    if len(table) < SIZE or endian.load_u32(table, 0) != FACS:
        raise BadTable
    if endian.load_u32(table, LENGTH) < SIZE:
        raise BadTable
