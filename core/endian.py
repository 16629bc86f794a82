"""Numbers in bytes, low or high byte first, at any alignment.

Each function reads its last byte through the slice, whose check covers the rest, and the others through
the pointer; LLVM makes one load or store of them all.
"""

from __future__ import annotations

from lang import Slice, byte_swap, inline, irq_safe, truncate, u8, u16, u32, u64, usize


@inline
@irq_safe
def load_u16(data: Slice[u8], offset: usize) -> u16:
    """Return the number whose low byte is at `offset`."""
    high = u16(data[offset + 1])
    first = data.pointer + offset
    return u16(first[0]) | high << 8


@inline
@irq_safe
def load_u32(data: Slice[u8], offset: usize) -> u32:
    """Return the number whose low byte is at `offset`."""
    high = u32(data[offset + 3])
    first = data.pointer + offset
    return u32(first[0]) | u32(first[1]) << 8 | u32(first[2]) << 16 | high << 24


@inline
@irq_safe
def load_u64(data: Slice[u8], offset: usize) -> u64:
    """Return the number whose low byte is at `offset`."""
    high = u64(data[offset + 7])
    first = data.pointer + offset
    low = u64(first[0]) | u64(first[1]) << 8 | u64(first[2]) << 16 | u64(first[3]) << 24
    return low | u64(first[4]) << 32 | u64(first[5]) << 40 | u64(first[6]) << 48 | high << 56


@inline
@irq_safe
def load_u16_big(data: Slice[u8], offset: usize) -> u16:
    """Return the number whose high byte is at `offset`."""
    return byte_swap(load_u16(data, offset))


@inline
@irq_safe
def load_u32_big(data: Slice[u8], offset: usize) -> u32:
    """Return the number whose high byte is at `offset`."""
    return byte_swap(load_u32(data, offset))


@inline
@irq_safe
def load_u64_big(data: Slice[u8], offset: usize) -> u64:
    """Return the number whose high byte is at `offset`."""
    return byte_swap(load_u64(data, offset))


@inline
@irq_safe
def store_u16(data: Slice[u8], offset: usize, value: u16) -> None:
    """Write a number, its low byte at `offset`."""
    data[offset + 1] = truncate(u8, value >> 8)
    data[offset] = truncate(u8, value)


@inline
@irq_safe
def store_u32(data: Slice[u8], offset: usize, value: u32) -> None:
    """Write a number, its low byte at `offset`."""
    data[offset + 3] = truncate(u8, value >> 24)
    first = data.pointer + offset
    first[0] = truncate(u8, value)
    first[1] = truncate(u8, value >> 8)
    first[2] = truncate(u8, value >> 16)


@inline
@irq_safe
def store_u64(data: Slice[u8], offset: usize, value: u64) -> None:
    """Write a number, its low byte at `offset`."""
    data[offset + 7] = truncate(u8, value >> 56)
    first = data.pointer + offset
    first[0] = truncate(u8, value)
    first[1] = truncate(u8, value >> 8)
    first[2] = truncate(u8, value >> 16)
    first[3] = truncate(u8, value >> 24)
    first[4] = truncate(u8, value >> 32)
    first[5] = truncate(u8, value >> 40)
    first[6] = truncate(u8, value >> 48)


@inline
@irq_safe
def store_u16_big(data: Slice[u8], offset: usize, value: u16) -> None:
    """Write a number, its high byte at `offset`."""
    store_u16(data, offset, byte_swap(value))


@inline
@irq_safe
def store_u32_big(data: Slice[u8], offset: usize, value: u32) -> None:
    """Write a number, its high byte at `offset`."""
    store_u32(data, offset, byte_swap(value))


@inline
@irq_safe
def store_u64_big(data: Slice[u8], offset: usize, value: u64) -> None:
    """Write a number, its high byte at `offset`."""
    store_u64(data, offset, byte_swap(value))
