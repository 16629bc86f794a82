"""A driver for QEMU's `edu` that has it interrupt by its line, which other devices may be at, and counts what comes.

Whoever comes second has all of them interrupt, one after the other, and says how often each did.
"""

from __future__ import annotations

from typing import Annotated, Final

from kernel.cpu import mmio
from kernel.interrupt.routing import Handler
from kernel.log import log
from kernel.mem.layout import VirtAddr
from kernel.module.description import Device, Module
from kernel.sync.wait_queue import WaitQueue
from lang import Atomic, Ptr, irq_safe, no_raise, owner, section, u32, u64
from modules.drivers.pci import lines, scan

STATUS: Final[u64] = 0x24
RAISE: Final[u64] = 0x60
ACKNOWLEDGE: Final[u64] = 0x64
REASONS: Final = 3


class Edu:
    """One device."""

    place: u64
    registers: VirtAddr
    handler: Handler
    came: Atomic[u32]
    asked: Atomic[u32]  # how often its handler was called, for whichever device
    has_come: WaitQueue
    next: Edu | None

    def __init__(self, place: u64, registers: VirtAddr) -> None:
        self.place = place
        self.registers = registers

    @irq_safe
    @no_raise
    def serve(self) -> bool:
        self.asked.fetch_add(1)
        status = mmio.read32(self.registers + STATUS)
        if status == 0:
            return False
        mmio.write32(self.registers + ACKNOWLEDGE, status)
        self.came.fetch_add(1)
        self.has_come.wake_all()
        return True

    def interrupt(self) -> None:
        """Have the device interrupt for some reasons, one after the other."""
        before = self.came.load()
        for reason in range(u32(REASONS)):
            wanted = before + reason + 1
            mmio.write32(self.registers + RAISE, 1 << reason)
            self.has_come.wait_uninterrupted(lambda wanted=wanted: self.came.load() == wanted)


devices: Edu | None = None


def attach(device: Device) -> None:
    global devices
    function = scan.at(device.address)
    made = Edu(device.address, function.map_memory(0))
    number = lines.line_of(function[0]).number
    lines.use(function[0], made.handler, on_interrupt)
    made.next = devices
    devices = made
    each: Edu | None = made
    while each is not None:
        each.interrupt()
        each = each.next
    log.info(f"edu {device.address:#x} is at line {number}")
    each = made
    while each is not None:
        log.info(f"edu {each.place:#x} interrupted {each.came.load()} times")
        each = each.next


def detach(device: Device) -> None:
    global devices
    before: Edu | None = None
    each = devices
    while each is not None and each.place != device.address:
        before = each
        each = each.next
    if each is None:
        return
    lines.stop(scan.at(device.address)[0], each.handler)
    log.info(f"edu {each.place:#x} was asked {each.asked.load()} times")
    if before is None:
        devices = each.next
    else:
        before.next = each.next


@irq_safe
@no_raise
def on_interrupt(mine: Ptr[Handler]) -> bool:
    return owner(mine, Edu, "handler").serve()


MODULE: Annotated[Module, section(".module")] = Module(
    name="edu_line",
    author="the tests",
    description="has devices interrupt by their lines",
    version="1.0",
    licence="MIT",
    devices="PCI 1234:11e8",
    attach=attach,
    detach=detach,
)
