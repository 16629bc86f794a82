"""HPET: a timer that counts at a rate which it tells, a better one to measure others by than most.

Source: Intel, "IA-PC HPET Specification" 1.0a, section 2.3.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Annotated, Final

from core.errors import BadAddress
from kernel.cpu import mmio
from kernel.log import log
from kernel.mem import kernel_space
from kernel.mem.address_space import MemoryType
from kernel.mem.layout import VirtAddr
from kernel.module.description import Device, Module, NotUsable
from kernel.time import reference
from kernel.time.calibration import Reference
from lang import irq_safe, no_raise, over, section, u64

SIZE: Final[u64] = 0x400
MOST_PERIOD_FS: Final[u64] = 100_000_000


@over(u64)
class Register(IntEnum):
    CAPABILITIES = 0x00  # the upper half is the period in femtoseconds
    CONFIGURATION = 0x10
    COUNTER = 0xF0


@over(u64)
class Configuration(IntFlag):
    ENABLED = 1 << 0


registers: VirtAddr = 0  # 0: it is not in use


def attach(device: Device) -> None:
    """Have the timer count, and offer it to whoever needs a rate that is known.

    Raises:
        NotUsable: it says of itself what no such timer may, or is at no address that there can be.
        MemoryError: there is too little memory for the tables that map it.
    """
    global registers
    if registers != 0:
        log.warning("hpet: one is in use")
        raise NotUsable
    try:
        registers = kernel_space.map_device(device.address, SIZE, MemoryType.UNCACHED)
        begin()
    except (BadAddress, ValueError):
        raise NotUsable
    except NotUsable:
        unmap()
        raise


def detach(device: Device) -> None:
    """Leave the timer counting, which others may have found so."""
    if registers != 0:
        reference.take_back(TIMER)
        unmap()


def begin() -> None:
    """Have the timer count."""
    capabilities = mmio.read64(registers + Register.CAPABILITIES)
    period = capabilities >> 32
    if not 0 < period <= MOST_PERIOD_FS:
        log.warning(f"hpet: a period of {period} fs is none")
        raise NotUsable
    configuration = mmio.read64(registers + Register.CONFIGURATION)
    mmio.write64(registers + Register.CONFIGURATION, configuration | Configuration.ENABLED)
    TIMER.period_fs = period
    reference.offer(TIMER)


def unmap() -> None:
    global registers
    kernel_space.unmap_device(registers, SIZE)
    registers = 0


@irq_safe
@no_raise
def read() -> u64:
    """Return the low half of the count; the upper may change between the two reads that some need."""
    return mmio.read32(registers + Register.COUNTER)


TIMER: Reference = Reference("HPET", read, 0, 0xFFFF_FFFF)
MODULE: Annotated[Module, section(".module")] = Module(
    name="HPET",
    author="the authors of PatchworkOS",
    description="a timer that counts at a rate which it tells, to set the clock by",
    version="1.0",
    licence="MIT",
    devices="PNP0103",
    attach=attach,
    detach=detach,
)
