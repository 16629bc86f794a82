"""What names that begin with an underscore stand for is checked when it is asked for, and mended where firmware is known to
err: such a value has the type that the specification says, or the evaluation fails.

    _STR            a string becomes the buffer of UTF-16 that it should be
    _HID, _CID      letters become capitals, and a star in front goes
    an integer      is made of a string or a buffer
    a buffer        is made of an integer or a string
    a package       is made around a single object

Source: ACPI 6.5, sections 5.6.8 (predefined names) and 6.1.
"""

from __future__ import annotations

from typing import Final

from core import endian
from lang import Slice, u8, u32, u64
from modules.acpi.aml import conversions
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import Bytes, Integer, Kind, Package, Value

# Names whose values are always of one type.
INTEGERS: Final = b"_ADR_BBN_BDN_CCA_GLK_LID_PSC_PXM_RMV_SEG_STA_SUN_TMP"
BUFFERS: Final = b"_CRS_PRS_DMA_FDI_GTF_MAT"
PACKAGES: Final = b"_BIF_BIX_CST_CPC_DLM_DSD_PCT_PRT_PRW_PSS_PTC_TSS_S0__S1__S2__S3__S4__S5_"


def repaired(machine: Machine, node: Node, value: Value) -> Value:
    """Return what a name's value should be.

    Raises:
        WrongType: it can be made nothing of this type.
    """
    name = node.name
    if name == letters(b"_STR"):
        return wide(value)
    if name == letters(b"_HID") or name == letters(b"_CID"):
        return identifier(machine, value)
    if is_among(name, INTEGERS[:]):
        if value.kind == Kind.STRING or value.kind == Kind.BUFFER:
            return Integer(conversions.to_integer(machine, value))
    elif is_among(name, BUFFERS[:]):
        if value.kind == Kind.STRING or value.kind == Kind.INTEGER:
            return conversions.to_buffer(machine, value)
    elif is_among(name, PACKAGES[:]) and Kind.INTEGER <= value.kind <= Kind.BUFFER:
        around = Package(machine.arena, 1)
        around.set(0, value)
        return around
    return value


def letters(name: Slice[u8]) -> u32:
    """Return a name as a node has it."""
    return endian.load_u32(name, 0)


def is_among(name: u32, names: Slice[u8]) -> bool:
    """Whether a name is one of a list of names of four letters each."""
    for start in range(u64(0), len(names) - 3, u64(4)):
        if endian.load_u32(names, start) == name:
            return True
    return False


def wide(value: Value) -> Value:
    """Return a string as UTF-16 with a zero at its end; what is none, as it is."""
    if not isinstance(value, Bytes) or value.kind != Kind.STRING:
        return value
    result = Bytes(Kind.BUFFER, 2 * value.size + 2)
    text = value.bytes()
    into = result.bytes()
    for index in range(len(text)):
        into[2 * index] = text[index]
    return result


def identifier(machine: Machine, value: Value) -> Value:
    """Return an identifier, or a package of them, in capitals and without a star in front."""
    if isinstance(value, Package):
        result = Package(machine.arena, value.count)
        for index in range(value.count):
            element = value.get(index)
            if element is not None:
                result.set(index, capital(element))
        return result
    return capital(value)


def capital(value: Value) -> Value:
    if not isinstance(value, Bytes) or value.kind != Kind.STRING:
        return value
    text = value.bytes()
    if len(text) > 0 and text[0] == ord("*"):
        text = text[1:]
    result = conversions.string_of(text)
    into = result.bytes()
    for index in range(len(into)):
        if ord("a") <= into[index] <= ord("z"):
            into[index] -= 32
    return result
