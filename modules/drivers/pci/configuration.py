"""Configuration spaces: 256 bytes of registers for each function of a device, 4096 with PCI Express.

A function's place is a number: segment, bus (8 bits), slot (5 bits), function (3 bits). Its space lies in memory, if ACPI
tells of such a window, or else behind two ports, which only know segment 0. All accesses are of 32 bits; where there is
nothing, all bits are set.

Locks: `lock` guards the two ports.
Source: PCI Local Bus Specification 3.0, section 3.2.2.3.2; PCI Express Base Specification 5.0, section 7.2.2.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import mmio, port
from kernel.mem.layout import VirtAddr
from kernel.sync.spin_lock import SpinLock
from lang import Array, no_raise, struct, u16, u32, u64, usize

ADDRESS_PORT: Final[u16] = 0xCF8
DATA_PORT: Final[u16] = 0xCFC
ENABLED: Final[u32] = 1 << 31
MOST_WINDOWS: Final = 16
SIZE_BY_PORTS: Final[u32] = 256
SIZE_IN_MEMORY: Final[u32] = 4096
NOTHING: Final[u32] = 0xFFFF_FFFF
BUS_SIZE: Final[u64] = 1 << 20


@struct
class Mapped:
    """The spaces of some buses, in memory."""

    start: VirtAddr  # of the first bus
    segment: u32
    first_bus: u32
    last_bus: u32


windows: Array[Mapped, MOST_WINDOWS]
window_count: usize = 0
lock: SpinLock


@no_raise
def place_of(segment: u32, bus: u32, slot: u32, function: u32) -> u32:
    return segment << 16 | bus << 8 | slot << 3 | function


@no_raise
def size(place: u32) -> u32:
    """Return how many bytes the space of a function has, if there is one."""
    return SIZE_BY_PORTS if address_of_space(place) == 0 else SIZE_IN_MEMORY


@no_raise
def read(place: u32, offset: u32) -> u32:
    """Read a register.

    offset: in bytes, a multiple of 4.
    """
    address = address_of_space(place)
    if address != 0:
        return mmio.read32(address + offset)
    if place >> 16 != 0 or offset >= SIZE_BY_PORTS:
        return NOTHING
    with lock:
        port.write32(ADDRESS_PORT, ENABLED | place << 8 | offset)
        return port.read32(DATA_PORT)


@no_raise
def write(place: u32, offset: u32, value: u32) -> None:
    """Write a register."""
    address = address_of_space(place)
    if address != 0:
        mmio.write32(address + offset, value)
    elif place >> 16 == 0 and offset < SIZE_BY_PORTS:
        with lock:
            port.write32(ADDRESS_PORT, ENABLED | place << 8 | offset)
            port.write32(DATA_PORT, value)


@no_raise
def address_of_space(place: u32) -> VirtAddr:
    """Return where the space of a function lies in memory; 0: it does not."""
    bus = place >> 8 & 0xFF
    for index in range(window_count):
        window = windows[index]
        if window.segment == place >> 16 and window.first_bus <= bus <= window.last_bus:
            return window.start + (bus - window.first_bus) * BUS_SIZE + (u64(place & 0xFF) << 12)
    return 0
