"""All devices as text, a line each: where it is in the namespace, what it is, where it is on its bus, and its status.

\\_SB.PCI0 PNP0A08 PNP0A03 status 0xf
\\_SB.PCI0.SF8.KBD PNP0303 status 0xf
\\_SB.PCI0.S00 address 0x0 status 0xf

A device that is not there is listed all the same, with a status that says so.

Source: ACPI 6.5, sections 6.1.1 (_ADR), 6.1.2 (_CID), 6.1.5 (_HID), 6.1.12 (_UID), 6.3.7 (_STA).
"""

from __future__ import annotations

from core import endian
from core.containers.storage import write
from core.text.buffer import TextBuffer
from lang import Slice, no_raise, truncate, u8, u32
from modules.acpi.aml import devices, elements, namespace, printing
from modules.acpi.aml.errors import AmlError
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import Bytes, Integer, Kind, Package, Slots, Value


def write_all(out: TextBuffer, interpreter: Interpreter) -> None:
    root = interpreter.root
    node = namespace.after(root, root)
    while node is not None:
        value = node.value
        if value is not None and value.kind == Kind.DEVICE and node.alias_of is None:
            write_device(out, interpreter, node)
        node = namespace.after(node, root)


def write_device(out: TextBuffer, interpreter: Interpreter, node: Node) -> None:
    printing.write_path(out, node)
    write_identifiers(out, interpreter, value_of(interpreter, node, b"_HID"))
    write_identifiers(out, interpreter, value_of(interpreter, node, b"_CID"))
    address = value_of(interpreter, node, b"_ADR")
    if isinstance(address, Integer):
        write(out, f" address {address.number:#x}")
    unit = value_of(interpreter, node, b"_UID")
    if isinstance(unit, Integer):
        write(out, f" unit {unit.number}")
    elif isinstance(unit, Bytes):
        write(out, f' unit "{unit.bytes()}"')
    write(out, f" status {devices.status_of(interpreter, node):#x}\n")


def value_of(interpreter: Interpreter, node: Node, name: Slice[u8]) -> Value | None:
    """Return what a name below a device gives; None: it is not there, or in error."""
    found = namespace.child(node, endian.load_u32(name, 0))
    if found is None:
        return None
    try:
        return interpreter.evaluate(namespace.behind_alias(found), Slots())
    except AmlError:
        interpreter.platform.failed(interpreter)
        return None


def write_identifiers(out: TextBuffer, interpreter: Interpreter, value: Value | None) -> None:
    """Write an identifier, or all of a package."""
    if isinstance(value, Package):
        for index in range(value.count):
            write_identifier(out, elements.get(interpreter, value, index))
    else:
        write_identifier(out, value)


def write_identifier(out: TextBuffer, value: Value | None) -> None:
    if isinstance(value, Integer):
        out.write_byte(ord(" "))
        write_number(out, truncate(u32, value.number & 0xFFFF_FFFF))
    elif isinstance(value, Bytes):
        write(out, f" {value.bytes()}")


def write_number(out: TextBuffer, number: u32) -> None:
    """Write an identifier that is packed into a number: three letters of five bits each, then four digits.

    Source: ACPI 6.5, section 19.6.38 (EISAID).
    """
    packed = swapped(number)
    for index in range(u32(3)):
        out.write_byte(truncate(u8, 0x40 + (packed >> (26 - 5 * index) & 31)))
    write(out, f"{packed & 0xFFFF:04X}")


@no_raise
def swapped(number: u32) -> u32:
    """Return a number with its bytes in reverse."""
    result: u32 = 0
    for index in range(u32(4)):
        result = result << 8 | (number >> (8 * index) & 0xFF)
    return result
