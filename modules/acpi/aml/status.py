"""Whether a device is there, and works: _STA.

Source: ACPI 6.5, section 6.3.7.
"""

from __future__ import annotations

from enum import IntFlag
from typing import Final

from core import endian
from lang import Slice, over, u8, u64
from modules.acpi.aml import conversions, namespace, places
from modules.acpi.aml.errors import AmlError
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import Kind, Slots


@over(u64)
class Status(IntFlag):
    """What _STA returns."""

    PRESENT = 1
    ENABLED = 2
    SHOWN = 4
    WORKS = 8


SILENT: Final[u64] = 15  # of a device that says nothing: it is there, and works


def is_device(node: Node) -> bool:
    """Whether a name stands for something that may have a status."""
    value = node.value
    if value is None:
        return False
    is_zone = value.kind == Kind.THERMAL_ZONE
    return value.kind == Kind.DEVICE or value.kind == Kind.PROCESSOR or is_zone


def child(node: Node, name: Slice[u8]) -> Node | None:
    """Return the node with a name of four letters directly below."""
    found = namespace.child(node, endian.load_u32(name, 0))
    return None if found is None else namespace.behind_alias(found)


def within(machine: Machine, node: Node) -> u64:
    """Return a device's status while AML runs; as devices.status_of does from outside."""
    said = child(node, b"_STA")
    if said is None:
        return SILENT
    value = said.value
    if value is None:
        return SILENT
    try:
        is_method = value.kind == Kind.METHOD
        result = machine.call(said, value, Slots()) if is_method else places.value_of(machine, said)
        return SILENT if result is None else conversions.to_integer(machine, result)
    except AmlError:
        machine.load_errors += 1
        machine.platform.failed(machine)
        machine.trouble.forget()
        return SILENT
