"""Terms that make fields: of a region, behind an index, in a bank, of a buffer.

Source: ACPI 6.5, sections 20.2.5.2 and 19.6.46 (Field), 19.6.19 to 19.6.26 (CreateField and its like).
"""

from __future__ import annotations

from typing import Final

from lang import u8, u16, u64
from modules.acpi.aml import conversions, data, fields, namespace
from modules.acpi.aml.errors import BadOpcode, OutOfRange, WrongType
from modules.acpi.aml.field_unit import BufferField, FieldUnit
from modules.acpi.aml.frame import Frame, NamePath
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.opcodes import Op
from modules.acpi.aml.values import Region, Value

RESERVED: Final = 0x00
ACCESS: Final = 0x01
CONNECTION: Final = 0x02
EXTENDED_ACCESS: Final = 0x03


def of_region(machine: Machine, frame: Frame) -> None:
    end = frame.take_length()
    region = read_region(frame)
    model = FieldUnit(0, 0)
    model.region = region
    make_all(machine, frame, end, model)


def behind_index(machine: Machine, frame: Frame) -> None:
    end = frame.take_length()
    model = FieldUnit(0, 0)
    model.index = read_field(frame)
    model.data = read_field(frame)
    make_all(machine, frame, end, model)


def in_bank(machine: Machine, frame: Frame) -> None:
    end = frame.take_length()
    model = FieldUnit(0, 0)
    model.region = read_region(frame)
    model.bank = read_field(frame)
    model.bank_number = conversions.to_integer(machine, machine.operand(frame))
    make_all(machine, frame, end, model)


def read_region(frame: Frame) -> Region:
    """Read the name of a region.

    Raises:
        WrongType: it stands for something else.
    """
    value = namespace.find(frame, frame.take_name()).value
    if value is None or not isinstance(value, Region):
        raise WrongType
    return value


def read_field(frame: Frame) -> FieldUnit:
    """Read the name of a field.

    Raises:
        WrongType: it stands for something else.
    """
    value = namespace.find(frame, frame.take_name()).value
    if value is None or not isinstance(value, FieldUnit):
        raise WrongType
    return value


def make_all(machine: Machine, frame: Frame, end: u64, model: FieldUnit) -> None:
    """Read flags and a list of fields, and make them like a model, one behind the other."""
    outer = frame.end
    frame.end = end
    flags = frame.take_byte()
    model.access_size = size_of(flags & 15)
    model.has_lock = flags & 0x10 != 0
    model.update = flags >> 5 & 3
    while frame.at < end:
        machine.count_operation()
        match frame.peek():
            case 0x00:
                frame.take(1)
                model.bit_offset += frame.take_number()
            case 0x01:
                frame.take(1)
                model.access_size = size_of(frame.take_byte() & 15)
                model.attribute = frame.take_byte()
            case 0x02:
                frame.take(1)
                take_connection(machine, frame)
            case 0x03:
                frame.take(1)
                model.access_size = size_of(frame.take_byte() & 15)
                model.attribute = frame.take_byte()
                model.attribute_length = frame.take_byte()
            case _:
                make_one(machine, frame, model)
    frame.end = outer


def take_connection(machine: Machine, frame: Frame) -> None:
    """Step over where the registers of a bus are connected: a name, or a buffer."""
    if data.is_name(frame.peek_opcode()):
        frame.take_name()
    else:
        machine.operand(frame)


def make_one(machine: Machine, frame: Frame, model: FieldUnit) -> None:
    """Read a name and how many bits it has, and make the field. While a table is loaded, a name that is there
    stays what it is, and the other fields are made all the same."""
    name = frame.take_segment()
    length = frame.take_number()
    start = model.bit_offset
    model.bit_offset += length
    if frame.method is None and namespace.child(frame.scope, name) is not None:
        machine.load_errors += 1
        return
    node = namespace.make_below(frame, frame.scope, name)
    made = FieldUnit(start, length)
    made.region = model.region
    made.index = model.index
    made.data = model.data
    made.bank = model.bank
    made.bank_number = model.bank_number
    made.access_size = model.access_size
    made.attribute = model.attribute
    made.attribute_length = model.attribute_length
    made.has_lock = model.has_lock
    made.update = model.update
    node.value = made


def size_of(access: u8) -> u64:
    """Return how many bytes an access touches.

    Raises:
        BadOpcode: there is no access of this number.
    """
    match access:
        case 0 | 1 | 5:
            return 1
        case 2:
            return 2
        case 3:
            return 4
        case 4:
            return 8
        case _:
            raise BadOpcode


# Of buffers -------------------------------------------------------------------------------------


def of_buffer(machine: Machine, frame: Frame, opcode: u16) -> None:
    """Make a field of a buffer; of a string or an integer, one of the buffer that is made of it.

    Raises:
        WrongType: it is to be of something else.
        OutOfRange: it is not all in the buffer, or has no bits.
    """
    source = conversions.to_buffer(machine, machine.operand(frame))
    start = conversions.to_integer(machine, machine.operand(frame))
    length = bits_of(opcode)
    if opcode == Op.CREATE_FIELD:
        length = conversions.to_integer(machine, machine.operand(frame))
        if length == 0:
            raise OutOfRange
    path = frame.take_name()
    if opcode != Op.CREATE_BIT_FIELD and opcode != Op.CREATE_FIELD:
        start = start << 3 if start >> 60 == 0 else ~u64(0)
    made = BufferField(source, start, length)
    made.is_buffer = opcode == Op.CREATE_FIELD
    fields.check(made)
    make(frame, path, made)


def make(frame: Frame, path: NamePath, value: Value) -> None:
    node = namespace.make(frame, path)
    node.value = value


def bits_of(opcode: u16) -> u64:
    """Return how many bits the field of an operation has."""
    match opcode:
        case Op.CREATE_BYTE_FIELD:
            return 8
        case Op.CREATE_WORD_FIELD:
            return 16
        case Op.CREATE_DOUBLE_WORD_FIELD:
            return 32
        case Op.CREATE_QUAD_WORD_FIELD:
            return 64
        case _:
            return 1
