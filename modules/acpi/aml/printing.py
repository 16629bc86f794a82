"""Names and objects as text, each in a form that has no two meanings.

\\_SB.PCI0          a name: the underscores at the end of each segment are left out
I:1F                an integer, hexadecimal
S:"text"            a string, as JSON writes it
B:0123              a buffer
P[I:1 S:"a" N]      a package; N: an element that holds nothing, or a name of nothing
R:\\_SB.LNKA        a name that stands for no data, or another place
"""

from __future__ import annotations

from typing import Final

from core import trap
from core.containers.storage import write
from core.text.buffer import TextBuffer
from lang import Ptr, Slice, borrow, no_raise, truncate, u8, u32, u64
from modules.acpi.aml.field_unit import FieldUnit
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import (
    Bytes,
    Integer,
    Kind,
    Package,
    Reference,
    UnresolvedName,
    Value,
)

MOST_SEGMENTS: Final = 1024
MOST_NESTED: Final = 16


def write_path(out: TextBuffer, node: Node) -> None:
    """Write the whole name of a node; what was removed has only its own."""
    depth: u64 = 0
    each: Ptr[Node] | None = borrow(node)
    while each is not None and depth < MOST_SEGMENTS:
        depth += 1
        each = each.parent
    out.write_byte(ord("\\"))
    for level in range(u64(1), depth):
        if level > 1:
            out.write_byte(ord("."))
        write_name(out, ancestor(node, depth - 1 - level))


def ancestor(node: Node, steps: u64) -> u32:
    """Return the name of what is so many steps above."""
    each = borrow(node)
    for _ in range(steps):
        above = each.parent
        assert above is not None, "there are so many"
        each = above
    return each.name


def write_name(out: TextBuffer, name: u32) -> None:
    """Write a segment without the underscores at its end."""
    size: u64 = 4
    while size > 1 and name >> truncate(u32, 8 * (size - 1)) & 0xFF == ord("_"):
        size -= 1
    for index in range(size):
        out.write_byte(truncate(u8, name >> truncate(u32, 8 * index)))


def type_of(node: Node) -> str:
    """Return the word for what a name stands for."""
    meant = node.alias_of
    if meant is not None:
        value = meant.value
        is_method = value is not None and value.kind == Kind.METHOD
        return "MethodAlias" if is_method else "Alias"
    value = node.value
    return "Untyped" if value is None else type_of_value(value)


def type_of_value(value: Value) -> str:
    if isinstance(value, FieldUnit):
        if value.data is not None:
            return "IndexField"
        return "BankField" if value.bank is not None else "RegionField"
    match value.kind:
        case Kind.INTEGER:
            return "Integer"
        case Kind.STRING:
            return "String"
        case Kind.BUFFER:
            return "Buffer"
        case Kind.PACKAGE:
            return "Package"
        case Kind.DEVICE:
            return "Device"
        case Kind.EVENT:
            return "Event"
        case Kind.METHOD:
            return "Method"
        case Kind.MUTEX:
            return "Mutex"
        case Kind.REGION:
            return "Region"
        case Kind.POWER_RESOURCE:
            return "Power"
        case Kind.PROCESSOR:
            return "Processor"
        case Kind.THERMAL_ZONE:
            return "Thermal"
        case Kind.BUFFER_FIELD:
            return "BufferField"
        case Kind.TABLE_HANDLE:
            return "DdbHandle"
        case Kind.SCOPE:
            return "Scope"
        case Kind.REFERENCE:
            return "Reference"
        case _:
            return "Untyped"


def write_value(out: TextBuffer, value: Value | None, depth: int = 0) -> None:
    """Write an object; of packages in each other, only so many."""
    if value is None or isinstance(value, UnresolvedName):
        out.write_byte(ord("N"))
    elif isinstance(value, Integer):
        write(out, f"I:{value.number:X}")
    elif isinstance(value, Bytes):
        if value.kind == Kind.STRING:
            write_string(out, value.bytes())
        else:
            write_buffer(out, value.bytes())
    elif isinstance(value, Package):
        write_package(out, value, depth)
    elif isinstance(value, Reference):
        write_reference(out, value)
    else:
        write(out, f"R:{type_of_value(value)}")


def write_string(out: TextBuffer, text: Slice[u8]) -> None:
    out.write(b'S:"')
    for letter in text:
        if letter == ord('"') or letter == ord("\\"):
            out.write_byte(ord("\\"))
            out.write_byte(letter)
        elif 32 <= letter < 127:
            out.write_byte(letter)
        else:
            write(out, f"\\u{letter:04x}")
    out.write_byte(ord('"'))


def write_buffer(out: TextBuffer, data: Slice[u8]) -> None:
    out.write(b"B:")
    for byte in data:
        write(out, f"{byte:02X}")


def write_package(out: TextBuffer, package: Package, depth: int) -> None:
    out.write(b"P[")
    for index in range(package.count):
        if index > 0:
            out.write_byte(ord(" "))
        if depth < MOST_NESTED:
            write_value(out, package.get(index), depth + 1)
    out.write_byte(ord("]"))


def write_reference(out: TextBuffer, reference: Reference) -> None:
    """Write the name that a reference leads to, or what else it is."""
    node = reference.node
    out.write(b"R:")
    if node is not None:
        write_path(out, node)
    else:
        write(out, f"{reference.index}")


@no_raise
def has_data(node: Node) -> bool:
    """Whether a name stands for an integer, a string, a buffer or a package."""
    value = node.value
    return value is not None and Kind.INTEGER <= value.kind <= Kind.PACKAGE


def write_trouble(out: TextBuffer, machine: Machine) -> None:
    """Write what was wrong last, and where."""
    trouble = machine.trouble
    reason = trouble.reason
    if not trouble.is_known or reason is None:
        return
    write(out, f"{class_name(trap.text_at(reason.name))} in ")
    method = trouble.method
    write_path(out, machine.root if method is None else method)
    if trouble.signature != 0:
        write(out, f", table {trouble.table}, offset {trouble.offset:#x}")


@no_raise
def class_name(symbol: Slice[u8]) -> Slice[u8]:
    """Return the name of a class without that of its module: what stands behind the last dot."""
    start: u64 = 0
    for index in range(len(symbol)):
        if symbol[index] == ord("."):
            start = index + 1
    return symbol[start:]
