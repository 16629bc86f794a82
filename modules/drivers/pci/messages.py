"""Interrupts as messages: the device writes a number to an address, and a processor is interrupted.

    MSI      address and number stand in the configuration space
    MSI-X    in a table in the device's memory, an entry for each reason; here all have the first one's

Unlike a line, a message is no other device's, and it does not overtake what the device wrote before.

Source: PCI Local Bus Specification 3.0, section 6.8.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import mmio
from kernel.interrupt import controller, routing
from kernel.interrupt.routing import Handle, Handler, NoVector
from kernel.mem.layout import VirtAddr
from kernel.module.description import NotUsable
from lang import no_raise, truncate, u16, u32, u64, usize
from modules.drivers.pci import configuration
from modules.drivers.pci.function import Capability, Command, Function, RangeKind

# MSI: bits of the first register, whose upper half is the control.
MSI_ENABLED: Final[u32] = 1 << 16
MSI_SEVERAL: Final[u32] = 7 << 20
MSI_WIDE: Final[u32] = 1 << 23

# MSI-X: likewise.
MSIX_ENABLED: Final[u32] = 1 << 31
MSIX_ALL_MASKED: Final[u32] = 1 << 30
MSIX_LAST: Final[u32] = 0x7FF  # the number of the last entry
ENTRY_SIZE: Final[u64] = 16
ENTRY_MASKED: Final[u32] = 1


def use(function: Function, handler: Handler, handle: Handle, target: u16 = 0) -> None:
    """Have a handler called when a function interrupts; it stays where it is until `stop`.

    target: the number of the processor to interrupt.

    Raises:
        NotUsable: the function cannot send messages, there are too many of them, or none reaches the processor.
        MemoryError: there is too little memory for the tables.
    """
    has_table = function.capability(Capability.MSI_X) != 0
    if not has_table and function.capability(Capability.MSI) == 0:
        raise NotUsable
    address = controller.message_address(target)
    if address == 0:
        raise NotUsable
    table: VirtAddr = map_table(function) if has_table else u64(0)
    try:
        vector = routing.add_message(handler, handle, target)
    except NoVector:
        raise NotUsable
    if has_table:
        use_table(function, table, address, u32(vector))
    else:
        use_register(function, address, u32(vector))
    function.set_command(Command.MASTER | Command.NO_LINE)


@no_raise
def stop(function: Function, handler: Handler) -> None:
    """Have the function interrupt no more; afterwards the handler is not running anywhere."""
    for which, enabled in (
        (Capability.MSI_X, MSIX_ENABLED),
        (Capability.MSI, MSI_ENABLED),
    ):
        at = function.capability(which)
        if at != 0:
            control = configuration.read(function.place, at)
            configuration.write(function.place, at, control & ~enabled)
    routing.remove(handler)


@no_raise
def use_register(function: Function, address: u64, number: u32) -> None:
    """Turn MSI on."""
    at = function.capability(Capability.MSI)
    control = configuration.read(function.place, at)
    configuration.write(function.place, at + 4, truncate(u32, address))
    if control & MSI_WIDE != 0:
        configuration.write(function.place, at + 8, truncate(u32, address >> 32))
        configuration.write(function.place, at + 12, number)
    else:
        configuration.write(function.place, at + 8, number)
    configuration.write(function.place, at, control & ~MSI_SEVERAL | MSI_ENABLED)


@no_raise
def use_table(function: Function, table: VirtAddr, address: u64, number: u32) -> None:
    """Turn MSI-X on, with the same message for all reasons."""
    at = function.capability(Capability.MSI_X)
    control = configuration.read(function.place, at)
    configuration.write(function.place, at, control | MSIX_ENABLED | MSIX_ALL_MASKED)
    for index in range(u64(control >> 16 & MSIX_LAST) + 1):
        entry = table + index * ENTRY_SIZE
        mmio.write32(entry, truncate(u32, address))
        mmio.write32(entry + 4, truncate(u32, address >> 32))
        mmio.write32(entry + 8, number)
        mmio.write32(entry + 12, mmio.read32(entry + 12) & ~ENTRY_MASKED)
    configuration.write(function.place, at, control & ~MSIX_ALL_MASKED | MSIX_ENABLED)


def map_table(function: Function) -> VirtAddr:
    """Map the table of messages.

    Raises:
        NotUsable: it does not lie in the memory of the device.
    """
    at = function.capability(Capability.MSI_X)
    entries = u64(configuration.read(function.place, at) >> 16 & MSIX_LAST) + 1
    where = configuration.read(function.place, at + 4)
    index = usize(where & 7)
    offset = u64(where & ~u32(7))
    if index >= len(function.ranges) or function.ranges[index].kind != RangeKind.MEMORY:
        raise NotUsable
    if offset + entries * ENTRY_SIZE > function.ranges[index].size:
        raise NotUsable
    return function.map_memory(index) + offset
