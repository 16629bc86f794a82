"""Initialising devices once all tables are loaded: _REG, _STA and _INI.

In this order: what the namespace itself says (\\_INI, \\_SB._INI), then each region's device is told that its registers can
be reached, then each device that is there is initialised, parents first. A device that neither is there nor works is passed
over with all below it.

Source: ACPI 6.5, sections 6.5.1 (_INI), 6.5.4 (_REG) and 6.3.7 (_STA).
"""

from __future__ import annotations

from enum import IntFlag
from typing import Final

from core import endian
from lang import Slice, over, retain, u8, u64
from modules.acpi.aml import conversions, namespace
from modules.acpi.aml.errors import AmlError
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import LOCALS, Integer, Kind, Region, Slots, Value

CONNECTED: Final = 1


@over(u64)
class Status(IntFlag):
    """What _STA returns. ACPI 6.5, section 6.3.7."""

    PRESENT = 1
    ENABLED = 2
    SHOWN = 4
    WORKS = 8


def initialise(interpreter: Interpreter) -> None:
    """Initialise all devices. What goes wrong with one is that one's loss."""
    root = interpreter.root
    run(interpreter, root, b"_INI")
    system = child(root, b"_SB_")
    if system is not None:
        run(interpreter, system, b"_INI")
    connect_regions(interpreter)
    node = namespace.after(root, root)
    while node is not None:
        if is_device(node) and node is not system and not begin(interpreter, node):
            node = namespace.after_children(node, root)
        else:
            node = namespace.after(node, root)


def begin(interpreter: Interpreter, node: Node) -> bool:
    """Initialise a device, if it is there; return whether those below it may be there."""
    status = status_of(interpreter, node)
    if status & Status.PRESENT != 0:
        run(interpreter, node, b"_INI")
        return True
    return status & Status.WORKS != 0


def status_of(interpreter: Interpreter, node: Node) -> u64:
    """Return a device's status; one that says nothing is there, and works."""
    method = child(node, b"_STA")
    if method is None:
        return 15
    try:
        value = interpreter.evaluate(method, Slots())
        return 15 if value is None else conversions.to_integer(interpreter, value)
    except AmlError:
        interpreter.load_errors += 1
        interpreter.platform.failed(interpreter)
        return 15


def connect_regions(interpreter: Interpreter) -> None:
    """Tell the devices that have regions that those can be reached."""
    root = interpreter.root
    node = namespace.after(root, root)
    while node is not None:
        value = node.value
        parent = node.parent
        if parent is not None and value is not None and isinstance(value, Region):
            told = child(retain(parent), b"_REG")
            if told is not None and interpreter.platform.reaches(value.space):
                call(interpreter, told, with_two(u64(value.space), u64(CONNECTED)))
        node = namespace.after(node, root)


def run(interpreter: Interpreter, node: Node, name: Slice[u8]) -> None:
    """Call a method that may be below a node."""
    method = child(node, name)
    if method is not None:
        call(interpreter, method, Slots())


def call(interpreter: Interpreter, method: Node, arguments: Slots) -> None:
    try:
        interpreter.evaluate(method, arguments)
    except AmlError:
        interpreter.load_errors += 1
        interpreter.platform.failed(interpreter)


def child(node: Node, name: Slice[u8]) -> Node | None:
    """Return the node with a name of four letters directly below."""
    found = namespace.child(node, endian.load_u32(name, 0))
    return None if found is None else namespace.behind_alias(found)


def is_device(node: Node) -> bool:
    """Whether a name stands for something that may have a status."""
    value = node.value
    if value is None:
        return False
    is_zone = value.kind == Kind.THERMAL_ZONE
    return value.kind == Kind.DEVICE or value.kind == Kind.PROCESSOR or is_zone


def with_two(first: u64, second: u64) -> Slots:
    """Return the arguments of a call with two numbers."""
    result = Slots()
    result.values[u64(LOCALS)] = argument(first)
    result.values[u64(LOCALS) + 1] = argument(second)
    return result


def argument(number: u64) -> Value:
    return Integer(number)
