"""ACPI: finds the devices that static tables tell of, and has modules attached to them.

In two steps. First the tables are read, with the start's own page tables; then, when the kernel can map
devices, everything that they told of is attached.
"""

from __future__ import annotations

from typing import Annotated

from kernel.log import log
from kernel.mem.layout import PhysAddr
from kernel.module import linked
from kernel.module.description import Description
from lang import section
from modules.acpi.tables import fadt, root
from modules.acpi.tables.fadt import BootArchitecture, FixedHardware
from modules.acpi.tables.root import NoTable, Tables
from modules.acpi.tables.table import AddressSpace, BadTable

tables: Tables
hardware: FixedHardware
has_hardware: bool = False


def read(rsdp: PhysAddr) -> None:
    """Read all tables that there are; one that makes no sense is one that is not there."""
    global has_hardware
    try:
        root.read(rsdp, tables)
    except BadTable:
        log.warning(f"ACPI's root pointer at {rsdp:#x} leads nowhere")
        return
    log.debug(f"{tables.count} ACPI tables")
    try:
        fadt.read(tables.find(fadt.FADT), hardware)
        has_hardware = True
    except (BadTable, NoTable):
        log.warning("the ACPI table FADT is missing or makes no sense")


def attach_devices(address: PhysAddr) -> None:
    """Attach what the tables told of. The clock with the battery is there unless they say otherwise."""
    if has_hardware and hardware.timer.address != 0:
        is_port = hardware.timer.address_space_id == AddressSpace.SYSTEM_IO
        if is_port:
            linked.attach("PM timer", hardware.timer.address)
    if not has_hardware or hardware.boot_architecture & BootArchitecture.NO_RTC == 0:
        linked.attach("PNP0B00", 0x70)


TABLES: Annotated[Description, section(".modules")] = Description("acpi", "RSDP", read)
DEVICES: Annotated[Description, section(".modules")] = Description(
    "acpi", "ACPI devices", attach_devices
)
