"""Hash functions and checksums.

    mix       spreads the bits of one number; for tables keyed by numbers
    folded    the same with one multiplication; two values may get one number
    scatter   the few bits of a number that choose a place in a table; for addresses
    fnv1a     small and good for short names that nobody chooses to collide
    of_words  of bytes, eight at a time; for tables in memory, since it may be another one tomorrow
    siphash   keyed: whoever does not know the key cannot make names collide
    crc32     finds accidental changes; the polynomial of Ethernet, gzip, PNG and GPT

Sources: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014, with
Stafford's constants (mix). Knuth, The Art of Computer Programming, volume 3, section 6.4 (scatter).
Fowler, Noll, Vo, RFC 9923 (fnv1a). Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012.
ITU-T V.42, section 8.1.1.6.2 (crc32); Kounavis and Berry, "A Systematic Approach to Building High
Performance Software-based CRC generators", 2005 (eight tables).
"""

from __future__ import annotations

from typing import Final

from core import endian, memory
from lang import (
    Array,
    Slice,
    comptime,
    inline,
    irq_safe,
    rotate_left,
    struct,
    truncate,
    u8,
    u32,
    u64,
    u128,
    usize,
    wrapping_add,
    wrapping_mul,
)

GOLDEN: Final[u64] = 0x9E37_79B9_7F4A_7C15  # 2^64 divided by the golden ratio
FNV_OFFSET: Final = u64(0xCBF2_9CE4_8422_2325)
FNV_PRIME: Final = u64(0x0000_0100_0000_01B3)
CRC_POLYNOMIAL: Final = u32(0xEDB8_8320)  # bits reversed: the lowest is the highest power


@irq_safe
def mix(value: u64) -> u64:
    """Return a number each of whose bits depends on every bit of `value`; one for each value."""
    bits = wrapping_mul(value ^ value >> 30, 0xBF58_476D_1CE4_E5B9)
    bits = wrapping_mul(bits ^ bits >> 27, 0x94D0_49BB_1331_11EB)
    return bits ^ bits >> 31


@inline
@irq_safe
def scatter(value: u64, bits: u64) -> u64:
    """Return a number of so many bits, from 1 to 64, that is different for values which are close together."""
    return wrapping_mul(value, GOLDEN) >> (64 - bits)


@inline
@irq_safe
def folded(value: u64) -> u64:
    """Return a number whose bits depend on those of `value`, of which nobody chooses any: both halves of a product."""
    product = u128(value) * GOLDEN
    return truncate(u64, product) ^ truncate(u64, product >> 64)


@irq_safe
def fnv1a(data: Slice[u8]) -> u64:
    """Return the 64-bit FNV-1a hash."""
    return fnv1a_from(FNV_OFFSET, data)


@inline
@irq_safe
def fnv1a_from(start: u64, data: Slice[u8]) -> u64:
    """Return a hash of the same kind that begins with another number, which may be a secret."""
    state = start
    for byte in data:
        state = wrapping_mul(state ^ byte, FNV_PRIME)
    return state


@irq_safe
def of_words(data: Slice[u8]) -> u64:
    """Return a hash of bytes of which nobody chooses any to collide.

    The last word ends where the bytes end, so it may have some of the one before it. Fewer bytes than a word are one with
    zeros above them; the size tells what this makes equal.
    """
    size = len(data)
    start = data.pointer
    state = wrapping_mul(u64(size), GOLDEN)
    if size <= 8:
        return folded(state ^ memory.load_up_to_8(start, size) if size > 0 else state)
    last = start + (size - 8)
    at = start
    while at < last:
        state = folded(state ^ memory.load8(at))
        at += 8
    return folded(state ^ memory.load8(last))


@struct
class SipKey:
    """The secret of a table whose keys strangers choose."""

    low: u64
    high: u64


@struct
class _SipState:
    a: u64
    b: u64
    c: u64
    d: u64

    @irq_safe
    def round(self) -> None:
        """SipRound (figure 2.1 of the paper)."""
        a, b, c, d = self.a, self.b, self.c, self.d
        a = wrapping_add(a, b)
        b = rotate_left(b, 13) ^ a
        a = rotate_left(a, 32)
        c = wrapping_add(c, d)
        d = rotate_left(d, 16) ^ c
        a = wrapping_add(a, d)
        d = rotate_left(d, 21) ^ a
        c = wrapping_add(c, b)
        b = rotate_left(b, 17) ^ c
        c = rotate_left(c, 32)
        self.a, self.b, self.c, self.d = a, b, c, d

    @irq_safe
    def absorb(self, word: u64) -> None:
        self.d ^= word
        self.round()
        self.a ^= word


@irq_safe
def siphash(data: Slice[u8], key: SipKey) -> u64:
    """Return the SipHash-1-3 of the bytes under the key: one round a word and three at the end."""
    state = _SipState(
        key.low ^ 0x736F_6D65_7073_6575,
        key.high ^ 0x646F_7261_6E64_6F6D,
        key.low ^ 0x6C79_6765_6E65_7261,
        key.high ^ 0x7465_6462_7974_6573,
    )
    size = len(data)
    whole = size & ~usize(7)
    for offset in range(0, whole, 8):
        state.absorb(endian.load_u64(data, offset))

    last = u64(truncate(u8, size)) << 56
    for position in range(whole, size):
        last |= u64(data[position]) << 8 * (position - whole)
    state.absorb(last)

    state.c ^= 0xFF
    state.round()
    state.round()
    state.round()
    return state.a ^ state.b ^ state.c ^ state.d


@comptime
def _crc_tables() -> Array[u32, 2048]:
    """Return eight tables in a row: entry [k * 256 + b] is the CRC of b followed by k zero bytes."""
    tables = Array[u32, 2048]()
    for byte in range(256):
        crc = u32(byte)
        for _ in range(8):
            crc = crc >> 1 ^ (CRC_POLYNOMIAL if crc & 1 else u32(0))
        tables[byte] = crc
    for index in range(256, 2048):
        shorter = tables[index - 256]
        tables[index] = shorter >> 8 ^ tables[shorter & 0xFF]
    return tables


CRC_TABLES: Final = _crc_tables()


@irq_safe
def crc32(data: Slice[u8], previous: u32 = 0) -> u32:
    """Return the CRC-32 of the bytes, or of all before them as well, given the CRC of those."""
    crc = ~u32(previous)
    size = len(data)
    whole = size & ~usize(7)
    for offset in range(0, whole, 8):
        crc = _crc32_of_word(endian.load_u64(data, offset) ^ crc)
    for position in range(whole, size):
        crc = crc >> 8 ^ CRC_TABLES[(crc ^ data[position]) & 0xFF]
    return ~crc


def _crc32_of_word(word: u64) -> u32:
    """Return the CRC state after eight bytes, the state before them having been added to them."""
    return (
        CRC_TABLES[1792 + (word & 0xFF)]
        ^ CRC_TABLES[1536 + (word >> 8 & 0xFF)]
        ^ CRC_TABLES[1280 + (word >> 16 & 0xFF)]
        ^ CRC_TABLES[1024 + (word >> 24 & 0xFF)]
        ^ CRC_TABLES[768 + (word >> 32 & 0xFF)]
        ^ CRC_TABLES[512 + (word >> 40 & 0xFF)]
        ^ CRC_TABLES[256 + (word >> 48 & 0xFF)]
        ^ CRC_TABLES[word >> 56]
    )
