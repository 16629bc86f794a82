"""A driver for QEMU's `edu` that has it interrupt by MSI, says what came, and lets go of it again."""

from __future__ import annotations

from typing import Annotated, Final

from kernel.cpu import mmio
from kernel.interrupt.routing import Handler
from kernel.log import log
from kernel.mem.layout import VirtAddr
from kernel.module.description import Device, Module
from kernel.sync.wait_queue import WaitQueue
from lang import Atomic, Ptr, irq_safe, no_raise, section, u32, u64
from modules.drivers.pci import messages, scan

STATUS: Final[u64] = 0x24
RAISE: Final[u64] = 0x60
ACKNOWLEDGE: Final[u64] = 0x64
REASONS: Final = 3

registers: VirtAddr = 0
handler: Handler
came: Atomic[u32]
has_come: WaitQueue


def attach(device: Device) -> None:
    """Have the device interrupt for some reasons, one after the other."""
    global registers
    function = scan.at(device.address)
    registers = function.map_memory(0)
    messages.use(function[0], handler, on_interrupt)
    for reason in range(u32(REASONS)):
        wanted = reason + 1
        mmio.write32(registers + RAISE, 1 << reason)
        has_come.wait_uninterrupted(lambda wanted=wanted: came.load() == wanted)
    log.info(f"edu: {came.load()} messages came")


def detach(device: Device) -> None:
    messages.stop(scan.at(device.address)[0], handler)


@irq_safe
@no_raise
def on_interrupt(mine: Ptr[Handler]) -> bool:
    status = mmio.read32(registers + STATUS)
    mmio.write32(registers + ACKNOWLEDGE, status)
    came.fetch_add(1)
    has_come.wake_all()
    return status != 0


MODULE: Annotated[Module, section(".module")] = Module(
    name="edu",
    author="the tests",
    description="has a device interrupt by MSI",
    version="1.0",
    licence="MIT",
    devices="PCI 1234:11e8",
    attach=attach,
    detach=detach,
)
