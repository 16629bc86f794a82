"""Initialising the devices of tables that AML loads: _INI, parents first, of those that are there.

It is run for each _INI about which nothing has been decided, also of a device that was there before its table came. A device
that neither is there nor works is passed over with all below it. What is passed over now stays so.

Source: ACPI 6.5, section 6.5.1 (_INI).
"""

from __future__ import annotations

from lang import retain
from modules.acpi.aml import namespace, status
from modules.acpi.aml.errors import AmlError
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.node import Node
from modules.acpi.aml.status import Status
from modules.acpi.aml.values import Kind, Slots


def initialise(machine: Machine) -> None:
    """Initialise the devices that have come, unless all are still to be (devices.py). What goes wrong with one is that one's loss."""
    if not machine.are_devices_begun:
        return
    device = next_device(machine.root)
    while device is not None:
        begin(machine, device)
        device = next_device(machine.root)  # from the start, since AML may have taken names out


def next_device(root: Node) -> Node | None:
    """Return the first node whose _INI is undecided; None: there is none."""
    node: Node | None = root
    while node is not None:
        method = status.child(node, b"_INI")
        if method is not None and not method.is_decided:
            return node
        node = namespace.after(node, root)
    return None


def begin(machine: Machine, device: Node) -> None:
    """Decide about a node's _INI, and run it if the node is a device that is there, or the root."""
    method = status.child(device, b"_INI")
    if method is None:
        return
    method.is_decided = True
    value = method.value
    if value is None or value.kind != Kind.METHOD:
        return
    if device is not machine.root:
        if not status.is_device(device) or not may_be_there(machine, device):
            return
        if status.within(machine, device) & Status.PRESENT == 0:
            return
    try:
        machine.call(method, value, Slots())
    except AmlError:
        machine.load_errors += 1
        machine.platform.failed(machine)
        machine.trouble.forget()


def may_be_there(machine: Machine, device: Node) -> bool:
    """Whether each device above one is there, or works at least."""
    above: Node | None = below(machine.root, device)
    while above is not None and above is not device:
        if status.is_device(above):
            found = status.within(machine, above)
            if found & (Status.PRESENT | Status.WORKS) == 0:
                return False
        above = below(above, device)
    return above is not None


def below(above: Node, device: Node) -> Node | None:
    """Return the node directly below one, on the way to a device; None: the device was taken out."""
    node = device
    parent = node.parent
    while parent is not None:
        kept = retain(parent)
        if kept is above:
            return node
        node = kept
        parent = node.parent
    return None
