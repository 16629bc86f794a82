"""Where on the PCI bus the device is that a region of configuration space belongs to, and its registers.

The device's own place is its `_ADR`. Above it are bridges, up to one that AML knows as a root, whose `_BBN` is its bus; each
bridge between them says in its registers which bus is behind it.

AML reads and writes bytes and words, too, and a write must not touch what stands beside; so accesses are as wide as it asks
for, by the ways that the driver of the bus has.

Source: ACPI 6.5, sections 6.1.1 (_ADR), 6.5.5 (_BBN), 6.5.6 (_SEG), 5.5.2.4.3; PCI Local Bus Specification 3.0, section 3.2.2.3.2;
PCI-to-PCI Bridge Architecture Specification 1.2, section 3.2.5.4.
"""

from __future__ import annotations

from typing import Final

from core import endian
from kernel.cpu import port
from lang import Array, Slice, irq_safe, no_raise, retain, truncate, u8, u16, u32, u64
from modules.acpi.aml import calls, conversions, namespace, places
from modules.acpi.aml.errors import NoHandler, OutOfRange, TooDeep
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import Bytes, Integer, Kind, Value
from modules.acpi.firmware import access
from modules.drivers.pci import configuration

HEADER_TYPE: Final[u64] = 0x0E
BRIDGE: Final[u64] = 1
SECONDARY_BUS: Final[u64] = 0x19

MOST_BRIDGES: Final = 16
ROOT: Final[u32] = 0x030A_D041  # PNP0A03, as a number
EXPRESS_ROOT: Final[u32] = 0x080A_D041  # PNP0A08


def place_of(machine: Machine, device: Node) -> u32:
    """Return a device's place, as modules/drivers/pci/configuration.py has it.

    Raises:
        NoHandler: no root bus is above it.
        AmlError: it, or what is above it, cannot be asked.
    """
    path = Array[u32, MOST_BRIDGES]()  # the numbers and functions up to the root
    depth: u64 = 0
    each = device
    while not is_root(machine, each):
        if namespace.child(each, letters(b"_ADR"[:])) is not None:
            if depth == MOST_BRIDGES:
                raise TooDeep
            address = truncate(u32, number(machine, each, b"_ADR"[:]))
            path[depth] = (address >> 16 & 31) << 3 | address & 7
            depth += 1
        parent = each.parent
        if parent is None:
            raise NoHandler
        each = retain(parent)
    place = root_bus(machine, each)
    while depth > 0:
        depth -= 1
        place |= path[depth]
        if depth > 0:
            place = behind_bridge(place)
    return place


def bus_below(machine: Machine, device: Node) -> u32:
    """Return the place of the first function that there may be on the bus that a root or a bridge leads to.

    Raises:
        NoHandler: it leads to none.
        AmlError: it, or what is above it, cannot be asked.
    """
    if is_root(machine, device):
        return root_bus(machine, device)
    return behind_bridge(place_of(machine, device))


def root_bus(machine: Machine, root: Node) -> u32:
    segment = truncate(u32, number(machine, root, b"_SEG"[:]) & 0xFFFF)
    return segment << 16 | truncate(u32, number(machine, root, b"_BBN"[:]) & 0xFF) << 8


def behind_bridge(place: u32) -> u32:
    """Return where the bus begins that the bridge at a place leads to.

    Raises:
        NoHandler: there is no bridge, or it leads nowhere.
    """
    if read(place, HEADER_TYPE, 1) & 0x7F != BRIDGE:
        raise NoHandler
    bus = truncate(u32, read(place, SECONDARY_BUS, 1))
    if bus == 0:
        raise NoHandler
    return place & 0xFFFF_0000 | bus << 8


def is_root(machine: Machine, node: Node) -> bool:
    """Whether a device is a root of PCI, by its identifier or one that it is compatible with."""
    return names_root(machine, node, b"_HID"[:]) or names_root(machine, node, b"_CID"[:])


def names_root(machine: Machine, node: Node, name: Slice[u8]) -> bool:
    value = value_below(machine, node, name)
    if isinstance(value, Integer):
        return value.number == ROOT or value.number == EXPRESS_ROOT
    if isinstance(value, Bytes) and value.kind == Kind.STRING:
        return value.bytes() == b"PNP0A03" or value.bytes() == b"PNP0A08"
    return False


def number(machine: Machine, node: Node, name: Slice[u8]) -> u64:
    """Return the number that a name below a node gives; 0 if it is not there."""
    value = value_below(machine, node, name)
    return u64(0) if value is None else conversions.to_integer(machine, value)


def value_below(machine: Machine, node: Node, name: Slice[u8]) -> Value | None:
    """Return what a name below a node gives; None: it is not there, or gives nothing."""
    found = namespace.child(node, letters(name))
    if found is None:
        return None
    meant = namespace.behind_alias(found)
    value = meant.value
    if value is None:
        return None
    if value.kind == Kind.METHOD:
        return machine.call(meant, value, calls.no_arguments())
    return places.value_of(machine, meant)


def letters(name: Slice[u8]) -> u32:
    return endian.load_u32(name, 0)


# Registers --------------------------------------------------------------------------------------


def read(place: u32, offset: u64, size: u64) -> u64:
    """Read 1, 2 or 4 bytes of a device's registers, or 8 as two halves.

    Raises:
        OutOfRange: it has none there.
    """
    check(place, offset, size)
    if size == 8:
        return read_once(place, offset, 4) | read_once(place, offset + 4, 4) << 32
    return read_once(place, offset, size)


def write(place: u32, offset: u64, size: u64, value: u64) -> None:
    """Write them; as `read`."""
    check(place, offset, size)
    if size == 8:
        write_once(place, offset, 4, value)
        write_once(place, offset + 4, 4, value >> 32)
    else:
        write_once(place, offset, size, value)


def check(place: u32, offset: u64, size: u64) -> None:
    there = u64(configuration.size(place))
    if offset > there - size or offset % min(size, u64(4)) != 0:
        raise OutOfRange
    if configuration.address_of_space(place) == 0 and place >> 16 != 0:
        raise OutOfRange  # the ports know one segment


@no_raise
def read_once(place: u32, offset: u64, size: u64) -> u64:
    address = configuration.address_of_space(place)
    if address != 0:
        return access.read(address + offset, size)
    data = configuration.DATA_PORT + truncate(u16, offset & 3)
    with configuration.lock:
        choose(place, offset)
        match size:
            case 1:
                return u64(port.read8(data))
            case 2:
                return u64(port.read16(data))
            case _:
                return u64(port.read32(data))


@no_raise
def write_once(place: u32, offset: u64, size: u64, value: u64) -> None:
    address = configuration.address_of_space(place)
    if address != 0:
        access.write(address + offset, size, value)
        return
    data = configuration.DATA_PORT + truncate(u16, offset & 3)
    with configuration.lock:
        choose(place, offset)
        match size:
            case 1:
                port.write8(data, truncate(u8, value))
            case 2:
                port.write16(data, truncate(u16, value))
            case _:
                port.write32(data, truncate(u32, value))


@irq_safe
@no_raise
def choose(place: u32, offset: u64) -> None:
    """Let the data port be four registers of a device."""
    chosen = configuration.ENABLED | (place & 0xFFFF) << 8 | truncate(u32, offset & 0xFC)
    port.write32(configuration.ADDRESS_PORT, chosen)
