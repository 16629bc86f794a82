"""In place of kernel.mem.address_space: its names."""

from __future__ import annotations

from enum import IntFlag

from lang import over, struct, u8, u64


@over(u8)
class Protection(IntFlag):
    READ = 1 << 0
    WRITE = 1 << 1
    EXECUTE = 1 << 2


@struct(pinned=True)
class AddressSpace:
    root: u64
