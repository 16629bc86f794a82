"""Bits in bytes, the low ones first."""

from __future__ import annotations

from lang import Slice, no_raise, truncate, u8, u64


@no_raise
def copy_bits(source: Slice[u8], start: u64, target: Slice[u8], place: u64, count: u64) -> None:
    """Copy bits of one sequence to a place in another; both are long enough."""
    done: u64 = 0
    while done < count:
        within = (place + done) & 7
        size = min(8 - within, count - done)
        mask = ((u64(1) << size) - 1) << within
        index = (place + done) >> 3
        moved = up_to_eight(source, start + done) << within
        target[index] = truncate(u8, (u64(target[index]) & ~mask) | (moved & mask))
        done += size


@no_raise
def up_to_eight(source: Slice[u8], start: u64) -> u64:
    """Return the bits from `start` on, eight of them or those that there are."""
    index = start >> 3
    both = u64(source[index])
    if index + 1 < len(source):
        both |= u64(source[index + 1]) << 8
    return both >> (start & 7) & 0xFF


@no_raise
def number_of(data: Slice[u8]) -> u64:
    """Return the number that the first eight bytes, or those that there are, make."""
    result: u64 = 0
    for index in range(min(len(data), u64(8))):
        result |= u64(data[index]) << (8 * index)
    return result


@no_raise
def store_number(value: u64, into: Slice[u8]) -> None:
    """Write a number into the first eight bytes, or those that there are; zeroes behind it."""
    into.fill(0)
    for index in range(min(len(into), u64(8))):
        into[index] = truncate(u8, value >> (8 * index))
