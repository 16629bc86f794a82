"""Fields: some bits of registers or of a buffer, with a name.

Source: ACPI 6.5, sections 19.6.8 (BankField), 19.6.48 (Field), 19.6.64 (IndexField), 19.6.19 (CreateField).
"""

from __future__ import annotations

from enum import IntEnum

from lang import over, u8, u64
from modules.acpi.aml.values import Bytes, Kind, Region, Value


@over(u8)
class Update(IntEnum):
    """What is written to bits beside the field."""

    PRESERVE = 0
    ONES = 1
    ZEROS = 2


@over(u8)
class Space(IntEnum):
    """Kinds of registers. ACPI 6.5, table 5.178."""

    SYSTEM_MEMORY = 0
    SYSTEM_IO = 1
    PCI_CONFIGURATION = 2
    EMBEDDED_CONTROL = 3
    SMBUS = 4
    CMOS = 5
    PCI_BAR_TARGET = 6
    IPMI = 7
    GENERAL_PURPOSE_IO = 8
    GENERIC_SERIAL_BUS = 9
    PCC = 10


@over(u8)
class Protocol(IntEnum):
    """How a serial bus moves data. ACPI 6.5, table 19.13."""

    QUICK = 0x02
    SEND_RECEIVE = 0x04
    BYTE = 0x06
    WORD = 0x08
    BLOCK = 0x0A
    BYTES = 0x0B
    PROCESS_CALL = 0x0C
    BLOCK_PROCESS_CALL = 0x0D
    RAW_BYTES = 0x0E
    RAW_PROCESS_BYTES = 0x0F


class FieldUnit(Value):
    """Bits of registers.

    With a bank, the bank's register holds the bank's number when they are touched. With an index, they are bits of what the
    index's register chooses, seen through the data register.
    """

    region: Region | None  # None: there is an index
    access_size: u64  # how many bytes are touched at once
    update: u8  # Update
    has_lock: bool
    bit_offset: u64
    bit_length: u64
    attribute: u8  # of a bus: its Protocol
    attribute_length: u8  # for protocols that say how many bytes they move
    bank: FieldUnit | None
    bank_number: u64
    index: FieldUnit | None
    data: FieldUnit | None

    def __init__(self, bit_offset: u64, bit_length: u64) -> None:
        super().__init__(Kind.FIELD_UNIT)
        self.bit_offset = bit_offset
        self.bit_length = bit_length
        self.access_size = 1


class BufferField(Value):
    """Bits of a buffer, or of a string."""

    data: Bytes
    bit_offset: u64
    bit_length: u64
    is_buffer: bool  # it reads as a buffer, however short it is

    def __init__(self, data: Bytes, bit_offset: u64, bit_length: u64) -> None:
        super().__init__(Kind.BUFFER_FIELD)
        self.data = data
        self.bit_offset = bit_offset
        self.bit_length = bit_length
