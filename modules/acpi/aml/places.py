"""Places: reading where something is to be stored, and what is there.

Source: ACPI 6.5, sections 20.2.5.4 (RefOf, DerefOf, Index) and 20.2.6 (locals, arguments, Debug).
"""

from __future__ import annotations

from typing import Final

from lang import u16, u64
from modules.acpi.aml import conversions, elements, fields, namespace
from modules.acpi.aml.errors import NotFound, OutOfRange, Uninitialized, WrongType
from modules.acpi.aml.frame import Frame
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.node import Node
from modules.acpi.aml.opcodes import Op
from modules.acpi.aml.values import (
    Bytes,
    Kind,
    Package,
    Place,
    Reference,
    Value,
)

MOST_STEPS: Final = 16  # of references that lead to references


def target(machine: Machine, frame: Frame) -> Reference:
    """Read where something is to be stored, or what is meant itself."""
    opcode = frame.peek_opcode()
    if Op.LOCAL_0 <= opcode <= Op.ARGUMENT_6:
        frame.take_opcode()
        return slot(frame, opcode)
    match opcode:
        case Op.ZERO:
            frame.take_opcode()
            return Reference(Place.NOTHING)
        case Op.DEBUG:
            frame.take_opcode()
            return Reference(Place.DEBUG)
        case Op.REF_OF | Op.INDEX:
            return place_of(machine.operand(frame))
        case Op.DEREF_OF:
            frame.take_opcode()
            return place_of(machine.operand(frame))
        case _:
            return elements.reference_to(namespace.find(frame, frame.take_name()))


def place_of(value: Value) -> Reference:
    """Return a value as the place that it leads to.

    Raises:
        WrongType: it leads nowhere.
    """
    if not isinstance(value, Reference):
        raise WrongType
    return value


def slot(frame: Frame, opcode: u16) -> Reference:
    """Return the place of a local or an argument."""
    result = Reference(Place.SLOT)
    result.slots = frame.slots
    result.index = u64(opcode) - Op.LOCAL_0
    return result


def value_in(frame: Frame, opcode: u16) -> Value:
    """Return what a local or an argument holds.

    Raises:
        Uninitialized: it holds nothing.
    """
    value = frame.slots.values[u64(opcode) - Op.LOCAL_0]
    if value is None:
        raise Uninitialized
    return value


def value_of(machine: Machine, node: Node) -> Value:
    """Return what a name gives where it is used: data, what a field holds, or a reference to all else."""
    value = node.value
    if value is None:
        raise Uninitialized
    if fields.is_field(value):
        return fields.read(machine, value)
    if Kind.INTEGER <= value.kind <= Kind.PACKAGE or value.kind == Kind.REFERENCE:
        return value
    return elements.reference_to(node)


def object_at(machine: Machine, reference: Reference) -> Value | None:
    """Return the object that a place leads to in the end, whatever it is; None: there is none.

    Raises:
        WrongType: references lead in circles.
    """
    return conversions.at(machine, last_of(machine, reference))


def last_of(machine: Machine, reference: Reference) -> Reference:
    """Return the last of the places that lead to each other.

    Raises:
        WrongType: they lead in circles.
    """
    each = reference
    for _ in range(MOST_STEPS):
        found = conversions.at(machine, each)
        if not isinstance(found, Reference):
            return each
        each = found
    raise WrongType


def node_at(machine: Machine, reference: Reference) -> Node:
    """Return the name that a place leads to in the end.

    Raises:
        WrongType: it is none.
    """
    each = reference
    for _ in range(MOST_STEPS):
        node = each.node
        if node is not None:
            below = node.value
            if not isinstance(below, Reference):
                return node
            each = below
        else:
            found = conversions.at(machine, each)
            if not isinstance(found, Reference):
                raise WrongType
            each = found
    raise WrongType


# References -------------------------------------------------------------------------------------


def conditional(machine: Machine, frame: Frame) -> Reference | None:
    """Read what may be there; None: it is not."""
    opcode = frame.peek_opcode()
    if Op.LOCAL_0 <= opcode <= Op.ARGUMENT_6:
        return target(machine, frame)
    if opcode == Op.DEBUG or opcode == Op.REF_OF or opcode == Op.INDEX or opcode == Op.DEREF_OF:
        return target(machine, frame)
    node = namespace.look_up(frame, frame.take_name())
    return None if node is None else elements.reference_to(node)


def index(machine: Machine, source: Value, number: u64) -> Reference:
    """Return the place of an element of a package, or of a byte.

    Raises:
        OutOfRange: there are fewer.
        WrongType: there are no elements in it.
    """
    data = conversions.data_of(machine, source)
    if isinstance(data, Package):
        if number >= data.count:
            raise OutOfRange
        element = Reference(Place.ELEMENT)
        element.package = data
        element.index = number
        return element
    if not isinstance(data, Bytes):
        raise WrongType
    if number >= data.size:
        raise OutOfRange
    byte = Reference(Place.BYTE)
    byte.data = data
    byte.index = number
    return byte


def behind(machine: Machine, frame: Frame, value: Value) -> Value:
    """Return what a reference leads to, or what is named as a string says.

    Raises:
        Uninitialized: nothing is there.
        NotFound: nothing has the name.
    """
    if isinstance(value, Bytes) and value.kind == Kind.STRING:
        return value_of(machine, named(frame.scope, value))
    if not isinstance(value, Reference):
        raise WrongType
    found = conversions.at(machine, value)
    if found is None:
        raise Uninitialized
    if fields.is_field(found):
        return fields.read(machine, found)
    if Kind.INTEGER <= found.kind <= Kind.PACKAGE or found.kind == Kind.REFERENCE:
        return found
    return value


def told(machine: Machine, result: Value | None) -> Value | None:
    """Return what is told outside of AML for a result: data itself in the place of a reference to it."""
    if not isinstance(result, Reference):
        return result
    found = conversions.at(machine, result)
    if found is None:
        return result if result.place == Place.NODE else None
    if fields.is_field(found):
        return fields.read(machine, found)
    return found if Kind.INTEGER <= found.kind <= Kind.PACKAGE else result


# Names in strings -------------------------------------------------------------------------------


def named(scope: Node, text: Bytes) -> Node:
    """Return the node with a name in letters: "\\\\_SB.PCI0". Segments may lack their last underscores.

    Raises:
        NotFound: there is none.
        BadName: it is no name.
    """
    content = text.bytes()
    is_absolute = len(content) > 0 and content[0] == ord("\\")
    start: u64 = 1 if is_absolute else 0
    node = namespace.root_of(scope) if is_absolute else scope
    while start < len(content) and content[start] == ord("^"):
        node = namespace.above(node)
        start += 1
    is_single = start == 0 and not has_dot(text)
    while start < len(content):
        name, start = namespace.take_letters(content, start)
        found = namespace.search_upwards(node, name) if is_single else namespace.child(node, name)
        if found is None:
            raise NotFound
        node = namespace.behind_alias(found)
    return node


def has_dot(text: Bytes) -> bool:
    for letter in text.bytes():
        if letter == ord("."):
            return True
    return False
