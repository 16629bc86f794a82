"""The PM1 control registers: who has power management, and the bits that put the machine to sleep.

Source: ACPI 6.5, sections 4.8.3.2.1 (PM1 control) and 4.8.3.6 (reset register).
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import port
from lang import irq_safe, no_raise, spin_hint, truncate, u8, u16
from modules.acpi import acpi
from modules.acpi.tables.table import AddressSpace, GenericAddress

IS_ENABLED: Final[u16] = 1 << 0  # SCI_EN, in a control register
LOCK_IS_FREE: Final[u16] = 1 << 2  # GBL_RLS; reads as 0
SLEEP_TYPE_SHIFT: Final = 10
SLEEP_TYPE_MASK: Final[u16] = 7 << SLEEP_TYPE_SHIFT
SLEEP: Final[u16] = 1 << 13

MOST_LOOKS: Final = 1_000_000  # for the firmware to give up; each takes 1 us at least


@irq_safe
@no_raise
def enable() -> None:
    """Have the firmware give power management up, if it has not."""
    if not is_port(acpi.hardware.control_a):
        return
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
def sleep(register: GenericAddress, sleep_type: u8) -> None:
    """Let a control register put the machine to sleep, if it is there."""
    if not is_port(register):
        return
    number = truncate(u16, register.address)
    kept_bits = port.read16(number) & ~(SLEEP_TYPE_MASK | SLEEP)
    port.write16(number, kept_bits | u16(sleep_type & 7) << SLEEP_TYPE_SHIFT | SLEEP)


@irq_safe
@no_raise
def say_lock_is_free() -> None:
    """Tell the firmware, which waits for it, that the global lock was given back."""
    if is_port(acpi.hardware.control_a):
        number = truncate(u16, acpi.hardware.control_a.address)
        port.write16(number, port.read16(number) | LOCK_IS_FREE)


@irq_safe
@no_raise
def is_port(register: GenericAddress) -> bool:
    """Whether a register is there, and is one that can be reached by a port."""
    return register.address_space_id == AddressSpace.SYSTEM_IO and register.address != 0
