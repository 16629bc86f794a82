"""edu: QEMU's device for lessons, which computes factorials."""

from __future__ import annotations

from typing import Annotated

from kernel.cpu import mmio
from kernel.log import log
from kernel.module.description import Device, Module
from lang import section, spin_hint
from modules.drivers.pci import scan

FACTORIAL, STATUS, IS_COMPUTING = 0x08, 0x20, 1


def attach(device: Device) -> None:
    registers = scan.at(device.address).map_memory(0)
    mmio.write32(registers + FACTORIAL, 10)
    while mmio.read32(registers + STATUS) & IS_COMPUTING != 0:
        spin_hint()
    log.info(f"the factorial of 10 is {mmio.read32(registers + FACTORIAL)}")


MODULE: Annotated[Module, section(".module")] = Module(
    name="edu",
    author="the tests",
    description="computes factorials",
    version="1.0",
    licence="MIT",
    devices="PCI 1234:11e8",
    attach=attach,
)
