"""Reading and writing fields: as the accesses that registers take, each of them aligned.

An access touches `access_size` bytes. One that is only partly the field's reads the rest first, or writes ones or zeroes
there, as the field's update rule says.

Source: ACPI 6.5, sections 19.6.48 (Field), 19.6.64 (IndexField), 19.6.8 (BankField), 5.5.2.4.
"""

from __future__ import annotations

from typing import Final

from lang import Array, Slice, u8, u64
from modules.acpi.aml import bits, buses
from modules.acpi.aml.errors import OutOfRange, WrongType
from modules.acpi.aml.field_unit import BufferField, FieldUnit, Update
from modules.acpi.aml.global_lock import taking
from modules.acpi.aml.machine import ALL_64, Machine
from modules.acpi.aml.values import Bytes, Integer, Kind, Value

WORD_BITS: Final = 64


def is_field(value: Value) -> bool:
    """Whether an object is some bits of something else."""
    return value.kind == Kind.FIELD_UNIT or value.kind == Kind.BUFFER_FIELD


def read(machine: Machine, field: Value) -> Value:
    """Return what a field holds: an integer, or a buffer if it is wider than one, or on a bus."""
    if isinstance(field, FieldUnit):
        if buses.is_bus(field):
            return buses.transfer(machine, field, b""[:])
        if field.bit_length > 8 * machine.integer_size:
            wide = Bytes(Kind.BUFFER, (field.bit_length + 7) >> 3)
            read_unit(machine, field, wide.bytes())
            return wide
        return Integer(read_number(machine, field))
    if not isinstance(field, BufferField):
        raise WrongType
    check(field)
    source = field.data.bytes()
    if field.is_buffer or field.bit_length > 8 * machine.integer_size:
        taken = Bytes(Kind.BUFFER, (field.bit_length + 7) >> 3)
        bits.copy_bits(source, field.bit_offset, taken.bytes(), 0, field.bit_length)
        return taken
    room = Array[u8, 8]()
    bits.copy_bits(source, field.bit_offset, room[:], 0, field.bit_length)
    return Integer(bits.number_of(room[:]))


def read_number(machine: Machine, field: FieldUnit) -> u64:
    """Return what a field of at most 64 bits holds."""
    room = Array[u8, 8]()
    if field.bit_length > WORD_BITS:
        raise OutOfRange
    read_unit(machine, field, room[:])
    return bits.number_of(room[:])


def write(machine: Machine, field: Value, data: Slice[u8]) -> None:
    """Write bytes to a field; what it has beyond them gets zeroes, what they have beyond it is lost."""
    size = min(len(data) * 8, length_of(field))
    if isinstance(field, FieldUnit):
        write_unit(machine, field, data)
        return
    if not isinstance(field, BufferField):
        raise WrongType
    check(field)
    bits.copy_bits(data, 0, field.data.bytes(), field.bit_offset, size)
    fill_zeroes(field.data.bytes(), field.bit_offset + size, field.bit_length - size)


def write_number(machine: Machine, field: FieldUnit, value: u64) -> None:
    """Write a number to a field."""
    room = Array[u8, 8]()
    bits.store_number(value, room[:])
    write_unit(machine, field, room[:])


def length_of(field: Value) -> u64:
    """Return how many bits a field has."""
    if isinstance(field, FieldUnit):
        return field.bit_length
    if isinstance(field, BufferField):
        return field.bit_length
    raise WrongType


def check(field: BufferField) -> None:
    """Refuse a field beyond the end of its buffer."""
    size = field.data.size * 8
    if field.bit_length > size or field.bit_offset > size - field.bit_length:
        raise OutOfRange


def fill_zeroes(data: Slice[u8], start: u64, count: u64) -> None:
    zeroes = Array[u8, 8]()
    done: u64 = 0
    while done < count:
        size = min(count - done, u64(WORD_BITS))
        bits.copy_bits(zeroes[:], 0, data, start + done, size)
        done += size


# Bits of registers ------------------------------------------------------------------------------


def read_unit(machine: Machine, field: FieldUnit, into: Slice[u8]) -> None:
    """Read a field into bytes that are zeroes, as many as it needs."""
    width = field.access_size * 8
    done: u64 = 0
    with machine.nesting, taking(machine.global_lock, field.has_lock):
        while done < field.bit_length:
            machine.count_operation()
            position = field.bit_offset + done
            within = position % width
            size = min(width - within, field.bit_length - done)
            room = Array[u8, 8]()
            bits.store_number(access(machine, field, position - within), room[:])
            bits.copy_bits(room[:], within, into, done, size)
            done += size


def write_unit(machine: Machine, field: FieldUnit, data: Slice[u8]) -> None:
    """Write bytes to a field; zeroes beyond their end."""
    width = field.access_size * 8
    done: u64 = 0
    with machine.nesting, taking(machine.global_lock, field.has_lock):
        while done < field.bit_length:
            machine.count_operation()
            position = field.bit_offset + done
            within = position % width
            size = min(width - within, field.bit_length - done)
            room = Array[u8, 8]()
            if size < width:
                bits.store_number(beside(machine, field, position - within), room[:])
            put(data, done, room[:], within, size)
            write_access(machine, field, position - within, bits.number_of(room[:]))
            done += size


def put(data: Slice[u8], start: u64, room: Slice[u8], place: u64, count: u64) -> None:
    """Copy bits of data, or zeroes where it has none."""
    there = len(data) * 8
    size = min(count, there - start) if start < there else u64(0)
    bits.copy_bits(data, start, room, place, size)
    fill_zeroes(room, place + size, count - size)


def beside(machine: Machine, field: FieldUnit, position: u64) -> u64:
    """Return what is written to bits that are not the field's."""
    if field.update == Update.ONES:
        return ALL_64
    if field.update == Update.ZEROS:
        return 0
    return access(machine, field, position)


def access(machine: Machine, field: FieldUnit, position: u64) -> u64:
    """Read what one access gives.

    position: in bits, of its start.
    """
    data = field.data
    if data is not None:
        choose(machine, field, position)
        return read_number(machine, data)
    choose_bank(machine, field)
    region = field.region
    if region is None:
        raise WrongType
    offset = position >> 3
    check_access(region.length, offset, field.access_size)
    table = region.table
    if table is not None:
        return bits.number_of(table.bytes()[offset : offset + field.access_size])
    return machine.platform.read(region, offset, field.access_size)


def write_access(machine: Machine, field: FieldUnit, position: u64, value: u64) -> None:
    """Write with one access."""
    data = field.data
    if data is not None:
        choose(machine, field, position)
        write_number(machine, data, value)
        return
    choose_bank(machine, field)
    region = field.region
    if region is None:
        raise WrongType
    offset = position >> 3
    check_access(region.length, offset, field.access_size)
    if region.table is not None:
        raise WrongType  # a table is only read
    machine.platform.write(region, offset, field.access_size, value)


def check_access(length: u64, offset: u64, size: u64) -> None:
    """Refuse an access beyond the end of a region."""
    if size > length or offset > length - size:
        raise OutOfRange


def choose(machine: Machine, field: FieldUnit, position: u64) -> None:
    """Let the data register show what is at a position, in bytes."""
    index = field.index
    if index is not None:
        write_number(machine, index, position >> 3)


def choose_bank(machine: Machine, field: FieldUnit) -> None:
    bank = field.bank
    if bank is not None:
        write_number(machine, bank, field.bank_number)
