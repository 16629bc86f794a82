"""Target code for the tests of finding devices on PCI."""

from __future__ import annotations

from kernel.cpu import port
from lang import Slice, u8, u32, u64, usize
from modules.drivers.pci import scan as scanning


def clear() -> None:
    port.count = 0
    scanning.count = 0
    scanning.ignored = 0


def add(place: u32, content: Slice[u8], writable: Slice[u8]) -> None:
    start = port.count * port.SIZE
    port.places[port.count] = place
    port.content[start : start + port.SIZE].copy_from(content)
    port.writable[start : start + port.SIZE].copy_from(writable)
    port.count += 1


def scan() -> u64:
    """Return how many functions are found."""
    scanning.scan(0, 0)
    return scanning.count


def ignored() -> u32:
    return scanning.ignored


def identity(index: usize) -> tuple[u32, u32, u32, u32]:
    """Return the place, vendor and device, the class, and the header of a function."""
    found = scanning.functions[index]
    return (
        found.place,
        u32(found.vendor) << 16 | found.device,
        found.class_code,
        found.header,
    )


def range_of(index: usize, number: usize) -> tuple[u8, u64, u64, bool]:
    found = scanning.functions[index].ranges[number]
    return u8(found.kind), found.start, found.size, found.is_prefetchable


def capability(index: usize, which: usize) -> u8:
    return scanning.functions[index].capabilities[which]


def content(index: usize) -> Slice[u8]:
    """Return what stands in a configuration space now."""
    return port.content[index * port.SIZE : (index + 1) * port.SIZE]
