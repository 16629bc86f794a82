"""A driver for QEMU's `e1000e` that has it interrupt by MSI-X, says what came, and lets go of it again.

A cause that is written to ICS is one that came; IVAR leads the cause "other" to the first entry of the table.

Source: Intel 82574 GbE Controller Family Datasheet, sections 10.2.4.2 (ICS), 10.2.4.4 (IMS), 10.2.4.8 (IVAR).
"""

from __future__ import annotations

from typing import Annotated, Final

from kernel.cpu import mmio
from kernel.interrupt.routing import Handler
from kernel.log import log
from kernel.mem.layout import VirtAddr
from kernel.module.description import Device, Module
from kernel.sync.wait_queue import WaitQueue
from kernel.time import clock
from lang import Atomic, Ptr, irq_safe, no_raise, section, u32, u64
from modules.drivers.pci import messages, scan

CAUSE: Final[u64] = 0xC0  # ones that are written clear it
SET_CAUSE: Final[u64] = 0xC8
LET_IN: Final[u64] = 0xD0
ENTRIES: Final[u64] = 0xE4
OTHER: Final[u32] = 1 << 24
OTHER_TO_FIRST: Final[u32] = 1 << 19
TIMES: Final = 3
WAIT_NS: Final[u64] = 1_000_000_000

registers: VirtAddr = 0
handler: Handler
came: Atomic[u32]
has_come: WaitQueue


def attach(device: Device) -> None:
    """Have the device interrupt some times, one after the other."""
    global registers
    function = scan.at(device.address)
    registers = function.map_memory(0)
    messages.use(function[0], handler, on_interrupt)
    mmio.write32(registers + ENTRIES, OTHER_TO_FIRST)
    for number in range(u32(TIMES)):
        wanted = number + 1
        mmio.write32(registers + LET_IN, OTHER)
        mmio.write32(registers + SET_CAUSE, OTHER)
        has_come.wait_until(lambda wanted=wanted: came.load() >= wanted, clock.uptime() + WAIT_NS)
    log.info(f"network: {came.load()} messages came")


def detach(device: Device) -> None:
    messages.stop(scan.at(device.address)[0], handler)


@irq_safe
@no_raise
def on_interrupt(mine: Ptr[Handler]) -> bool:
    mmio.write32(registers + CAUSE, OTHER)
    came.fetch_add(1)
    has_come.wake_all()
    return True


MODULE: Annotated[Module, section(".module")] = Module(
    name="network",
    author="the tests",
    description="has a device interrupt by MSI-X",
    version="1.0",
    licence="MIT",
    devices="PCI 8086:10d3",
    attach=attach,
    detach=detach,
)
