"""PM timer: a clock of 3.579545 MHz that ACPI demands, to measure others by.

Some chips give a wrong count now and then, when they are read while they change; of three readings
in a row, those that follow each other are right.

Source: ACPI 6.5, section 4.8.3.3; Intel 82371AB (PIIX4) specification update, erratum 20.
"""

from __future__ import annotations

from typing import Annotated, Final

from kernel.cpu import port
from kernel.mem.layout import PhysAddr
from kernel.module.description import Description
from kernel.time import reference
from kernel.time.calibration import Reference
from lang import irq_safe, no_raise, section, truncate, u16, u64

PERIOD_FS: Final[u64] = 279_365_114
COUNT_MASK: Final[u64] = 0xFF_FFFF  # some have 32 bits, all have 24
MOST_TRIES: Final = 4

timer_port: u16 = 0


def attach(address: PhysAddr) -> None:
    """Offer the timer to whoever needs a rate that is known."""
    global timer_port
    timer_port = truncate(u16, address)
    reference.offer(TIMER)


@irq_safe
@no_raise
def read() -> u64:
    """Return the count."""
    first, second, third = _read(), _read(), _read()
    for _ in range(MOST_TRIES):
        if first <= second <= third or third < first <= second or second <= third < first:
            break
        first, second, third = second, third, _read()
    return second


def _read() -> u64:
    return port.read32(timer_port) & COUNT_MASK


TIMER: Reference = Reference("PM timer", read, PERIOD_FS, COUNT_MASK)
DESCRIPTION: Annotated[Description, section(".modules")] = Description(
    "pm_timer", "PM timer", attach
)
