"""Switching off and resetting by ACPI: the sleep state S5, and the reset register.

Off goes the machine by one write for each control register: the number that its firmware gives for S5, and the bit
that lets it take effect. Before, the firmware must have given power management up, which the lowest bit shows.

Registers in memory and in PCI configuration space are not used; the ways that every PC has are still there then.

Source: ACPI 6.5, sections 4.8.3.2.1 (PM1 control), 4.8.3.6 (reset register), 7.4.2 (S5), 16.1.6.
"""

from __future__ import annotations

from typing import Annotated, Final

from kernel.cpu import port
from kernel.io import power
from kernel.io.power import Switch
from kernel.log import log
from kernel.mem.layout import PhysAddr
from kernel.module.description import Description, NotUsable
from lang import irq_safe, no_raise, section, spin_hint, truncate, u8, u16, u32
from modules.acpi import acpi, kept
from modules.acpi.tables import sleep_state, table
from modules.acpi.tables.root import signature
from modules.acpi.tables.sleep_state import SleepTypes
from modules.acpi.tables.table import AddressSpace, GenericAddress

DSDT: Final[u32] = signature("DSDT")
SSDT: Final[u32] = signature("SSDT")

IS_ENABLED: Final[u16] = 1 << 0  # SCI_EN, in a control register
SLEEP_TYPE_SHIFT: Final = 10
SLEEP_TYPE_MASK: Final[u16] = 7 << SLEEP_TYPE_SHIFT
SLEEP: Final[u16] = 1 << 13

MOST_LOOKS: Final = 1_000_000  # for the firmware to give up; each takes 1 us at least

sleep_types: SleepTypes


def attach(address: PhysAddr) -> None:
    """Offer what the tables tell of.

    Raises:
        NotUsable: there are no such tables.
    """
    if not acpi.has_hardware:
        raise NotUsable
    find_sleep_types()
    if not sleep_types.is_known:
        log.warning("ACPI does not say how the machine is switched off")
    power.offer(SWITCH)


@no_raise
def find_sleep_types() -> None:
    for index in range(kept.count):
        content = kept.content(index)
        kind = table.signature_of(content)
        if not sleep_types.is_known and (kind == DSDT or kind == SSDT):
            sleep_state.find(content, sleep_types)


@irq_safe
@no_raise
def off() -> None:
    """Go into S5."""
    if not sleep_types.is_known or not is_port(acpi.hardware.control_a):
        return
    enable()
    write_control(acpi.hardware.control_a, sleep_types.a)
    if is_port(acpi.hardware.control_b):
        write_control(acpi.hardware.control_b, sleep_types.b)


@irq_safe
@no_raise
def enable() -> None:
    """Have the firmware give power management up, if it has not."""
    control = truncate(u16, acpi.hardware.control_a.address)
    if acpi.hardware.smi_command == 0 or port.read16(control) & IS_ENABLED != 0:
        return
    port.write8(acpi.hardware.smi_command, acpi.hardware.acpi_enable)
    for _ in range(MOST_LOOKS):
        if port.read16(control) & IS_ENABLED != 0:
            break
        spin_hint()


@irq_safe
@no_raise
def write_control(register: GenericAddress, sleep_type: u8) -> None:
    control = truncate(u16, register.address)
    kept_bits = port.read16(control) & ~(SLEEP_TYPE_MASK | SLEEP)
    port.write16(control, kept_bits | u16(sleep_type) << SLEEP_TYPE_SHIFT | SLEEP)


@irq_safe
@no_raise
def reset() -> None:
    """Write to the reset register."""
    if is_port(acpi.hardware.reset):
        port.write8(truncate(u16, acpi.hardware.reset.address), acpi.hardware.reset_value)


@irq_safe
@no_raise
def is_port(register: GenericAddress) -> bool:
    """Whether a register is there, and is one that can be reached by a port."""
    return register.address_space_id == AddressSpace.SYSTEM_IO and register.address != 0


SWITCH: Switch = Switch("ACPI", off, reset)
DESCRIPTION: Annotated[Description, section(".modules")] = Description(
    "power", "ACPI power", attach
)
