"""Interrupt routing: where the interrupt pins of a PCI bus's devices lead, as `_PRT` says.

Each element of the package is one pin of one device: it leads to a line, or to a link device, which leads it on to a line
that can be chosen (link.py).

Source: ACPI 6.5, section 6.2.13.
"""

from __future__ import annotations

from typing import Final

from core.containers.storage import write
from core.text.buffer import TextBuffer
from lang import truncate, u8, u16, u32, u64
from modules.acpi.aml import conversions, elements, places, printing
from modules.acpi.aml.errors import BadResource
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import Bytes, Integer, Kind, Package, Reference, Value

ANY_FUNCTION: Final[u16] = 0xFFFF
PINS: Final = 4
FIELDS: Final = 4  # of an element: address, pin, source, index


class Route:
    """Where one pin leads."""

    device: u16  # on the bus
    function: u16  # ANY_FUNCTION: of all of the device
    pin: u8  # 0 is INTA
    link: Node | None  # None: it leads to a line
    index: u32  # the line, or which of the link's resources


def at(machine: Machine, package: Value | None, index: u64) -> Route | None:
    """Return where a pin leads, by the index of its element; None: there are no more.

    package: what `_PRT` gives.

    Raises:
        BadResource: it is no such package.
        NotFound: it names a device that is not there.
    """
    if not isinstance(package, Package):
        raise BadResource
    if index >= package.count:
        return None
    element = elements.get(machine, package, index)
    if not isinstance(element, Package) or element.count != FIELDS:
        raise BadResource
    address = number(machine, element, 0)
    pin = number(machine, element, 1)
    if pin >= PINS:
        raise BadResource
    route = Route()
    route.device = truncate(u16, address >> 16 & 0xFFFF)
    route.function = truncate(u16, address & 0xFFFF)
    route.pin = truncate(u8, pin)
    read_source(machine, element, route)
    return route


def read_source(machine: Machine, element: Package, route: Route) -> None:
    """Read the last two fields, which some firmware has in the wrong order."""
    first: u64 = 2
    if not is_number(machine, element, 3):
        first = 3
    source = elements.get(machine, element, first)
    route.index = truncate(u32, number(machine, element, 5 - first))
    if isinstance(source, Reference):
        route.link = places.node_at(machine, source)
    elif isinstance(source, Bytes) and source.kind == Kind.STRING:
        route.link = places.named(machine.root, source)
    elif not isinstance(source, Integer):
        raise BadResource


def is_number(machine: Machine, element: Package, index: u64) -> bool:
    return isinstance(elements.get(machine, element, index), Integer)


def number(machine: Machine, element: Package, index: u64) -> u64:
    value = elements.get(machine, element, index)
    if value is None:
        raise BadResource
    return conversions.to_integer(machine, value)


def write_all(out: TextBuffer, machine: Machine, package: Value | None, indent: str) -> None:
    """Write where all pins lead, a line each.

    Raises:
        BadResource, NotFound: as `at`; those before are written.
    """
    index: u64 = 0
    while (route := at(machine, package, index)) is not None:
        write(out, f"{indent}device {route.device:#x}")
        if route.function != ANY_FUNCTION:
            write(out, f" function {route.function}")
        write(out, f" pin {route.pin + 1} -> ")
        link = route.link
        if link is None:
            write(out, f"line {route.index}\n")
        else:
            printing.write_path(out, link)
            out.write(b"\n" if route.index == 0 else b", one of several\n")
        index += 1
