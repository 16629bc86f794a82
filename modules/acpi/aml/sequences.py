"""Strings, buffers and packages: joining, cutting, comparing, searching, and conversions by name.

Source: ACPI 6.5, sections 19.6.12 (Concatenate), 19.6.13 (ConcatenateResTemplate), 19.6.79 (Match), 19.6.80 (Mid),
19.6.137 to 19.6.141 (To…).
"""

from __future__ import annotations

from typing import Final

from core.text.buffer import TextBuffer
from lang import Array, Format, Slice, no_raise, u8, u64
from modules.acpi.aml import bits, conversions, elements, printing
from modules.acpi.aml.conversions import DIGITS
from modules.acpi.aml.errors import OutOfRange, WrongType
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.values import Bytes, Integer, Kind, Package, Value

END_TAG: Final = 0x79
NOWHERE: Final = 0xFFFF_FFFF_FFFF_FFFF


# Comparing --------------------------------------------------------------------------------------


def compare(machine: Machine, left: Value, right: Value) -> int:
    """Return how two objects are ordered, below, at or above 0. The type of the first counts."""
    first = conversions.data_of(machine, left)
    if isinstance(first, Bytes):
        second = conversions.to_bytes(machine, right, first.kind)
        return compare_bytes(first.bytes(), second.bytes())
    a = conversions.to_integer(machine, first)
    b = conversions.to_integer(machine, right)
    return int(a > b) - int(a < b)


@no_raise
def compare_bytes(left: Slice[u8], right: Slice[u8]) -> int:
    for index in range(min(len(left), len(right))):
        if left[index] != right[index]:
            return int(left[index]) - int(right[index])
    return int(len(left) > len(right)) - int(len(left) < len(right))


# Joining and cutting ----------------------------------------------------------------------------


def concatenate(machine: Machine, left: Value, right: Value) -> Value:
    """Return both, one after the other, as the type of the first; two integers make a buffer.

    Of an object that is no data, its type in words is taken: "[Device Object]".
    """
    first = data_or_words(machine, left)
    other = data_or_words(machine, right)
    if isinstance(first, Integer):
        made = Bytes(Kind.BUFFER, 2 * machine.integer_size)
        middle = machine.integer_size
        bits.store_number(first.number, made.bytes()[:middle])
        bits.store_number(conversions.to_integer(machine, other), made.bytes()[middle:])
        return made
    if not isinstance(first, Bytes):
        raise WrongType
    second = conversions.to_bytes(machine, other, first.kind)
    return joined(first.kind, first.bytes(), second.bytes())


def data_or_words(machine: Machine, value: Value) -> Value:
    """Return an integer, a string or a buffer as it is; of any other object, its type in words."""
    data = conversions.data_of(machine, value)
    if is_comparable(data):
        return data
    return text_of(f"[{printing.type_of_value(data)} Object]")


def joined(kind: Kind, first: Slice[u8], second: Slice[u8]) -> Bytes:
    result = Bytes(kind, len(first) + len(second))
    result.bytes()[: len(first)].copy_from(first)
    result.bytes()[len(first) :].copy_from(second)
    return result


def concatenate_resources(machine: Machine, left: Value, right: Value) -> Value:
    """Return the descriptors of two templates, and one end tag."""
    first = template_of(machine, left)
    second = template_of(machine, right)
    a = without_end_tag(first.bytes())
    b = without_end_tag(second.bytes())
    result = Bytes(Kind.BUFFER, len(a) + len(b) + 2)
    into = result.bytes()
    into[: len(a)].copy_from(a)
    into[len(a) : len(a) + len(b)].copy_from(b)
    into[len(a) + len(b)] = END_TAG
    return result


def template_of(machine: Machine, value: Value) -> Bytes:
    data = conversions.data_of(machine, value)
    if not isinstance(data, Bytes) or data.kind != Kind.BUFFER:
        raise WrongType
    return data


def without_end_tag(template: Slice[u8]) -> Slice[u8]:
    """Return a template up to its end tag.

    Raises:
        OutOfRange: it has none.
    """
    offset: u64 = 0
    while offset < len(template):
        tag = template[offset]
        if tag & 0xF8 == 0x78 and offset + 1 < len(template):
            return template[:offset]
        if tag & 0x80 == 0:
            offset += 1 + u64(tag & 7)
        elif offset + 2 < len(template):
            offset += 3 + bits.number_of(template[offset + 1 : offset + 3])
        else:
            raise OutOfRange
    if len(template) > 0:
        raise OutOfRange
    return template


