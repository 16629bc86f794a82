"""Finds the devices of PCI, shows them in /dev/pci, and has their drivers attached.

A driver's kind is `PCI` and the identity, as in `PCI 1234:11e8`; its address is the place of the function (scan.at).
"""

from __future__ import annotations

from typing import Annotated

from core.errors import BadAddress
from core.text.buffer import TextBuffer
from kernel.fs import device_class
from kernel.fs.text_file import text
from kernel.log import log
from kernel.mem import kernel_space
from kernel.mem.address_space import MemoryType
from kernel.mem.layout import PhysAddr
from kernel.module import linked
from kernel.module.description import Description
from lang import Array, Ptr, Slice, address_of, section, u8, u64
from modules.acpi import kept
from modules.acpi.tables import mcfg, table
from modules.acpi.tables.mcfg import MCFG, Window
from modules.acpi.tables.table import BadTable
from modules.drivers.pci import configuration, files, scan
from modules.drivers.pci.configuration import MOST_WINDOWS
from modules.drivers.pci.function import Function


def attach(address: PhysAddr) -> None:
    """Find everything.

    Raises:
        MemoryError: there is too little memory.
    """
    for index in range(kept.count):
        found = kept.content(index)
        if table.signature_of(found) == MCFG:
            map_windows(found)
    scan.scan(0, 0)
    for index in range(configuration.window_count):
        window = configuration.windows[index]
        if window.segment != 0:
            scan.scan(window.segment, window.first_bus)
    by = "memory" if configuration.window_count > 0 else "ports"
    log.info(f"pci: {scan.count} functions of devices, found by {by}")
    folder = device_class.pci
    for index in range(scan.count):
        if folder is not None:
            files.add(folder, address_of(scan.functions[index]))
    for index in range(scan.count):
        attach_drivers(address_of(scan.functions[index]))


def map_windows(content: Slice[u8]) -> None:
    """Map the windows that a table tells of; one that makes no sense is left out."""
    for index in range(mcfg.count(content)):
        try:
            map_window(mcfg.window(content, index))
        except (BadTable, BadAddress, ValueError):
            log.warning("pci: a window to configuration spaces makes no sense")


def map_window(window: Window) -> None:
    if configuration.window_count == MOST_WINDOWS:
        return
    size = (u64(window.last_bus) - window.first_bus + 1) * configuration.BUS_SIZE
    start = window.address + u64(window.first_bus) * configuration.BUS_SIZE
    mapped = configuration.windows[configuration.window_count]
    mapped.start = kernel_space.map_device(start, size, MemoryType.UNCACHED)
    mapped.segment = window.segment
    mapped.first_bus = window.first_bus
    mapped.last_bus = window.last_bus
    configuration.window_count += 1


def attach_drivers(function: Ptr[Function]) -> None:
    storage = Array[u8, 24]()
    out = TextBuffer(storage[:])
    text(out, f"PCI {function.vendor:04x}:{function.device:04x}")
    linked.attach_to(out.text(), function.place)


DESCRIPTION: Annotated[Description, section(".modules")] = Description("pci", "BOOT_ALWAYS", attach)
