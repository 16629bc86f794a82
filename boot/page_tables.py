"""The page tables with which the kernel starts; it makes its own soon (kernel/mem/kernel_map.py).

    0                       the low 4 GiB, in pages of 2 MiB
    PHYSICAL_MAP            the same: the beginning of the kernel's physical map
    the loader              where it is, if that is above: until it has jumped
    the kernel's address    its image, in pages of 4 KiB

Source: Intel SDM volume 3A, section 4.5.
"""

from __future__ import annotations

from typing import Final

from boot import firmware
from lang import Ptr, no_raise, u64

PHYSICAL_MAP: Final[u64] = 0xFFFF_8000_0000_0000
MAPPED: Final[u64] = 1 << 32
PAGE_SIZE: Final[u64] = 4096
LARGE_PAGE_SIZE: Final[u64] = 2 << 20
ENTRIES: Final[u64] = 512

TABLE: Final[u64] = 0x3  # present, writable
LARGE_PAGE: Final[u64] = 0x83


@no_raise
def build(kernel: u64, kernel_address: u64, kernel_size: u64) -> u64:
    """Return the address of the top table.

    kernel: where the image is in memory; kernel_address: where it is to appear.
    """
    root = firmware.allocate(PAGE_SIZE)
    low = firmware.allocate(PAGE_SIZE)
    entry(root, 0)[0] = low | TABLE
    entry(root, PHYSICAL_MAP >> 39 & (ENTRIES - 1))[0] = low | TABLE
    for index in range(MAPPED // LARGE_PAGE_SIZE):
        directory = next_table(entry(low, index // ENTRIES))
        entry(directory, index % ENTRIES)[0] = index * LARGE_PAGE_SIZE | LARGE_PAGE

    map_pages(root, kernel_address, kernel, kernel_size)
    loader = firmware.own_image()
    if loader.image_base >= MAPPED:
        start = loader.image_base & ~(PAGE_SIZE - 1)
        map_pages(root, start, start, loader.image_base - start + loader.image_size)
    return root


@no_raise
def map_pages(root: u64, address: u64, memory: u64, size: u64) -> None:
    """Map pages of memory at an address where no large page is."""
    for number in range((size + PAGE_SIZE - 1) // PAGE_SIZE):
        at = address + number * PAGE_SIZE
        table = root
        for level in range(u64(3)):
            table = next_table(entry(table, at >> (39 - 9 * level) & (ENTRIES - 1)))
        entry(table, at >> 12 & (ENTRIES - 1))[0] = memory + number * PAGE_SIZE | TABLE


@no_raise
def entry(table: u64, index: u64) -> Ptr[u64]:
    return Ptr[u64](table + index * 8)


@no_raise
def next_table(entry: Ptr[u64]) -> u64:
    """Return the table that an entry leads to, made first if there is none."""
    if entry[0] == 0:
        entry[0] = firmware.allocate(PAGE_SIZE) | TABLE
    return entry[0] & ~(PAGE_SIZE - 1)
