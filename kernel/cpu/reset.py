"""How every PC can be reset: by the keyboard's controller, or else by a fault that nothing handles.

Source: IBM PC/AT Technical Reference, 1984, section 1, "Keyboard controller", command FE; Intel 64 and IA-32
Architectures Software Developer's Manual, volume 3, section 6.15, interrupt 8 (a fault during a double
fault shuts the processor down, which a PC's chips answer with a reset).
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import instructions, machine, port
from kernel.cpu.descriptors import TablePointer
from lang import address_of, irq_safe, no_raise, spin_hint, u8, u16

CONTROLLER: Final[u16] = 0x64  # status when read, commands when written
HAS_INPUT: Final[u8] = 1 << 1  # in the status: it has not yet taken what was written
PULSE_RESET: Final[u8] = 0xFE
MOST_LOOKS: Final = 100_000  # a look takes 1 us at least


@irq_safe
@no_raise
def by_controller() -> None:
    """Ask the keyboard's controller for a reset; return if none comes."""
    for _ in range(MOST_LOOKS):
        if port.read8(CONTROLLER) & HAS_INPUT == 0:
            break
        spin_hint()
    port.write8(CONTROLLER, PULSE_RESET)
    for _ in range(MOST_LOOKS):
        spin_hint()


@irq_safe
@no_raise
def by_fault() -> None:
    """Fault with no handlers, neither for that nor for the faults that follow from it."""
    instructions.disable_interrupts()
    nothing = TablePointer(0, 0)
    instructions.load_idt(address_of(nothing).cast(u8))
    instructions.undefined()
    machine.halt()
