"""What the firmware notifies devices of, and the power button, whichever kind it is: events that programs read from files.

/dev/power_button     "pressed", each time
/sys/acpi/events      "\\_SB.PCI0 0x1": a device, and the number that it is notified of

Source: ACPI 6.5, sections 4.8.2.2.1 (power button), 5.6.6 (notifications).
"""

from __future__ import annotations

from typing import Final

from core.containers.storage import write
from core.text.buffer import TextBuffer
from kernel.io import input_events
from kernel.io.input_events import EventSource
from lang import Array, irq_safe, no_raise, u8, u32, u64
from modules.acpi.aml import identity, printing
from modules.acpi.aml.node import Node

BUTTON: Final[u32] = 0x0C0C_D041  # PNP0C0C, as a number
PRESSED: Final[u64] = 0x80
LONGEST: Final = 512  # of an event, in bytes

power_button: EventSource | None = None  # set once, before events begin, like the next
events: EventSource | None = None


def begin() -> None:
    """Have somewhere to tell of events.

    Raises:
        MemoryError: there is too little memory.
    """
    global power_button, events
    power_button = input_events.source_of(b"power button")
    events = input_events.source_of(b"acpi")


def notify(node: Node, value: u64) -> None:
    """Hear that something happened to a device."""
    if value == PRESSED and identity.is_one(node, BUTTON, b"PNP0C0C"[:]):
        press()
    to = events
    if to is None:
        return
    storage = Array[u8, LONGEST]()
    out = TextBuffer(storage[:])
    printing.write_path(out, node)
    write(out, f" {value:#x}\n")
    to.report(out.text())


@irq_safe
@no_raise
def press() -> None:
    """Tell that the power button was pressed."""
    button = power_button
    if button is not None:
        button.report(b"pressed\n"[:])
