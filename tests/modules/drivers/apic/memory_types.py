"""In place of the address spaces, of which drivers need the names of memory types only."""

from __future__ import annotations

from enum import IntEnum

from lang import over, u64


@over(u64)
class MemoryType(IntEnum):
    WRITE_BACK = 0
    UNCACHED = 2
