"""MADT: the processors, the interrupt chips, and how the old PC's interrupts reach them.

After the header come the address of the local APICs, flags, and entries, each with its kind and its
length. Kinds that we do not know are skipped.

Source: ACPI 6.5, section 5.2.12.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Final

from core import endian
from kernel.cpu import processor
from lang import Array, Slice, over, struct, u8, u16, u32, u64, usize
from modules.acpi.tables.root import signature
from modules.acpi.tables.table import BadTable

MADT: Final[u32] = signature("APIC")

ADDRESS: Final = 36  # offsets in the table
FLAGS: Final = 40
ENTRIES: Final = 44

HAS_8259: Final[u32] = 1 << 0
ENABLED: Final[u32] = 1 << 0
BROADCAST: Final[u32] = 0xFF  # no processor has this number as its local APIC's
ALL_PROCESSORS: Final[u32] = 0xFFFF_FFFF

MOST_CHIPS: Final = 64
ISA_INTERRUPTS: Final = 16


@over(u8)
class Kind(IntEnum):
    """ACPI 6.5, table 5.21."""

    LOCAL_APIC = 0
    IO_APIC = 1
    SOURCE_OVERRIDE = 2
    LOCAL_APIC_NMI = 4
    LOCAL_APIC_ADDRESS = 5
    LOCAL_X2APIC = 9
    LOCAL_X2APIC_NMI = 10


@over(u16)
class Signal(IntFlag):
    """How a line says that it interrupts: polarity in two bits, trigger in the next two, each 0 if it
    is as the bus has it. ACPI 6.5, table 5.26."""

    ACTIVE_HIGH = 1
    ACTIVE_LOW = 3
    EDGE = 1 << 2
    LEVEL = 3 << 2


POLARITY: Final[Signal] = Signal.ACTIVE_LOW
TRIGGER: Final[Signal] = Signal.LEVEL


@struct
class IOAPIC:
    """An interrupt chip."""

    id: u8
    address: u64
    first: u32  # global number of its first line


@struct
class Route:
    """Where an interrupt of the old PC arrives."""

    line: u32  # its global number
    signal: Signal


@struct
class LocalNMI:
    """Which of a local APIC's two lines is the NMI."""

    processor: u32  # its ACPI number, or ALL_PROCESSORS
    signal: Signal
    line: u8


@struct
class Interrupts:
    """What the table says."""

    local_address: u64
    has_8259: bool

    processor_count: usize
    apic_ids: Array[u32, processor.LIMIT]  # of the processors that can be started
    acpi_ids: Array[u32, processor.LIMIT]  # by which ACPI names them
    ignored_processors: u32  # beyond our limit

    chip_count: usize
    chips: Array[IOAPIC, MOST_CHIPS]

    isa: Array[Route, ISA_INTERRUPTS]

    nmi_count: usize
    nmis: Array[LocalNMI, MOST_CHIPS]


def read(table: Slice[u8], into: Interrupts) -> None:
    """Take the table apart.

    Raises:
        BadTable: an entry is cut off or too short, or a line is none.
    """
    if len(table) < ENTRIES:
        raise BadTable
    _clear(into)
    into.local_address = endian.load_u32(table, ADDRESS)
    into.has_8259 = endian.load_u32(table, FLAGS) & HAS_8259 != 0

    rest = table[ENTRIES:]
    while len(rest) > 0:
        if len(rest) < 2 or rest[1] < 2 or rest[1] > len(rest):
            raise BadTable
        _read_entry(rest[: rest[1]], into)
        rest = rest[rest[1] :]


def _clear(into: Interrupts) -> None:
    """Forget everything; an interrupt of the old PC has its own number unless the table says else."""
    into.processor_count = 0
    into.ignored_processors = 0
    into.chip_count = 0
    into.nmi_count = 0
    for number in range(u32(ISA_INTERRUPTS)):
        into.isa[number].line = number
        into.isa[number].signal = Signal(0)


def _read_entry(entry: Slice[u8], into: Interrupts) -> None:
    match entry[0]:
        case Kind.LOCAL_APIC:
            _require(entry, 8)
            if entry[3] != BROADCAST:
                _add_processor(into, entry[3], entry[2], endian.load_u32(entry, 4))
        case Kind.LOCAL_X2APIC:
            _require(entry, 16)
            id, flags = endian.load_u32(entry, 4), endian.load_u32(entry, 8)
            _add_processor(into, id, endian.load_u32(entry, 12), flags)
        case Kind.IO_APIC:
            _require(entry, 12)
            _add_chip(into, entry)
        case Kind.SOURCE_OVERRIDE:
            _require(entry, 10)
            _add_override(into, entry)
        case Kind.LOCAL_APIC_NMI:
            _require(entry, 6)
            all_or_one = ALL_PROCESSORS if entry[2] == 0xFF else u32(entry[2])
            _add_nmi(into, all_or_one, endian.load_u16(entry, 3), entry[5])
        case Kind.LOCAL_X2APIC_NMI:
            _require(entry, 12)
            _add_nmi(into, endian.load_u32(entry, 4), endian.load_u16(entry, 2), entry[8])
        case Kind.LOCAL_APIC_ADDRESS:
            _require(entry, 12)
            into.local_address = endian.load_u64(entry, 4)


def _require(entry: Slice[u8], size: usize) -> None:
    if len(entry) < size:
        raise BadTable


def _add_processor(into: Interrupts, apic_id: u32, acpi_id: u32, flags: u32) -> None:
    """Note a processor that is there. Firmware may list one twice, once for each kind of entry."""
    if flags & ENABLED == 0:
        return
    for known in into.apic_ids[: into.processor_count]:
        if known == apic_id:
            return
    if into.processor_count == processor.LIMIT:
        into.ignored_processors += 1
        return
    into.apic_ids[into.processor_count] = apic_id
    into.acpi_ids[into.processor_count] = acpi_id
    into.processor_count += 1


def _add_chip(into: Interrupts, entry: Slice[u8]) -> None:
    address = endian.load_u32(entry, 4)
    if into.chip_count == MOST_CHIPS or address == 0:
        raise BadTable
    chip = into.chips[into.chip_count]
    chip.id = entry[2]
    chip.address = address
    chip.first = endian.load_u32(entry, 8)
    into.chip_count += 1


def _add_override(into: Interrupts, entry: Slice[u8]) -> None:
    number = entry[3]
    if number >= ISA_INTERRUPTS:
        raise BadTable
    into.isa[number].line = endian.load_u32(entry, 4)
    into.isa[number].signal = Signal(endian.load_u16(entry, 8) & 0xF)


def _add_nmi(into: Interrupts, acpi_id: u32, flags: u16, line: u8) -> None:
    if line > 1 or into.nmi_count == MOST_CHIPS:
        raise BadTable
    nmi = into.nmis[into.nmi_count]
    nmi.processor = acpi_id
    nmi.signal = Signal(flags & 0xF)
    nmi.line = line
    into.nmi_count += 1
