"""Switching off and resetting by ACPI: the sleep state S5, and the reset register.

Off goes the machine by one write for each control register: the number that its firmware gives for S5, and the bit
that lets it take effect. Before, the firmware hears of it (\\_PTS), and gives power management up if it has not.

Registers in memory and in PCI configuration space are not used; the ways that every PC has are still there then.

Source: ACPI 6.5, sections 4.8.3.6 (reset register), 7.4.1 (_PTS), 7.4.2 (S5), 16.1.6.
"""

from __future__ import annotations

from typing import Annotated

from kernel.cpu import port
from kernel.io import power
from kernel.io.power import Switch
from kernel.log import log
from kernel.mem.layout import PhysAddr
from kernel.module.description import Description, NotUsable
from lang import irq_safe, no_raise, section, sleeps, truncate, u16
from modules.acpi import acpi, control
from modules.acpi.firmware import loaded, sleep_types

sleep_type: sleep_types.SleepTypes


def attach(address: PhysAddr) -> None:
    """Offer what the tables tell of.

    Raises:
        NotUsable: there are no such tables.
    """
    if not acpi.has_hardware:
        raise NotUsable
    power.offer(SWITCH)


@no_raise
@sleeps
def prepare() -> None:
    """Have the firmware say how the machine is switched off, and make ready for it."""
    try:
        going = sleep_types.GoingOff()
    except MemoryError:
        log.error("there is too little memory to ask how the machine is switched off")
        return
    loaded.carry_out(going)
    sleep_type.a = going.types.a
    sleep_type.b = going.types.b
    sleep_type.is_known = going.types.is_known
    if not sleep_type.is_known:
        log.warning("the firmware does not say how the machine is switched off")


@irq_safe
@no_raise
def off() -> None:
    """Go into S5."""
    if sleep_type.is_known:
        control.enable()
        control.sleep(acpi.hardware.control_a, sleep_type.a)
        control.sleep(acpi.hardware.control_b, sleep_type.b)


@irq_safe
@no_raise
def reset() -> None:
    """Write to the reset register."""
    if control.is_port(acpi.hardware.reset):
        port.write8(truncate(u16, acpi.hardware.reset.address), acpi.hardware.reset_value)


SWITCH: Switch = Switch("ACPI", prepare, off, reset)
DESCRIPTION: Annotated[Description, section(".modules")] = Description(
    "power", "ACPI power", attach
)
