"""Fields of devices that are not read byte by byte, but asked: on an SMBus, on a serial bus, behind IPMI.

Reading and writing are both one transfer. Its buffer holds a status byte, a length byte, and data: what is written before,
what was read afterwards.

Source: ACPI 6.5, sections 5.5.2.4.5.2 (generic serial bus), 5.5.2.4.4 (IPMI), 13.7 (SMBus), 19.6.46 (Field).
"""

from __future__ import annotations

from typing import Final

from lang import Slice, no_raise, u8, u64
from modules.acpi.aml.errors import WrongType
from modules.acpi.aml.field_unit import FieldUnit, Protocol, Space
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.values import Bytes, Kind

HEAD: Final[u64] = 2  # status and length
SMBUS_SIZE: Final[u64] = 34
IPMI_SIZE: Final[u64] = 66
MOST_DATA: Final[u64] = 255


@no_raise
def is_bus(field: FieldUnit) -> bool:
    """Whether a field is reached by transfers."""
    region = field.region
    if region is None or region.table is not None:
        return False
    space = region.space
    return space == Space.SMBUS or space == Space.IPMI or space == Space.GENERIC_SERIAL_BUS


def transfer(machine: Machine, field: FieldUnit, data: Slice[u8]) -> Bytes:
    """Carry out a transfer with what is to be written, and return its buffer."""
    region = field.region
    if region is None:
        raise WrongType
    machine.count_operation()
    result = Bytes(Kind.BUFFER, size_of(field, region.space))
    count = min(len(data), result.size)
    result.bytes()[:count].copy_from(data[:count])
    machine.platform.transfer(region, field.bit_offset >> 3, field.attribute, result.bytes())
    return result


@no_raise
def size_of(field: FieldUnit, space: u8) -> u64:
    """Return how many bytes the buffer of a transfer has."""
    match space:
        case Space.SMBUS:
            return SMBUS_SIZE
        case Space.IPMI:
            return IPMI_SIZE
        case _:
            return HEAD + data_size(field)


@no_raise
def data_size(field: FieldUnit) -> u64:
    match field.attribute:
        case Protocol.QUICK:
            return 0
        case Protocol.SEND_RECEIVE | Protocol.BYTE:
            return 1
        case Protocol.WORD | Protocol.PROCESS_CALL:
            return 2
        case Protocol.BYTES | Protocol.RAW_BYTES | Protocol.RAW_PROCESS_BYTES:
            return u64(field.attribute_length)
        case _:
            return MOST_DATA
