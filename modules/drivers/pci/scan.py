"""Scan: finds the functions of all devices, bus by bus.

Bus 0 is there, and every bus that a bridge leads to; if the device 0 of bus 0 has several functions, each of them is the bridge
to the bus of its number. A bus that was seen is not looked at again, so that bridges which lead in a circle do no harm.

Source: PCI Local Bus Specification 3.0, section 3.2.2.3.4; PCI-to-PCI Bridge Architecture Specification 1.2.
"""

from __future__ import annotations

from typing import Final

from kernel.log import log
from kernel.module.description import NotUsable
from lang import Array, Ptr, address_of, no_raise, u32, u64, usize
from modules.drivers.pci import configuration
from modules.drivers.pci.function import Function

MOST_FUNCTIONS: Final = 256
BUSES: Final = 256
SLOTS: Final[u32] = 32
FUNCTIONS: Final[u32] = 8

functions: Array[Function, MOST_FUNCTIONS]
count: usize = 0
ignored: u32 = 0  # found after there was no room for more
is_wanted: Array[bool, BUSES]  # buses of the segment that is being scanned


@no_raise
def begin() -> None:
    """Know nothing of what was found before."""
    global count, ignored
    count = 0
    ignored = 0


@no_raise
def scan(segment: u32, first_bus: u32) -> None:
    """Find all functions of a segment."""
    is_wanted[:].fill(False)
    is_wanted[first_bus] = True
    is_seen = Array[bool, BUSES]()
    bus: u32 = 0
    while bus < BUSES:
        if is_wanted[bus] and not is_seen[bus]:
            is_seen[bus] = True
            scan_bus(segment, bus)
            bus = 0  # a bridge may lead to a lower one
        else:
            bus += 1
    if ignored > 0:
        log.warning(f"pci: {ignored} functions are too many, and stay unused")


@no_raise
def scan_bus(segment: u32, bus: u32) -> None:
    for slot in range(SLOTS):
        first = configuration.place_of(segment, bus, slot, 0)
        has_more = found(first)
        if not has_more:
            continue
        for number in range(u32(1), FUNCTIONS):
            found(configuration.place_of(segment, bus, slot, number))
            if bus == 0 and slot == 0 and is_there(first | number):
                is_wanted[number] = True


@no_raise
def is_there(place: u32) -> bool:
    return configuration.read(place, 0) & 0xFFFF != 0xFFFF


@no_raise
def found(place: u32) -> bool:
    """Note the function at a place, if there is one; return whether the device has more of them."""
    global count, ignored
    if not is_there(place):
        return False
    if count == MOST_FUNCTIONS:
        ignored += 1
        return False
    function = functions[count]
    count += 1
    function.read(place)
    function.find_ranges()
    function.find_capabilities()
    if function.is_bridge and function.second_bus() != 0:
        is_wanted[function.second_bus()] = True
    return function.has_more


def at(place: u64) -> Ptr[Function]:
    """Return the function at a place.

    Raises:
        NotUsable: there is none.
    """
    for index in range(count):
        if functions[index].place == place:
            return address_of(functions[index])
    raise NotUsable
