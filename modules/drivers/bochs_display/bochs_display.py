"""Finds the display, and lets it be the screen where the firmware has given none.

The mode that is set stays when the module goes, and so does the screen: the pixels are the kernel's.
"""

from __future__ import annotations

from typing import Annotated, Final

from core.errors import BadAddress
from core.handover import Screen
from kernel.fs import frame_buffer_files
from kernel.io import frame_buffer
from kernel.log import log
from kernel.module.description import Device, Module, NotUsable
from lang import section, sizeof, u16, u32, u64, usize
from modules.drivers.bochs_display import mode
from modules.drivers.pci import scan
from modules.drivers.pci.function import Command, RangeKind

WIDTH: Final[u16] = 1280
HEIGHT: Final[u16] = 800

PIXELS: Final[usize] = 0  # ranges of the device
REGISTERS: Final[usize] = 2


def attach(device: Device) -> None:
    """Let this be the screen, if there is none.

    Raises:
        NotUsable: it is no such display, has too little memory, or does not take the mode.
        MemoryError: there is too little memory for the tables that map it.
    """
    if frame_buffer.is_there():
        return
    function = scan.at(device.address)
    pixels = function.ranges[PIXELS]
    if pixels.kind != RangeKind.MEMORY or pixels.size < u64(WIDTH) * HEIGHT * sizeof(u32):
        log.warning(f"bochs_display: {pixels.size:#x} bytes are too few for the pixels")
        raise NotUsable
    if function.ranges[REGISTERS].size < mode.LEAST_SIZE:
        log.warning("bochs_display: it has no registers")
        raise NotUsable
    mode.set(function.map_memory(REGISTERS), WIDTH, HEIGHT)
    function.set_command(Command.MEMORY)
    try:
        found = Screen(pixels.start, WIDTH, HEIGHT, WIDTH)
        frame_buffer_files.offer(found, "Bochs Display")
    except (BadAddress, ValueError):
        log.warning(f"bochs_display: the pixels, at {pixels.start:#x}, are out of reach")
        raise NotUsable


MODULE: Annotated[Module, section(".module")] = Module(
    name="Bochs display",
    author="the authors of PatchworkOS",
    description="sets up the screen of an emulator",
    version="1.0",
    licence="MIT",
    devices="PCI 1234:1111",
    attach=attach,
)
