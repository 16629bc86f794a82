"""The mouse: sets it up, and makes events of what it sends.

Source: Adam Chapweske, "The PS/2 Mouse Interface", 2003.
"""

from __future__ import annotations

from typing import Final

from core.text.buffer import TextBuffer
from kernel.fs import device_class
from kernel.fs.device_class import NameFile
from kernel.fs.folder import FixedFolder
from kernel.fs.text_file import text
from kernel.io import input_events
from kernel.io.input_events import EventFile, EventSource
from kernel.time import clock
from lang import Array, irq_safe, no_raise, sleeps, u8, u32
from modules.drivers.ps2 import controller, mouse_identity
from modules.drivers.ps2.controller import ANSWER_LOOKS, DeviceCommand, Place
from modules.drivers.ps2.mouse_packets import Movement, PacketDecoder, Protocol

EVENTS: Final = b"ps2 mouse"
RESOLUTION: Final[u8] = 0xE8  # command
STEPS_PER_MM: Final[u8] = 3  # 8
SAMPLES_PER_SECOND: Final[u8] = 100
BUTTONS: Final = 5

events: EventSource | None = None
number: u32 = 0  # in its class
decoder: PacketDecoder  # guarded by the controller's lock, like the rest
buttons: u8 = 0  # those that are down


def begin() -> None:
    """Set the mouse up, and let programs have it.

    Raises:
        NoAnswer: there is none.
        MemoryError: there is too little memory.
    """
    controller.reset(Place.SECOND)
    controller.receive(ANSWER_LOOKS)  # its identity
    decoder.protocol = mouse_identity.find_protocol()
    controller.tell_value(Place.SECOND, mouse_identity.SAMPLE_RATE, SAMPLES_PER_SECOND)
    controller.tell_value(Place.SECOND, RESOLUTION, STEPS_PER_MM)
    show()
    controller.tell(Place.SECOND, DeviceCommand.ENABLE)


def show() -> None:
    """Let programs have it.

    Raises:
        MemoryError: there is too little memory.
    """
    global events, number
    source = input_events.source_of(EVENTS[:])
    folder = FixedFolder()
    folder.put(b"name", NameFile(name_of(decoder.protocol)))
    folder.put(b"events", EventFile(source))
    mice = device_class.mice
    if mice is not None:
        number = mice.add(folder)
    events = source


@no_raise
@sleeps
def hide() -> None:
    """Let no program find it any more, if any can. Nothing comes from it now."""
    global events
    if events is None:
        return
    events = None
    mice = device_class.mice
    if mice is not None:
        mice.leave(number)


@no_raise
def name_of(protocol: Protocol) -> str:
    match protocol:
        case Protocol.WHEEL:
            return "PS/2 Mouse with a wheel"
        case Protocol.FIVE_BUTTONS:
            return "PS/2 Mouse with a wheel and five buttons"
        case _:
            return "PS/2 Mouse"


@irq_safe
@no_raise
def take(byte: u8) -> None:
    """Deal with a byte. The caller holds the controller's lock."""
    if decoder.take(byte, clock.uptime()):
        report(decoder.movement())


@irq_safe
@no_raise
def report(movement: Movement) -> None:
    global buttons
    storage = Array[u8, 64]()
    out = TextBuffer(storage[:])
    if movement.x != 0:
        text(out, f"{movement.x}x")
    if movement.y != 0:
        text(out, f"{movement.y}y")
    for button in range(u32(BUTTONS)):
        if (movement.buttons ^ buttons) >> button & 1 != 0:
            is_down = movement.buttons >> button & 1 != 0
            text(out, f"{button + 1}_" if is_down else f"{button + 1}^")
    if movement.wheel != 0:
        text(out, f"{movement.wheel}z")
    buttons = movement.buttons
    source = events
    if source is not None and len(out.text()) > 0:
        source.report(out.text())
