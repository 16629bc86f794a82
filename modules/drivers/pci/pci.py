"""Finds the devices of PCI, shows them in /dev/pci, and has their drivers attached.

A driver's kind is `PCI` and the identity, as in `PCI 1234:11e8`; its address is the place of the function (scan.at), and its name
`pci` and that of the folder in /dev/pci.
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
from kernel.module import loader, unloading
from kernel.module.description import Device, Module
from lang import Array, Ptr, Slice, address_of, no_raise, section, u8, u64
from modules.acpi import kept
from modules.acpi.tables import mcfg, table
from modules.acpi.tables.mcfg import MCFG, Window
from modules.acpi.tables.table import BadTable
from modules.drivers.pci import (
    configuration,
    files,
    lines,  # noqa: F401 - for drivers, which find it in this module, and messages
    messages,  # noqa: F401
    scan,
)
from modules.drivers.pci.configuration import MOST_WINDOWS
from modules.drivers.pci.function import Function


def attach(device: Device) -> None:
    """Find everything.

    Raises:
        MemoryError: there is too little memory.
    """
    if configuration.window_count == 0:  # else they were mapped when the module was here before
        find_windows()
    scan.begin()
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
        attach_driver(address_of(scan.functions[index]))


def detach(device: Device) -> None:
    """Let drivers know that their devices cannot be reached any more, and show none."""
    for index in range(scan.count):
        storage = Array[u8, 32]()
        name = TextBuffer(storage[:])
        write_name(name, address_of(scan.functions[index]))
        unloading.detach(name.text())
    folder = device_class.pci
    if folder is not None:
        folder.clear()


def find_windows() -> None:
    """Map all windows that tables tell of."""
    for index in range(kept.count):
        found = kept.content(index)
        if table.signature_of(found) == MCFG:
            map_windows(found)


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


def attach_driver(function: Ptr[Function]) -> None:
    """Let the first driver that can have a function."""
    kind_storage = Array[u8, 24]()
    kind = TextBuffer(kind_storage[:])
    text(kind, f"PCI {function.vendor:04x}:{function.device:04x}")
    name_storage = Array[u8, 32]()
    name = TextBuffer(name_storage[:])
    write_name(name, function)
    loader.attach(kind.text(), name.text(), function.place)


@no_raise
def write_name(out: TextBuffer, function: Ptr[Function]) -> None:
    """Write the name of a function as a device."""
    out.write(b"pci ")
    files.write_place(out, function.place)


MODULE: Annotated[Module, section(".module")] = Module(
    name="PCI",
    author="the authors of PatchworkOS",
    description="finds the devices on PCI, and shows them",
    version="1.0",
    licence="MIT",
    devices="BOOT_ALWAYS",
    attach=attach,
    detach=detach,
)
