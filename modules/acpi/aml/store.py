"""Storing: what becomes of a place, and of the object that is there.

A name keeps its type: what is stored is converted, and a buffer or string keeps its size. A local or an element takes a copy
of whatever is stored. What is stored to an argument that is a reference goes where that leads.

Source: ACPI 6.5, sections 19.3.5.4 and 19.3.5.8; 19.6.20 (CopyObject).
"""

from __future__ import annotations

from typing import Final

from lang import Array, truncate, u8
from modules.acpi.aml import bits, buses, conversions, fields
from modules.acpi.aml.errors import TooDeep, Uninitialized, WrongType
from modules.acpi.aml.field_unit import FieldUnit
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import (
    LOCALS,
    Bytes,
    Integer,
    Kind,
    Package,
    Place,
    Reference,
    Value,
)

MOST_NESTED: Final = 16  # packages in each other


def copy_of(value: Value, depth: int = 0) -> Value:
    """Return an object that changes for itself: a copy of what can change.

    Raises:
        TooDeep: packages lie too deep in each other.
    """
    if isinstance(value, Bytes):
        copied = Bytes(value.kind, value.size)
        copied.bytes().copy_from(value.bytes())
        return copied
    if not isinstance(value, Package):
        return value
    if depth >= MOST_NESTED:
        raise TooDeep
    result = Package(value.arena, value.count)
    for index in range(value.count):
        element = value.get(index)
        if element is not None:
            result.set(index, copy_of(element, depth + 1))
    return result


def store(machine: Machine, value: Value, place: Reference) -> None:
    """Store an object, converted as the place demands."""
    match place.place:
        case Place.NOTHING:
            return
        case Place.DEBUG:
            machine.platform.show(machine, value)
        case Place.NODE:
            store_to_name(machine, value, place.node)
        case Place.SLOT:
            store_to_slot(machine, value, place)
        case Place.ELEMENT:
            store_to_element(value, place)
        case Place.BYTE:
            store_to_byte(machine, value, place)


def copy_object(machine: Machine, value: Value, place: Reference) -> None:
    """Store a copy of an object, whatever the place held. Only fields keep what they are."""
    node = place.node
    slots = place.slots
    if slots is not None:
        slots.values[place.index] = copy_of(value)
    elif node is not None and not holds_field(node):
        node.value = copy_of(value)
    else:
        store(machine, value, place)


def holds_field(node: Node) -> bool:
    value = node.value
    return value is not None and fields.is_field(value)


def store_to_slot(machine: Machine, value: Value, place: Reference) -> None:
    """Store to a local, or an argument."""
    slots = place.slots
    if slots is None:
        raise Uninitialized
    if place.index >= LOCALS:
        before = slots.values[place.index]
        if isinstance(before, Reference) and before.place != Place.SLOT:
            store(machine, value, before)
            return
        if isinstance(before, Reference):
            copy_object(machine, value, before)
            return
    slots.values[place.index] = copy_of(value)


def store_to_element(value: Value, place: Reference) -> None:
    package = place.package
    if package is None:
        raise Uninitialized
    package.set(place.index, copy_of(value))


def store_to_byte(machine: Machine, value: Value, place: Reference) -> None:
    data = place.data
    if data is None:
        raise Uninitialized
    number = conversions.to_integer(machine, value)
    data.bytes()[place.index] = truncate(u8, number)


def store_to_name(machine: Machine, value: Value, node: Node | None) -> None:
    """Store to a name, whose object keeps its type.

    Raises:
        WrongType: nothing can be stored there, or not this.
    """
    if node is None:
        raise Uninitialized
    before = node.value
    if before is None:
        node.value = copy_of(value)
        return
    if isinstance(before, Integer):
        node.value = Integer(conversions.to_integer(machine, value))
    elif isinstance(before, Bytes):
        store_to_bytes(machine, value, before, node)
    elif isinstance(before, Package):
        data = conversions.data_of(machine, value)
        if not isinstance(data, Package):
            raise WrongType
        node.value = copy_of(data)
    elif fields.is_field(before):
        store_to_field(machine, value, before)
    elif isinstance(before, Reference):
        node.value = copy_of(value)
    else:
        raise WrongType


def store_to_bytes(machine: Machine, value: Value, before: Bytes, node: Node) -> None:
    """Store to a name of a string, which gets another, or of a buffer, which keeps its size unless that is 0."""
    data = conversions.to_bytes(machine, value, before.kind)
    if before.kind == Kind.STRING or before.size == 0:
        node.value = copy_of(data)
        return
    size = min(data.size, before.size)
    before.bytes()[:size].copy_from(data.bytes()[:size])
    before.bytes()[size:].fill(0)


def store_to_field(machine: Machine, value: Value, field: Value) -> None:
    """Store to a field: a number, or bytes as they are."""
    if isinstance(field, FieldUnit) and buses.is_bus(field):
        transfer(machine, value, field)
        return
    data = conversions.data_of(machine, value)
    if isinstance(data, Bytes):
        fields.write(machine, field, data.bytes())
        return
    number = conversions.to_integer(machine, data)
    room = Array[u8, 8]()
    bits.store_number(number, room[:])
    fields.write(machine, field, room[: machine.integer_size])


def transfer(machine: Machine, value: Value, field: FieldUnit) -> Bytes:
    """Store to a field of a bus, and return what that answers.

    Raises:
        WrongType: it is no buffer.
    """
    data = conversions.data_of(machine, value)
    if not isinstance(data, Bytes) or data.kind != Kind.BUFFER:
        raise WrongType
    return buses.transfer(machine, field, data.bytes())
