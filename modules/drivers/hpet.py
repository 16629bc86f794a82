"""HPET: a timer that counts at a rate which it tells, a better one to measure others by than most.

Source: Intel, "IA-PC HPET Specification" 1.0a, section 2.3.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Annotated, Final

from kernel.cpu import mmio
from kernel.log import log
from kernel.mem import kernel_space
from kernel.mem.address_space import MemoryType
from kernel.mem.layout import PhysAddr, VirtAddr
from kernel.module.description import Description, NotUsable
from kernel.time import calibration
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


registers: VirtAddr = 0


def attach(address: PhysAddr) -> None:
    """Have the timer count, and offer it to whoever needs a rate that is known.

    Raises:
        NotUsable: it says of itself what no such timer may.
    """
    global registers
    registers = kernel_space.map_device(address, SIZE, MemoryType.UNCACHED)
    capabilities = mmio.read64(registers + Register.CAPABILITIES)
    period = capabilities >> 32
    if not 0 < period <= MOST_PERIOD_FS:
        log.warning(f"hpet: a period of {period} fs is none")
        raise NotUsable
    configuration = mmio.read64(registers + Register.CONFIGURATION)
    mmio.write64(registers + Register.CONFIGURATION, configuration | Configuration.ENABLED)
    TIMER.period_fs = period
    calibration.offer(TIMER)


@irq_safe
@no_raise
def read() -> u64:
    """Return the low half of the count; the upper may change between the two reads that some need."""
    return mmio.read32(registers + Register.COUNTER)


TIMER: Reference = Reference("HPET", read, 0, 0xFFFF_FFFF)
DESCRIPTION: Annotated[Description, section(".modules")] = Description("hpet", "PNP0103", attach)
