"""Puts keyboard and mouse to use, if there is a controller for them."""

from __future__ import annotations

from typing import Annotated, Final

from kernel.cpu import port
from kernel.interrupt import routing
from kernel.interrupt.routing import Handler, LineBusy, NoVector
from kernel.log import log
from kernel.mem.layout import PhysAddr
from kernel.module.description import Description, NotUsable
from lang import Ptr, irq_safe, no_raise, section, u32
from modules.acpi import acpi
from modules.acpi.tables.fadt import BootArchitecture
from modules.drivers.ps2 import controller, keyboard, mouse
from modules.drivers.ps2.controller import COMMAND, DATA, Configuration, NoAnswer, Place, Status

KEYBOARD_INTERRUPT: Final[u32] = 1  # of the old PC
MOUSE_INTERRUPT: Final[u32] = 12
MOST_BYTES: Final = 64  # in one interrupt

keyboard_handler: Handler
mouse_handler: Handler


def attach(address: PhysAddr) -> None:
    """Find the controller, set up what is connected, and let it interrupt.

    Raises:
        NotUsable: there is no controller that works.
        MemoryError: there is too little memory.
    """
    if acpi.has_hardware and acpi.hardware.boot_architecture & BootArchitecture.HAS_8042 == 0:
        return
    controller.begin()
    has_keyboard = controller.has_first and set_up(Place.FIRST)
    has_mouse = controller.has_second and set_up(Place.SECOND)
    if not has_keyboard and not has_mouse:
        log.info("ps2: neither a keyboard nor a mouse is connected")
        return
    controller.drain()
    interrupts = Configuration(0)
    if has_keyboard:
        listen(keyboard_handler, KEYBOARD_INTERRUPT)
        interrupts |= Configuration.FIRST_INTERRUPTS
    if has_mouse:
        listen(mouse_handler, MOUSE_INTERRUPT)
        interrupts |= Configuration.SECOND_INTERRUPTS
    try:
        controller.configure(interrupts)
        if has_keyboard:
            controller.turn(Place.FIRST, True)
        if has_mouse:
            controller.turn(Place.SECOND, True)
    except NoAnswer:
        raise NotUsable


def set_up(place: Place) -> bool:
    """Set up the device at a port, which is off afterwards; return whether there is one."""
    try:
        controller.turn(place, True)
        if place == Place.FIRST:
            keyboard.begin()
        else:
            mouse.begin()
        controller.turn(place, False)
        return True
    except NoAnswer:
        return False


def listen(handler: Handler, interrupt: u32) -> None:
    """Have a device's interrupts taken."""
    route = routing.isa[interrupt]
    try:
        routing.add(handler, route.line, route.signal, on_interrupt)
    except (LineBusy, NoVector):
        log.warning(f"ps2: interrupt {interrupt} is taken")
        raise NotUsable


@irq_safe
@no_raise
def on_interrupt(mine: Ptr[Handler]) -> bool:
    """Take what has come, which the interrupt of the other device may have done already."""
    for _ in range(MOST_BYTES):
        with controller.lock:
            status = port.read8(COMMAND)
            if status & Status.HAS_BYTE == 0:
                break
            byte = port.read8(DATA)
            if status & Status.IS_FROM_SECOND != 0:
                mouse.take(byte)
            else:
                keyboard.take(byte)
    return True


DESCRIPTION: Annotated[Description, section(".modules")] = Description("ps2", "BOOT_ALWAYS", attach)
