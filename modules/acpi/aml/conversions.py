"""Conversions: what an object is as one of another type.

Those that a term does by itself are here; those that AML asks for by name are in texts.py.

Source: ACPI 6.5, section 19.3.5.
"""

from __future__ import annotations

from typing import Final

from lang import Slice, no_raise, u8, u64
from modules.acpi.aml import bits, elements, fields
from modules.acpi.aml.errors import Uninitialized, WrongType
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.values import Bytes, Integer, Kind, Reference, Value

DIGITS: Final = b"0123456789ABCDEF"


def data_of(machine: Machine, value: Value) -> Value:
    """Return the object that a reference leads to, or what a field holds; any other object itself.

    Raises:
        Uninitialized: nothing is there.
    """
    if isinstance(value, Reference):
        found = at(machine, value)
        if found is None:
            raise Uninitialized
        return fields.read(machine, found) if fields.is_field(found) else found
    return fields.read(machine, value) if fields.is_field(value) else value


def at(machine: Machine, reference: Reference) -> Value | None:
    """Return what is in a place; None: nothing."""
    node = reference.node
    slots = reference.slots
    package = reference.package
    data = reference.data
    if node is not None:
        return node.value
    if slots is not None:
        return slots.values[reference.index]
    if package is not None:
        return elements.get(machine, package, reference.index)
    if data is not None:
        return Integer(u64(data.bytes()[reference.index]))
    return None


def to_integer(machine: Machine, value: Value) -> u64:
    """Return the number that an object is.

    A buffer is its first bytes, the lowest first; a string is hexadecimal, up to the first letter that is no digit.

    Raises:
        WrongType: it is none.
    """
    data = data_of(machine, value)
    if isinstance(data, Integer):
        return data.number & machine.mask
    if not isinstance(data, Bytes):
        raise WrongType
    if data.kind == Kind.STRING:
        digits = without_prefix(without_spaces(data.bytes()))
        return hexadecimal(digits, 2 * machine.integer_size)
    if data.size == 0:
        raise WrongType
    return bits.number_of(data.bytes()) & machine.mask


def to_bytes(machine: Machine, value: Value, kind: Kind) -> Bytes:
    """Return an object as a string or a buffer: itself, if it is one."""
    return to_string(machine, value) if kind == Kind.STRING else to_buffer(machine, value)


def to_buffer(machine: Machine, value: Value) -> Bytes:
    """Return an object as a buffer. That of a string has its zero, too."""
    data = data_of(machine, value)
    if isinstance(data, Integer):
        result = Bytes(Kind.BUFFER, machine.integer_size)
        bits.store_number(data.number, result.bytes())
        return result
    if not isinstance(data, Bytes):
        raise WrongType
    if data.kind == Kind.BUFFER:
        return data
    result = Bytes(Kind.BUFFER, data.size + 1)
    result.bytes()[: data.size].copy_from(data.bytes())
    return result


def to_string(machine: Machine, value: Value) -> Bytes:
    """Return an object as a string: hexadecimal digits, of a buffer those of each byte."""
    data = data_of(machine, value)
    if isinstance(data, Integer):
        digits = 2 * machine.integer_size
        result = Bytes(Kind.STRING, digits)
        text = result.bytes()
        for index in range(digits):
            text[index] = DIGITS[data.number >> (4 * (digits - 1 - index)) & 15]
        return result
    if not isinstance(data, Bytes):
        raise WrongType
    if data.kind == Kind.STRING:
        return data
    return pairs(data.bytes())


def pairs(data: Slice[u8]) -> Bytes:
    """Return bytes as hexadecimal numbers of two digits, with spaces between them."""
    if len(data) == 0:
        return Bytes(Kind.STRING, 0)
    result = Bytes(Kind.STRING, len(data) * 5 - 1)
    text = result.bytes()
    text.fill(ord(" "))
    for index in range(len(data)):
        text[index * 5] = ord("0")
        text[index * 5 + 1] = ord("x")
        text[index * 5 + 2] = DIGITS[data[index] >> 4]
        text[index * 5 + 3] = DIGITS[data[index] & 15]
    return result


def string_of(text: Slice[u8]) -> Bytes:
    """Return a new string."""
    result = Bytes(Kind.STRING, len(text))
    result.bytes().copy_from(text)
    return result


@no_raise
def without_spaces(text: Slice[u8]) -> Slice[u8]:
    """Return a text from its first letter on that shows."""
    start: u64 = 0
    while start < len(text) and text[start] <= ord(" "):
        start += 1
    return text[start:]


@no_raise
def without_prefix(text: Slice[u8]) -> Slice[u8]:
    """Return hexadecimal text without its "0x"."""
    if len(text) >= 2 and text[0] == ord("0") and text[1] | 0x20 == ord("x"):
        return text[2:]
    return text


@no_raise
def hexadecimal(text: Slice[u8], most: u64) -> u64:
    """Return the number that the digits at the beginning make, at most so many of them; zeroes in front do not count."""
    result: u64 = 0
    used: u64 = 0
    for letter in text:
        digit = digit_of(letter)
        if digit > 15 or used == most:
            return result
        result = result << 4 | digit
        if result != 0:
            used += 1
    return result


@no_raise
def decimal(text: Slice[u8], most: u64) -> u64:
    """Return the number that the digits at the beginning make, as many of them as do not go beyond `most`."""
    result: u64 = 0
    for letter in text:
        digit = digit_of(letter)
        if digit > 9 or result > most // 10 or result * 10 > most - digit:
            return result
        result = result * 10 + digit
    return result


@no_raise
def digit_of(letter: u8) -> u64:
    """Return what a hexadecimal digit is worth; 16 if it is none."""
    if ord("0") <= letter <= ord("9"):
        return u64(letter) - ord("0")
    small = letter | 0x20
    if ord("a") <= small <= ord("f"):
        return u64(small) - ord("a") + 10
    return 16
