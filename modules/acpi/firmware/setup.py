"""What the firmware has to be asked and told at the beginning: where the embedded controller is, and how interrupts come.

Source: ACPI 6.5, sections 5.8.1 (_PIC), 12.11 (the controller's resources), 12.12 (_GPE).
"""

from __future__ import annotations

from typing import Final

from core import endian
from kernel.interrupt import controller
from lang import Slice, truncate, u8, u16, u32, u64
from modules.acpi.aml import identity, namespace
from modules.acpi.aml.errors import AmlError
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import LOCALS, Bytes, Integer, Slots, Value
from modules.acpi.firmware import embedded_controller
from modules.acpi.firmware.embedded_controller import NO_EVENT
from modules.acpi.resources import descriptor, ranges
from modules.acpi.resources.descriptor import Tag

APIC_MODE: Final = 1

controller_device: Node | None = None  # guarded by loaded.lock; None: there is none


def say_how_interrupts_come(interpreter: Interpreter) -> None:
    """Tell the firmware that interrupts come by the APICs, so that _PRT says which of their lines."""
    node = namespace.child(interpreter.root, letters(b"_PIC"[:]))
    if node is None or controller.controller is None:
        return
    arguments = Slots()
    arguments.values[u64(LOCALS)] = Integer(APIC_MODE)
    try:
        interpreter.evaluate(node, arguments)
    except AmlError:
        interpreter.platform.failed(interpreter)


def find_controller(interpreter: Interpreter) -> None:
    """Find the embedded controller in the namespace; a table may have told where its ports are."""
    global controller_device
    node = namespace.after(interpreter.root, interpreter.root)
    while node is not None and controller_device is None:
        if identity.is_controller(node):
            controller_device = node
            try:
                take_place(interpreter, node)
            except AmlError:
                interpreter.platform.failed(interpreter)
        node = namespace.after(node, interpreter.root)


def take_place(interpreter: Interpreter, node: Node) -> None:
    """Take the two ports, the first for data, the second for commands, and the number of its event."""
    resources = value_of(interpreter, node, b"_CRS"[:])
    if not isinstance(resources, Bytes):
        return
    data = resources.bytes()
    each = descriptor.at(data, 0)
    first: u64 = 0
    second: u64 = 0
    while each.tag != Tag.END:
        if each.tag == Tag.PORTS or each.tag == Tag.FIXED_PORTS:
            found = ranges.read(data, each)
            if first == 0:
                first = found.minimum
            elif second == 0:
                second = found.minimum
        each = descriptor.at(data, each.end)
    event = value_of(interpreter, node, b"_GPE"[:])
    number = truncate(u32, event.number & 0xFFFF) if isinstance(event, Integer) else NO_EVENT
    if 0 < first <= 0xFFFF and 0 < second <= 0xFFFF:
        embedded_controller.set_place(truncate(u16, first), truncate(u16, second), number)


def value_of(interpreter: Interpreter, node: Node, name: Slice[u8]) -> Value | None:
    """Return what a name below a device gives; None: it is not there."""
    found = namespace.child(node, letters(name))
    if found is None:
        return None
    return interpreter.evaluate(namespace.behind_alias(found), Slots())


def letters(name: Slice[u8]) -> u32:
    return endian.load_u32(name, 0)
