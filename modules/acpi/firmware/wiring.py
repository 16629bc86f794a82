"""Having interrupts taken as the firmware describes them: a number, and how the line says that it interrupts.

Numbers below 16 are the old PC's interrupts. They arrive at lines that the table MADT tells of, which also may say how;
where it does not, they are as described. A line that is level triggered is shared with whoever else is at it.

Source: ACPI 6.5, sections 5.2.12.5 (interrupt source overrides) and 6.4.3.6.
"""

from __future__ import annotations

from kernel.interrupt import routing
from kernel.interrupt.routing import ISA_INTERRUPTS, Handle, Handler, Signal
from lang import no_raise
from modules.acpi import acpi
from modules.acpi.resources.link import Line


def add(handler: Handler, line: Line, handle: Handle) -> None:
    """Have a handler called when a line interrupts; it stays where it is until it is removed (routing.remove).

    Raises:
        LineBusy, NoVector: as routing.add.
    """
    number = line.number
    signal = signal_of(line)
    if number < ISA_INTERRUPTS and acpi.has_interrupts:
        if acpi.interrupts.isa[number].signal != 0:
            signal = routing.isa[number].signal
        number = routing.isa[number].line
    if signal & Signal.EDGE == 0:
        signal |= Signal.SHARED
    routing.add(handler, number, signal, handle)


@no_raise
def signal_of(line: Line) -> Signal:
    signal = Signal(0)
    if line.is_edge:
        signal |= Signal.EDGE
    if line.is_low:
        signal |= Signal.ACTIVE_LOW
    return signal
