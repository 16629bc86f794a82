"""Says where devices are that the firmware describes: the mouse, and what QEMU tells firmware by."""

from __future__ import annotations

from typing import Annotated

from kernel.log import log
from kernel.module.description import Device, Module
from lang import section
from modules.acpi.firmware import offers


def attach(device: Device) -> None:
    uses = offers.used_by(device.name)
    log.info(
        f"described: {device.kind} {device.name} at {device.address:#x}: {uses.port:#x}, {uses.port_count} ports, interrupt {uses.line.number}"
    )


MODULE: Annotated[Module, section(".module")] = Module(
    name="described",
    author="the tests",
    description="says where devices are",
    version="1.0",
    licence="MIT",
    devices="PNP0F13;QEMU0002",
    attach=attach,
)