def mid(machine: Machine, source: Value, start: u64, size: u64) -> Value:
    """Return a part of a string or buffer, or what there is of it; an integer is a buffer."""
    data = conversions.data_of(machine, source)
    whole = data if isinstance(data, Bytes) else conversions.to_buffer(machine, data)
    first = min(start, whole.size)
    count = min(size, whole.size - first)
    result = Bytes(whole.kind, count)
    result.bytes().copy_from(whole.bytes()[first : first + count])
    return result


# Searching --------------------------------------------------------------------------------------


def match(
    machine: Machine,
    package: Value,
    first: tuple[u8, Value],
    second: tuple[u8, Value],
    start: u64,
) -> u64:
    """Return the first element that both comparisons hold for; all bits: none."""
    data = conversions.data_of(machine, package)
    if not isinstance(data, Package):
        raise WrongType
    if start >= data.count:
        raise OutOfRange
    for index in range(start, data.count):
        element = elements.get(machine, data, index)
        if element is not None and is_comparable(element):
            a = holds(machine, element, first[0], first[1])
            if a and holds(machine, element, second[0], second[1]):
                return index
    return NOWHERE


def is_comparable(element: Value) -> bool:
    return isinstance(element, (Integer, Bytes))


def holds(machine: Machine, element: Value, comparison: u8, operand: Value) -> bool:
    """Whether an element compares as wanted. Operators: ACPI 6.5, table 19.20."""
    if comparison == 0:
        return True
    wanted = conversions.data_of(machine, operand)
    order = -compare(machine, wanted, element)
    match comparison:
        case 1:
            return order == 0
        case 2:
            return order <= 0
        case 3:
            return order < 0
        case 4:
            return order >= 0
        case 5:
            return order > 0
        case _:
            raise OutOfRange


# Conversions by name ----------------------------------------------------------------------------


def to_integer(machine: Machine, value: Value) -> u64:
    """Return what a string says, in decimal or, with "0x", in hexadecimal digits; else as by itself."""
    data = conversions.data_of(machine, value)
    if not isinstance(data, Bytes) or data.kind != Kind.STRING:
        return conversions.to_integer(machine, data)
    text = conversions.without_spaces(data.bytes())
    digits = conversions.without_prefix(text)
    if len(digits) < len(text):
        return conversions.hexadecimal(digits, 2 * machine.integer_size)
    return conversions.decimal(text, machine.mask)


def to_string(machine: Machine, value: Value, length: u64) -> Bytes:
    """Return the bytes of a buffer up to a zero, and at most so many, as a string."""
    data = conversions.to_buffer(machine, value)
    size: u64 = 0
    content = data.bytes()
    while size < len(content) and size < length and content[size] != 0:
        size += 1
    return conversions.string_of(content[:size])


def to_decimal_string(machine: Machine, value: Value) -> Bytes:
    """Return a number in decimal digits, or the bytes of a buffer so, with commas between them."""
    data = conversions.data_of(machine, value)
    if isinstance(data, Integer):
        return text_of(f"{data.number & machine.mask}")
    if not isinstance(data, Bytes):
        raise WrongType
    if data.kind == Kind.STRING:
        return data
    return list_of(data.bytes(), False)


def to_hex_string(machine: Machine, value: Value) -> Bytes:
    """Return a number in hexadecimal digits, or the bytes of a buffer so, with commas between them."""
    data = conversions.data_of(machine, value)
    if isinstance(data, Integer):
        return conversions.to_string(machine, data)
    if not isinstance(data, Bytes):
        raise WrongType
    if data.kind == Kind.STRING:
        return data
    return list_of(data.bytes(), True)


def text_of(message: Format) -> Bytes:
    """Return a short f-string as a string."""
    room = Array[u8, 32]()
    out = TextBuffer(room[:])
    message.write_to(out)
    return conversions.string_of(out.text())


def list_of(data: Slice[u8], is_hexadecimal: bool) -> Bytes:
    """Return numbers with commas between them."""
    room = Bytes(Kind.STRING, len(data) * 5)
    into = room.bytes()
    used: u64 = 0
    for index in range(len(data)):
        if index > 0:
            into[used] = ord(",")
            used += 1
        used += put_byte(data[index], into[used:], is_hexadecimal)
    return conversions.string_of(into[:used])


@no_raise
def put_byte(byte: u8, into: Slice[u8], is_hexadecimal: bool) -> u64:
    """Write a number of at most four letters; return how many there are."""
    if is_hexadecimal:
        into[0] = ord("0")
        into[1] = ord("x")
        into[2] = DIGITS[byte >> 4]
        into[3] = DIGITS[byte & 15]
        return 4
    digits: u64 = 1 if byte < 10 else 2 if byte < 100 else 3
    rest = byte
    for index in range(digits):
        into[digits - 1 - index] = DIGITS[rest % 10]
        rest //= 10
    return digits
