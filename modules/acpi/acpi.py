"""ACPI: finds the devices that static tables tell of, and has modules attached to them.

In steps. First the tables are read, with the start's own page tables. When the kernel can map devices,
those that count are attached, by which the clock is set; and then all others.
"""

from __future__ import annotations

from typing import Annotated

from kernel.log import log
from kernel.mem.layout import PhysAddr
from kernel.module import linked
from kernel.module.description import Description
from lang import section
from modules.acpi.tables import fadt, hpet, madt, root
from modules.acpi.tables.fadt import BootArchitecture, FixedHardware
from modules.acpi.tables.madt import Interrupts
from modules.acpi.tables.root import NoTable, Tables
from modules.acpi.tables.table import AddressSpace, BadTable

tables: Tables
hardware: FixedHardware
has_hardware: bool = False
interrupts: Interrupts
has_interrupts: bool = False
hpet_address: PhysAddr = 0  # 0: there is none


def read(rsdp: PhysAddr) -> None:
    """Read all tables that there are; one that makes no sense is one that is not there."""
    global has_hardware, has_interrupts, hpet_address
    try:
        root.read(rsdp, tables)
    except BadTable:
        log.warning(f"ACPI's root pointer at {rsdp:#x} leads nowhere")
        return
    try:
        fadt.read(tables.find(fadt.FADT), hardware)
        has_hardware = True
    except (BadTable, NoTable):
        log.warning("the ACPI table FADT is missing or makes no sense")
    try:
        madt.read(tables.find(madt.MADT), interrupts)
        has_interrupts = True
    except (BadTable, NoTable):
        log.warning("the ACPI table MADT is missing or makes no sense")
    try:
        hpet_address = hpet.read(tables.find(hpet.HPET))
    except NoTable:
        pass
    except BadTable:
        log.warning("the ACPI table HPET makes no sense")


def attach_clocks(address: PhysAddr) -> None:
    """Attach what counts at a rate that is known."""
    if hpet_address != 0:
        linked.attach("PNP0103", hpet_address)
    is_port = hardware.timer.address_space_id == AddressSpace.SYSTEM_IO
    if has_hardware and is_port and hardware.timer.address != 0:
        linked.attach("PM timer", hardware.timer.address)


def attach_devices(address: PhysAddr) -> None:
    """Attach all others. The clock with the battery is there unless the tables say otherwise."""
    if has_interrupts:
        count, ignored = interrupts.processor_count, interrupts.ignored_processors
        log.info(f"processors: {count}, interrupt chips: {interrupts.chip_count}")
        if ignored > 0:
            log.warning(f"{ignored} processors are too many, and stay unused")
        linked.attach("PNP0003", interrupts.local_address)
        linked.attach("processors", 0)
    if not has_hardware or hardware.boot_architecture & BootArchitecture.NO_RTC == 0:
        linked.attach("PNP0B00", 0x70)


TABLES: Annotated[Description, section(".modules")] = Description("acpi", "RSDP", read)
CLOCKS: Annotated[Description, section(".modules")] = Description(
    "acpi", "ACPI clocks", attach_clocks
)
DEVICES: Annotated[Description, section(".modules")] = Description(
    "acpi", "ACPI devices", attach_devices
)
