"""Elements of packages that are names: what they mean, once it is there.

A package may name what its table defines only later. So a name stays one until somebody looks, or the table is loaded. Then
a name of data becomes the data itself, one of a field what that holds, and every other name a reference.

Source: ACPI 6.5, section 19.6.101 (Package).
"""

from __future__ import annotations

from lang import u64
from modules.acpi.aml import fields, namespace
from modules.acpi.aml.errors import NotFound
from modules.acpi.aml.frame import Frame
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import (
    Bytes,
    Integer,
    Package,
    Place,
    Reference,
    Slots,
    UnresolvedName,
    Value,
)


def get(machine: Machine, package: Package, index: u64) -> Value | None:
    """Return an element, which there must be; None: it holds nothing.

    Raises:
        NotFound: it is a name that means nothing.
    """
    value = package.get(index)
    if not isinstance(value, UnresolvedName):
        return value
    found = meaning(machine, value)
    if found is None:
        raise NotFound
    package.set(index, found)
    return found


def resolve(machine: Machine, package: Package) -> None:
    """Look up all names that mean something by now."""
    for index in range(package.count):
        value = package.get(index)
        if isinstance(value, UnresolvedName):
            found = meaning(machine, value)
            if found is not None:
                package.set(index, found)


def meaning(machine: Machine, name: UnresolvedName) -> Value | None:
    """Return what a name stands for; None: there is no such name."""
    frame = Frame(name.table, name.start, name.table.size, name.scope, Slots())
    node = namespace.look_up(frame, frame.take_name())
    if node is None:
        return None
    value = node.value
    if isinstance(value, (Integer, Bytes, Package)):
        return value
    if value is not None and fields.is_field(value):
        return fields.read(machine, value)
    return reference_to(node)


def reference_to(node: Node) -> Reference:
    """Return a reference to a name."""
    result = Reference(Place.NODE)
    result.node = node
    return result
