"""Puts keyboard and mouse to use, if there is a controller for them."""

from __future__ import annotations

from typing import Annotated, Final

from kernel.cpu import port
from kernel.interrupt import routing
from kernel.interrupt.routing import Handler, LineBusy, NoVector
from kernel.log import log
from kernel.module import loader
from kernel.module.description import Device, Module, NotUsable
from lang import Ptr, Slice, address_of, irq_safe, no_raise, section, sizeof, sleeps, u8, u32, u64
from modules.acpi import acpi
from modules.acpi.tables.fadt import BootArchitecture
from modules.drivers.ps2 import controller, keyboard, mouse, state
from modules.drivers.ps2.controller import COMMAND, DATA, Configuration, NoAnswer, Place, Status
from modules.drivers.ps2.state import State

KEYBOARD_INTERRUPT: Final[u32] = 1  # of the old PC
MOUSE_INTERRUPT: Final[u32] = 12
MOST_BYTES: Final = 64  # in one interrupt

keyboard_handler: Handler
mouse_handler: Handler
in_use: Configuration = Configuration(0)  # the interrupts of the devices that there are
known: State  # when the module was detached last


def attach(device: Device) -> None:
    """Find the controller, set up what is connected, and let it interrupt; or go on where another build of the module was.

    Raises:
        NotUsable: there is no controller that works.
        MemoryError: there is too little memory.
    """
    global in_use
    if acpi.has_hardware and acpi.hardware.boot_architecture & BootArchitecture.HAS_8042 == 0:
        return
    left = state.left_in(device.left)
    in_use = Configuration(0) if left is None else left.restore()
    try:
        if left is None:
            set_up_all()
        else:
            show()
        listen_to_all()
    except (NotUsable, MemoryError):
        hide()
        in_use = Configuration(0)
        raise
    controller.set_interrupts(in_use)
    take_all()  # of what came before, whose interrupt may not come any more


def detach(device: Device) -> None:
    """Let nothing interrupt, and leave what is known. The devices keep what happens from now on.

    Raises:
        MemoryError: there is too little memory to leave something; the next one sets the devices up.
    """
    if in_use == Configuration(0):
        return
    controller.set_interrupts(Configuration(0))
    if has(Configuration.FIRST_INTERRUPTS):
        routing.remove(keyboard_handler)
    if has(Configuration.SECOND_INTERRUPTS):
        routing.remove(mouse_handler)
    hide()
    known.save(in_use)
    loader.leave(device, Slice[u8](address_of(known).cast(u8), u64(sizeof(State))))


@no_raise
def has(interrupts: Configuration) -> bool:
    """Whether there is a device with these interrupts."""
    return in_use & interrupts != Configuration(0)


def show() -> None:
    """Let programs have the devices that are set up.

    Raises:
        MemoryError: there is too little memory.
    """
    if has(Configuration.FIRST_INTERRUPTS):
        keyboard.show()
    if has(Configuration.SECOND_INTERRUPTS):
        mouse.show()


@no_raise
@sleeps
def hide() -> None:
    """Let no program find the devices any more, as far as any can."""
    keyboard.hide()
    mouse.hide()


def set_up_all() -> None:
    """Set up what is connected; its ports are on then, and do not interrupt.

    Raises:
        NotUsable: there is no controller that works.
        MemoryError: there is too little memory.
    """
    global in_use
    controller.begin()
    if controller.has_first and set_up(Place.FIRST):
        in_use |= Configuration.FIRST_INTERRUPTS
    if controller.has_second and set_up(Place.SECOND):
        in_use |= Configuration.SECOND_INTERRUPTS
    if in_use == Configuration(0):
        log.info("ps2: neither a keyboard nor a mouse is connected")
        return
    controller.drain()
    try:
        controller.configure(Configuration(0))
        if has(Configuration.FIRST_INTERRUPTS):
            controller.turn(Place.FIRST, True)
        if has(Configuration.SECOND_INTERRUPTS):
            controller.turn(Place.SECOND, True)
    except NoAnswer:
        raise NotUsable


def listen_to_all() -> None:
    """Have the interrupts of the devices taken.

    Raises:
        NotUsable: others have them.
    """
    if has(Configuration.FIRST_INTERRUPTS):
        listen(keyboard_handler, KEYBOARD_INTERRUPT)
    if has(Configuration.SECOND_INTERRUPTS):
        try:
            listen(mouse_handler, MOUSE_INTERRUPT)
        except NotUsable:
            if has(Configuration.FIRST_INTERRUPTS):
                routing.remove(keyboard_handler)
            raise


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
    take_all()
    return True


@irq_safe
@no_raise
def take_all() -> None:
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


MODULE: Annotated[Module, section(".module")] = Module(
    name="PS/2",
    author="the authors of PatchworkOS",
    description="keyboard and mouse",
    version="1.0",
    licence="MIT",
    devices="BOOT_ALWAYS",
    attach=attach,
    detach=detach,
)
