"""Interrupts by lines: what devices do that send no messages, and all could before there were any.

A function has at most one of four pins, INTA to INTD. Where it leads, the firmware says (modules/acpi/firmware/pins.py), for the
function's own bus or for one above: on the way through a bridge, the pin of slot s becomes that of (pin + s) modulo 4.

    lines.use(function, handler, on_interrupt)
    lines.stop(function, handler)

A line is level triggered, and other devices are at it. So a handler looks whether it was its device, has that stop, and returns
whether it was; a line that nobody has stopped comes again at once.

Source: PCI Local Bus Specification 3.0, section 2.2.6; PCI-to-PCI Bridge Architecture Specification 1.2, table 9-1.
"""

from __future__ import annotations

from typing import Final

from kernel.interrupt import routing
from kernel.interrupt.routing import Handle, Handler, LineBusy, NoVector
from kernel.log import log
from kernel.module.description import NotUsable
from lang import Ptr, address_of, copy, no_raise, sleeps, u32
from modules.acpi.firmware import pins, wiring
from modules.acpi.resources.link import Line
from modules.drivers.pci import configuration, scan
from modules.drivers.pci.function import Command, Function

INTERRUPT: Final[u32] = 0x3C  # the register; the pin is in its second byte, 1 is INTA
PINS: Final[u32] = 4
MOST_BRIDGES: Final = 16


@sleeps
def use(function: Function, handler: Handler, handle: Handle) -> None:
    """Have a handler called when a function's line interrupts; it stays where it is until `stop`.

    Raises:
        NotUsable: the function has no pin, the pin leads nowhere, or others use the line in another way.
        MemoryError: there is too little memory.
    """
    line = line_of(function)
    try:
        wiring.add(handler, line, handle)
    except (LineBusy, NoVector):
        log.error(f"pci: interrupt {line.number} is taken")
        raise NotUsable
    function.clear_command(Command.NO_LINE)


@no_raise
def stop(function: Function, handler: Handler) -> None:
    """Have the function interrupt no more; afterwards the handler is not running anywhere."""
    function.set_command(Command.NO_LINE)
    routing.remove(handler)


@sleeps
def line_of(function: Function) -> Line:
    """Return the line that the pin of a function leads to.

    Raises:
        NotUsable: it has no pin, or nobody says where that leads.
    """
    number = configuration.read(function.place, INTERRUPT) >> 8 & 0xFF
    if not 1 <= number <= PINS:
        raise NotUsable
    pin = number - 1
    place = function.place
    for _ in range(MOST_BRIDGES):
        line = pins.line_of(place, pin)
        if line.number != 0:
            return copy(line)
        bridge = bridge_to(place)
        if bridge is None:
            break
        pin = (pin + (place >> 3 & 31)) % PINS
        place = bridge.place
    log.error(f"pci: the interrupt of {function.place:#x} leads nowhere")
    raise NotUsable


@no_raise
def bridge_to(place: u32) -> Ptr[Function] | None:
    """Return the bridge that leads to the bus of a place; None: it is a root's."""
    for index in range(scan.count):
        each = address_of(scan.functions[index])
        is_near = each.place >> 16 == place >> 16
        if is_near and each.is_bridge and each.second_bus() == place >> 8 & 0xFF:
            return each
    return None
