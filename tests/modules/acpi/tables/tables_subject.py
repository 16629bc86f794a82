"""Target code for the tests of ACPI's static tables."""

from __future__ import annotations

from lang import Slice, u8, u32, u64
from modules.acpi.tables import facs, fadt, hpet, madt, mcfg, root
from modules.acpi.tables.fadt import FixedHardware
from modules.acpi.tables.madt import Interrupts
from modules.acpi.tables.root import Tables

tables: Tables
interrupts: Interrupts
hardware: FixedHardware


def read_root(rsdp: u64) -> u64:
    root.read(rsdp, tables)
    return tables.count


def length_of(signature: u32) -> u64:
    return len(tables.find(signature))


def read_madt(rsdp: u64) -> None:
    root.read(rsdp, tables)
    madt.read(tables.find(madt.MADT), interrupts)


def read_hpet(rsdp: u64) -> u64:
    root.read(rsdp, tables)
    return hpet.read(tables.find(hpet.HPET))


def read_fadt(rsdp: u64) -> None:
    root.read(rsdp, tables)
    fadt.read(tables.find(fadt.FADT), hardware)


def local_apics() -> tuple[u64, bool, u64, u32]:
    return (
        interrupts.local_address,
        interrupts.has_8259,
        interrupts.processor_count,
        interrupts.ignored_processors,
    )


def processor(index: u64) -> tuple[u32, u32]:
    return interrupts.apic_ids[index], interrupts.acpi_ids[index]


def chip_count() -> u64:
    return interrupts.chip_count


def chip(index: u64) -> tuple[u8, u64, u32]:
    chip = interrupts.chips[index]
    return chip.id, chip.address, chip.first


def isa(number: u64) -> tuple[u32, u64]:
    return interrupts.isa[number].line, u64(interrupts.isa[number].signal)


def nmi_count() -> u64:
    return interrupts.nmi_count


def nmi(index: u64) -> tuple[u32, u64, u8]:
    nmi = interrupts.nmis[index]
    return nmi.processor, u64(nmi.signal), nmi.line


def timer() -> tuple[u8, u64, bool]:
    has_32_bits = hardware.flags & fadt.Flag.TIMER_OF_32_BITS != 0
    return hardware.timer.address_space_id, hardware.timer.address, has_32_bits


def reset() -> tuple[u8, u64, u8]:
    return hardware.reset.address_space_id, hardware.reset.address, hardware.reset_value


def others() -> tuple[u64, u64, u64, u64]:
    return (
        hardware.dsdt,
        u64(hardware.sci_interrupt),
        u64(hardware.century),
        u64(hardware.boot_architecture),
    )


def control() -> tuple[u8, u64, u64, u64, u8]:
    a, b = hardware.control_a.address, hardware.control_b.address
    space = hardware.control_a.address_space_id
    return space, a, b, hardware.smi_command, hardware.acpi_enable


def events() -> tuple[u64, u64, u8]:
    return hardware.event_a.address, hardware.event_b.address, hardware.event_size


def general_events() -> tuple[u64, u8, u64, u8, u8]:
    return (
        hardware.general.block.address,
        hardware.general.size,
        hardware.second_general.block.address,
        hardware.second_general.size,
        hardware.second_general.first,
    )


def facs_place() -> u64:
    return hardware.facs


def check_facs(content: Slice[u8]) -> None:
    facs.check(content)


def read_mcfg(rsdp: u64) -> u64:
    """Return how many windows there are to the configuration spaces of PCI Express."""
    root.read(rsdp, tables)
    return mcfg.count(tables.find(mcfg.MCFG))


def window(index: u64) -> tuple[u64, u32, u32, u32]:
    found = mcfg.window(tables.find(mcfg.MCFG), index)
    return found.address, u32(found.segment), u32(found.first_bus), u32(found.last_bus)
