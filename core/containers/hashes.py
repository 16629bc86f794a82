"""hash(): the numbers by which dicts and sets look for keys.

Of numbers and tuples they are CPython's, so that a set of them has its order.

Source: Python Library Reference, "Hashing of numeric types"; CPython, Objects/tupleobject.c, after
Collet's xxHash.
"""

from __future__ import annotations

from typing import Final

from core.containers import text
from core.hash import fnv1a
from lang import bit_cast, rotate_left, u64, u128, wrapping_add, wrapping_mul

MODULUS: Final = (1 << 61) - 1
PRIME_1: Final = u64(11400714785074694791)
PRIME_2: Final = u64(14029467366897019727)
PRIME_5: Final = u64(2870177450012600261)
OF_NONE: Final = 0xFCA86420
OF_INFINITY: Final = 314159


def of_int(value: int) -> int:
    if -MODULUS < value < MODULUS:
        return -2 if value == -1 else value
    result = value % MODULUS if value > 0 else -((MODULUS - value % MODULUS) % MODULUS)
    return -2 if result == -1 else result


def of_float(bits: u64) -> int:
    """Return the hash of a float, by its bits: m * 2 ** e modulo 2 ** 61 - 1, which turns m round by e.

    CPython's hash of a NaN is where it lies; here it is 0.
    """
    exponent = int((bits >> 52) & 0x7FF)
    fraction = bits & ((1 << 52) - 1)
    if exponent == 0x7FF:
        result = OF_INFINITY if fraction == 0 else 0
    else:
        m = fraction if exponent == 0 else fraction | (1 << 52)
        turned = u128(m) << u64((max(exponent, 1) - 1075) % 61)
        result = int((turned & MODULUS) + (turned >> 61))
    if bits >> 63 != 0:
        result = -result
    return -2 if result == -1 else result


def of_text(value: str) -> int:
    return bit_cast(int, text.hash_of(value))


def of_octets(value: bytes) -> int:
    return bit_cast(int, fnv1a(value) | 1)


def start() -> u64:
    """Return the state before the first item of a tuple."""
    return PRIME_5


def added(state: u64, item: int) -> u64:
    """Return the state after an item with this hash."""
    mixed = wrapping_add(state, wrapping_mul(bit_cast(u64, item), PRIME_2))
    return wrapping_mul(rotate_left(mixed, 31), PRIME_1)


def finished(state: u64, count: u64) -> int:
    """Return the hash of a tuple of `count` items."""
    result = bit_cast(int, wrapping_add(state, count ^ PRIME_5 ^ 3527539))
    return 1546275796 if result == -1 else result
