"""Telling devices that the registers of their regions can be reached: _REG.

A device says by a method _REG that it wants to know. It is called once for each of its regions, when all tables are
loaded, and for the regions of a table that AML loads later when that is loaded. Memory and ports can always be reached,
and nobody is told so; nor of the bytes of a table. An embedded controller hears of its registers even if it has no region:
others use them by its methods.

Source: ACPI 6.5, section 6.5.4.
"""

from __future__ import annotations

from typing import Final

from core import endian
from lang import retain, u8, u64
from modules.acpi.aml import identity, namespace
from modules.acpi.aml.errors import AmlError
from modules.acpi.aml.field_unit import Space
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.node import Node
from modules.acpi.aml.table import Table
from modules.acpi.aml.values import LOCALS, Integer, Kind, Region, Slots, Value

CONNECTED: Final = 1


def listener(machine: Machine, node: Node) -> Node | None:
    """Return the method that is to be told of a region; None: it is no region, cannot be reached, or nobody wants to know."""
    value = node.value
    parent = node.parent
    if parent is None or value is None or not isinstance(value, Region):
        return None
    if value.space == Space.SYSTEM_MEMORY or value.space == Space.SYSTEM_IO:
        return None
    if not machine.platform.reaches(value.space):
        return None
    found = namespace.child(retain(parent), endian.load_u32(b"_REG"[:], 0))
    return None if found is None else namespace.behind_alias(found)


def is_orphan(machine: Machine, node: Node) -> bool:
    """Whether a name is the _REG of an embedded controller that has no region of its registers."""
    parent = node.parent
    if parent is None or node.name != endian.load_u32(b"_REG"[:], 0):
        return False
    controller = retain(parent)
    if not identity.is_controller(controller):
        return False
    each = controller.first
    while each is not None:
        value = each.value
        if isinstance(value, Region) and value.space == Space.EMBEDDED_CONTROL:
            return False
        each = each.next
    return machine.platform.reaches(u8(Space.EMBEDDED_CONTROL))


def arguments_of(node: Node) -> Slots:
    """Return what _REG is told of a region, or, as an orphan, of the embedded controller."""
    value = node.value
    space = value.space if isinstance(value, Region) else u8(Space.EMBEDDED_CONTROL)
    result = Slots()
    result.values[u64(LOCALS)] = argument(u64(space))
    result.values[u64(LOCALS) + 1] = argument(u64(CONNECTED))
    return result


def argument(number: u64) -> Value:
    return Integer(number)


def connect_table(machine: Machine, table: Table) -> None:
    """Tell of the regions that a table made. What goes wrong with one is that one's loss."""
    node = table.made
    while node is not None:
        told = listener(machine, node)
        if told is not None:
            tell(machine, told, node)
        elif is_orphan(machine, node):
            tell(machine, namespace.behind_alias(node), node)
        node = node.made_before


def tell(machine: Machine, told: Node, node: Node) -> None:
    method = told.value
    if method is None or method.kind != Kind.METHOD:
        return
    try:
        machine.call(told, method, arguments_of(node))
    except AmlError:
        machine.load_errors += 1
        machine.platform.failed(machine)
        machine.trouble.forget()
