"""Registers in memory, read and written by one access of 1, 2, 4 or 8 bytes, each aligned to its size."""

from __future__ import annotations

from kernel.mem.layout import VirtAddr
from lang import Ptr, Volatile, no_raise, truncate, u8, u16, u32, u64


@no_raise
def read(at: VirtAddr, size: u64) -> u64:
    match size:
        case 1:
            return u64(Ptr[Volatile[u8]](at)[0].load())
        case 2:
            return u64(Ptr[Volatile[u16]](at)[0].load())
        case 4:
            return u64(Ptr[Volatile[u32]](at)[0].load())
        case _:
            return Ptr[Volatile[u64]](at)[0].load()


@no_raise
def write(at: VirtAddr, size: u64, value: u64) -> None:
    match size:
        case 1:
            Ptr[Volatile[u8]](at)[0].store(truncate(u8, value))
        case 2:
            Ptr[Volatile[u16]](at)[0].store(truncate(u16, value))
        case 4:
            Ptr[Volatile[u32]](at)[0].store(truncate(u32, value))
        case _:
            Ptr[Volatile[u64]](at)[0].store(value)
