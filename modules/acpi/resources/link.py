"""Link devices: they lead pins of a PCI bus to one interrupt, which can be chosen.

`_PRS` tells which interrupts it could be, `_CRS` which it is, `_SRS` is told which it is to be. All are buffers with one
interrupt descriptor.

Source: ACPI 6.5, sections 6.2.13 (_PRT), 6.2.17 (_SRS) and 6.4.3.6.
"""

from __future__ import annotations

from typing import Final

from core import endian
from lang import Slice, struct, u8, u16, u32, u64
from modules.acpi.aml import namespace
from modules.acpi.aml.errors import BadResource
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import LOCALS, Bytes, Kind, Slots
from modules.acpi.resources import descriptor, interrupt
from modules.acpi.resources.descriptor import Descriptor, Tag

END_SIZE: Final[u64] = 2


@struct
class Line:
    """An interrupt and how it is signalled."""

    number: u32
    is_edge: bool
    is_low: bool


def line_of(interpreter: Interpreter, link: Node) -> Line:
    """Return the interrupt that a link leads to; one that leads nowhere is told to lead to the first that it could.

    Raises:
        BadResource: it cannot lead anywhere.
        AmlError: it cannot be asked.
    """
    current = resources(interpreter, link, b"_CRS"[:])
    if current is not None:
        found = first(current.bytes())
        if found.number != 0:
            return found
    possible = resources(interpreter, link, b"_PRS"[:])
    if possible is None:
        raise BadResource
    choose(interpreter, link, possible.bytes())
    return first(possible.bytes())


def resources(interpreter: Interpreter, link: Node, name: Slice[u8]) -> Bytes | None:
    """Return a buffer of resources that a device gives; None: it has none."""
    node = namespace.child(link, endian.load_u32(name, 0))
    if node is None:
        return None
    value = interpreter.evaluate(namespace.behind_alias(node), Slots())
    if not isinstance(value, Bytes) or value.kind != Kind.BUFFER:
        raise BadResource
    descriptor.check(value.bytes())
    return value


def first(data: Slice[u8]) -> Line:
    """Return the first interrupt of a buffer; number 0 if it has none."""
    each = first_descriptor(data)
    if not interrupt.is_interrupt(each):
        return Line(0, False, False)
    found = interrupt.read(data, each)
    number = interrupt.number(data, each, 0) if found.count > 0 else u32(0)
    return Line(number, found.is_edge, found.is_low)


def first_descriptor(data: Slice[u8]) -> Descriptor:
    """Return the first descriptor of interrupts; the end, if there is none."""
    each = descriptor.at(data, 0)
    while not interrupt.is_interrupt(each) and each.tag != Tag.END:
        each = descriptor.at(data, each.end)
    return each


def choose(interpreter: Interpreter, link: Node, possible: Slice[u8]) -> None:
    """Tell a link to lead to the first interrupt of a buffer."""
    node = namespace.child(link, endian.load_u32(b"_SRS"[:], 0))
    if node is None:
        raise BadResource
    arguments = Slots()
    arguments.values[u64(LOCALS)] = only_first(possible)
    interpreter.evaluate(namespace.behind_alias(node), arguments)


def only_first(possible: Slice[u8]) -> Bytes:
    """Return a buffer with only the first interrupt of another.

    Raises:
        BadResource: there is none.
    """
    each = first_descriptor(possible)
    if not interrupt.is_interrupt(each):
        raise BadResource
    number = interrupt.number(possible, each, 0)
    size = each.end - each.start if each.tag == Tag.IRQ else interrupt.NUMBERS + 4
    result = Bytes(Kind.BUFFER, size + END_SIZE)
    into = result.bytes()
    into[:size].copy_from(possible[each.start : each.start + size])
    if each.tag == Tag.IRQ:
        endian.store_u16(into, 1, u16(1) << number)
    else:
        endian.store_u16(into, 1, 6)
        into[4] = 1
        endian.store_u32(into, interrupt.NUMBERS, number)
    into[size] = 0x79
    return result
