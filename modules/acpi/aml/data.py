"""Data as tables write it: numbers, strings, buffers, packages.

Source: ACPI 6.5, sections 20.2.3 and 20.2.5.4.
"""

from __future__ import annotations

from lang import u64
from modules.acpi.aml import conversions, elements
from modules.acpi.aml.errors import OutOfRange
from modules.acpi.aml.frame import Frame
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.opcodes import Op
from modules.acpi.aml.storage import LARGEST
from modules.acpi.aml.values import (
    Bytes,
    Integer,
    Kind,
    Package,
    UnresolvedName,
    Value,
)


def buffer(machine: Machine, frame: Frame) -> Value:
    """Read a buffer: a size, then the bytes at its beginning."""
    end = frame.take_length()
    size = conversions.to_integer(machine, machine.operand(frame))
    count = end - frame.at if frame.at < end else u64(0)
    result = Bytes(Kind.BUFFER, max(size, count))
    start = frame.take(count)
    result.bytes()[:count].copy_from(frame.table.bytes()[start : start + count])
    return result


def package(machine: Machine, frame: Frame) -> Value:
    """Read a package: a number of elements, then those at its beginning."""
    end = frame.take_length()
    count = u64(frame.take_byte())
    return filled(machine, frame, end, count)


def variable_package(machine: Machine, frame: Frame) -> Value:
    """Read a package whose number of elements is any term."""
    end = frame.take_length()
    count = conversions.to_integer(machine, machine.operand(frame))
    return filled(machine, frame, end, count)


def filled(machine: Machine, frame: Frame, end: u64, count: u64) -> Package:
    """Read the elements of a package; those beyond its size are read, and gone.

    Raises:
        OutOfRange: it would be larger than objects may be.
    """
    if count > LARGEST // 8:
        raise OutOfRange
    result = Package(machine.arena, count)
    index: u64 = 0
    while frame.at < end:
        machine.count_operation()
        value = element(machine, frame, end)
        if index < count:
            result.set(index, value)
        index += 1
    if frame.method is not None:
        elements.resolve(machine, result)
    return result


def element(machine: Machine, frame: Frame, end: u64) -> Value:
    """Read an element: data, or a name."""
    outer = frame.end
    frame.end = end
    value = name_or_data(machine, frame)
    frame.end = outer
    return value


def name_or_data(machine: Machine, frame: Frame) -> Value:
    if not is_name(frame.peek_opcode()):
        return machine.operand(frame)
    start = frame.at
    frame.take_name()
    return UnresolvedName(frame.scope, frame.table, start)


def is_name(opcode: u64) -> bool:
    """Whether a term that begins so is a name."""
    if ord("A") <= opcode <= ord("Z") or opcode == ord("_"):
        return True
    return opcode == ord("\\") or opcode == ord("^") or opcode == 0x2E or opcode == 0x2F


def constant(machine: Machine, frame: Frame, opcode: u64) -> Value | None:
    """Return a number or a string whose opcode was read; None: it is none of them."""
    match opcode:
        case Op.ZERO:
            return Integer(0)
        case Op.ONE:
            return Integer(1)
        case Op.ONES:
            return Integer(machine.mask)
        case Op.BYTE:
            return Integer(u64(frame.take_byte()))
        case Op.WORD:
            return Integer(u64(frame.take_word()))
        case Op.DOUBLE_WORD:
            return Integer(u64(frame.take_double_word()))
        case Op.QUAD_WORD:
            return Integer(frame.take_quad_word() & machine.mask)
        case Op.STRING:
            return conversions.string_of(frame.take_text())
        case Op.REVISION:
            return Integer(2)
        case _:
            return None
