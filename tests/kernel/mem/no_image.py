"""In place of the kernel's image, which a native test does not have."""

from __future__ import annotations

from core.handover import Extent
from lang import Array, u64


def extent() -> Extent:
    return Extent(0x10_0000, 0x1000)


def segments() -> Array[u64, 5]:
    return Array[u64, 5]()


def physical(address: u64) -> u64:
    return address
