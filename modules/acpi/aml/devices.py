"""Initialising devices once all tables are loaded: _REG, _STA and _INI.

In this order: what the namespace itself says (\\_INI, \\_SB._INI), then each region's device is told that its registers can
be reached, then each device that is there is initialised, parents first. A device that neither is there nor works is passed
over with all below it. Tables that AML loads meanwhile are no exception; those that come later: arriving.py.

Source: ACPI 6.5, sections 6.5.1 (_INI), 6.5.4 (_REG) and 6.3.7 (_STA).
"""

from __future__ import annotations

from lang import u64
from modules.acpi.aml import arriving, connecting, conversions, namespace, status
from modules.acpi.aml.errors import AmlError
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.node import Node
from modules.acpi.aml.status import Status
from modules.acpi.aml.values import Slots


def initialise(interpreter: Interpreter) -> None:
    """Initialise all devices. What goes wrong with one is that one's loss."""
    root = interpreter.root
    run(interpreter, root)
    system = status.child(root, b"_SB_")
    if system is not None:
        run(interpreter, system)
    connect_regions(interpreter)
    node = namespace.after(root, root)
    while node is not None:
        if status.is_device(node) and node is not system and not begin(interpreter, node):
            after = namespace.after_children(node, root)
            pass_over(node, after, root)
            node = after
        else:
            node = namespace.after(node, root)
    interpreter.are_devices_begun = True
    arriving.initialise(interpreter)


def pass_over(first: Node, end: Node | None, root: Node) -> None:
    """Decide against all _INI from a node on, up to another."""
    node: Node | None = first
    while node is not None and node is not end:
        decide_against(node)
        node = namespace.after(node, root)


def decide_against(node: Node) -> None:
    """Never run a node's _INI."""
    method = status.child(node, b"_INI")
    if method is not None:
        method.is_decided = True


def begin(interpreter: Interpreter, node: Node) -> bool:
    """Initialise a device, if it is there; return whether those below it may be there."""
    found = status_of(interpreter, node)
    if found & Status.PRESENT != 0:
        run(interpreter, node)
        return True
    decide_against(node)
    return found & Status.WORKS != 0


def status_of(interpreter: Interpreter, node: Node) -> u64:
    """Return a device's status; one that says nothing is there, and works."""
    method = status.child(node, b"_STA")
    if method is None:
        return status.SILENT
    try:
        value = interpreter.evaluate(method, Slots())
        return status.SILENT if value is None else conversions.to_integer(interpreter, value)
    except AmlError:
        interpreter.load_errors += 1
        interpreter.platform.failed(interpreter)
        return status.SILENT


def connect_regions(interpreter: Interpreter) -> None:
    """Tell the devices that have regions that those can be reached."""
    root = interpreter.root
    node = namespace.after(root, root)
    while node is not None:
        told = connecting.listener(interpreter, node)
        if told is not None:
            call(interpreter, told, connecting.arguments_of(node))
        elif connecting.is_orphan(interpreter, node):
            call(interpreter, namespace.behind_alias(node), connecting.arguments_of(node))
        node = namespace.after(node, root)


def run(interpreter: Interpreter, node: Node) -> None:
    """Run a node's _INI, if it has one that was not run."""
    method = status.child(node, b"_INI")
    if method is not None and not method.is_decided:
        method.is_decided = True
        call(interpreter, method, Slots())


def call(interpreter: Interpreter, method: Node, arguments: Slots) -> None:
    try:
        interpreter.evaluate(method, arguments)
    except AmlError:
        interpreter.load_errors += 1
        interpreter.platform.failed(interpreter)
