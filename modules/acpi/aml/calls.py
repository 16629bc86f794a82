"""Calls of methods.

Source: ACPI 6.5, sections 5.5.2 and 19.6.85 (Method).
"""

from __future__ import annotations

from lang import u64
from modules.acpi.aml import namespace, predefined
from modules.acpi.aml.errors import MutexOrder, NoValue, WrongType
from modules.acpi.aml.frame import Frame
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import LOCALS, Method, Slots, Value


def from_term(machine: Machine, frame: Frame, node: Node, method: Value) -> Value | None:
    """Read the arguments of a call, and call.

    Raises:
        WrongType: it is no method.
    """
    if not isinstance(method, Method):
        raise WrongType
    arguments = Slots()
    for index in range(method.argument_count):
        arguments.values[LOCALS + index] = machine.operand(frame)
    return machine.call(node, method, arguments)


def needed(result: Value | None) -> Value:
    """Return what a method returned.

    Raises:
        NoValue: nothing.
    """
    if result is None:
        raise NoValue
    return result


def run(machine: Machine, node: Node, method: Value, arguments: Slots) -> Value | None:
    """Carry out the terms of a method.

    The names that it makes are gone afterwards, and so are its locals, whoever has a reference to them.

    Raises:
        MutexOrder: it is serialized, and a mutex of a higher level is held.
    """
    if not isinstance(method, Method):
        raise WrongType
    machine.platform.called(machine, node, arguments)
    table = method.table
    if table is None:
        return predefined.call(machine, node, arguments)
    frame = Frame(table, method.start, method.end, node, arguments)
    frame.method = node
    level = machine.level
    if method.is_serialized:
        if method.level < level:
            raise MutexOrder
        machine.level = method.level
    try:
        machine.run(frame, frame.end)
        return frame.result
    finally:
        machine.level = level
        namespace.remove_made(frame)
        arguments.clear()


def no_arguments() -> Slots:
    return Slots()


def with_argument(value: Value) -> Slots:
    """Return the arguments of a call with one."""
    result = Slots()
    result.values[u64(LOCALS)] = value
    return result
