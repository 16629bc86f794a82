"""What a device says that it is, as firmware with constants says it.

Source: ACPI 6.5, section 6.1.5 (_HID).
"""

from __future__ import annotations

from core import endian
from lang import Slice, u8, u32
from modules.acpi.aml import namespace
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import Bytes, Integer, Kind


def is_one(node: Node, number: u32, text: Slice[u8]) -> bool:
    """Whether a name is a device with an identifier, in either of its forms."""
    value = node.value
    if value is None or value.kind != Kind.DEVICE:
        return False
    found = namespace.child(node, endian.load_u32(b"_HID"[:], 0))
    identifier = None if found is None else found.value
    if isinstance(identifier, Integer):
        return identifier.number == number
    return isinstance(identifier, Bytes) and identifier.bytes() == text


def is_controller(node: Node) -> bool:
    """Whether it is an embedded controller."""
    return is_one(node, 0x090C_D041, b"PNP0C09"[:])
