"""Terms that make names: devices and other scopes, methods, regions, data, locks.

Source: ACPI 6.5, sections 20.2.5.1 and 20.2.5.2.
"""

from __future__ import annotations

from lang import retain, u64
from modules.acpi.aml import conversions, namespace, table_list
from modules.acpi.aml.errors import MissingTable, WrongType
from modules.acpi.aml.frame import Frame
from modules.acpi.aml.machine import Flow, Machine
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import (
    Bytes,
    Event,
    Kind,
    Marker,
    Method,
    Mutex,
    Region,
    Value,
)


def make(frame: Frame, value: Value) -> Node:
    """Read a name, and make it stand for an object."""
    node = namespace.make(frame, frame.take_name())
    node.value = value
    return node


def alias(machine: Machine, frame: Frame) -> None:
    meant = namespace.find(frame, frame.take_name())
    node = namespace.make(frame, frame.take_name())
    node.alias_of = meant


def name(machine: Machine, frame: Frame) -> None:
    """Make a name for data. The data is read before the name is made, so that a name that is there costs nothing else."""
    path = frame.take_name()
    value = machine.operand(frame)
    node = namespace.make(frame, path)
    node.value = value


def scope(machine: Machine, frame: Frame) -> Flow:
    """Carry out terms in a scope that there is."""
    end = frame.take_length()
    path = frame.take_name()
    return inside(machine, frame, namespace.find(frame, path), end)


def inside(machine: Machine, frame: Frame, node: Node, end: u64) -> Flow:
    """Carry out terms up to an offset, in which names are made below a node."""
    outer = frame.scope
    frame.scope = node
    flow = machine.run(frame, end)
    frame.scope = outer
    return flow


def device(machine: Machine, frame: Frame) -> Flow:
    end = frame.take_length()
    return inside(machine, frame, make(frame, Marker(Kind.DEVICE)), end)


def thermal_zone(machine: Machine, frame: Frame) -> Flow:
    end = frame.take_length()
    return inside(machine, frame, make(frame, Marker(Kind.THERMAL_ZONE)), end)


def power_resource(machine: Machine, frame: Frame) -> Flow:
    end = frame.take_length()
    node = make(frame, Marker(Kind.POWER_RESOURCE))
    frame.take(3)  # the deepest sleep in which it is on, and its place in an order
    return inside(machine, frame, node, end)


def processor(machine: Machine, frame: Frame) -> Flow:
    end = frame.take_length()
    node = make(frame, Marker(Kind.PROCESSOR))
    frame.take(6)  # its number, and the address and length of its registers
    return inside(machine, frame, node, end)


def method(machine: Machine, frame: Frame) -> None:
    """Make a method, whose terms are only stepped over."""
    end = frame.take_length()
    path = frame.take_name()
    flags = frame.take_byte()
    start = frame.at
    frame.take(end - start if start < end else u64(0))
    node = namespace.make(frame, path)
    node.value = Method(frame.table, start, end, flags)


def external(machine: Machine, frame: Frame) -> None:
    """Step over what a compiler wanted to know."""
    frame.take_name()
    frame.take(2)


def mutex(machine: Machine, frame: Frame) -> None:
    path = frame.take_name()
    flags = frame.take_byte()
    node = namespace.make(frame, path)
    node.value = Mutex(u64(flags & 15))


def event(machine: Machine, frame: Frame) -> None:
    make(frame, Event())


def region(machine: Machine, frame: Frame) -> None:
    path = frame.take_name()
    space = frame.take_byte()
    offset = conversions.to_integer(machine, machine.operand(frame))
    length = conversions.to_integer(machine, machine.operand(frame))
    made = Region(space, offset, length)
    node = namespace.make(frame, path)
    parent = node.parent
    if parent is not None:
        made.device = retain(parent)
    node.value = made


def data_region(machine: Machine, frame: Frame) -> None:
    """Make a region of the bytes of a table, its header included, which are only read. ACPI 6.5, section 19.6.27.

    Raises:
        MissingTable: there is no such table.
    """
    path = frame.take_name()
    signature = text(machine, frame)
    maker = text(machine, frame)
    product = text(machine, frame)
    found = table_list.find(machine, signature.bytes(), maker.bytes(), product.bytes())
    if found is None:
        raise MissingTable
    made = Region(0, 0, found.size)
    made.table = found
    node = namespace.make(frame, path)
    node.value = made


def text(machine: Machine, frame: Frame) -> Bytes:
    """Carry out a term that gives a string.

    Raises:
        WrongType: it gives something else.
    """
    value = conversions.data_of(machine, machine.operand(frame))
    if not isinstance(value, Bytes) or value.kind != Kind.STRING:
        raise WrongType
    return value
