"""The keyboard: sets it up, and makes key events of what it sends.

The lights are set while the keyboard is in use: a command and then their state, each of which the keyboard
acknowledges between the scan codes.

Source: IBM, "Keyboards (101- and 102-key)", PS/2 Hardware Interface Technical Reference, 1990.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from core.input.key import Key
from core.text.buffer import TextBuffer
from kernel.fs import device_class
from kernel.fs.device_class import NameFile
from kernel.fs.folder import FixedFolder
from kernel.fs.text_file import text
from kernel.io import input_events, key_input
from kernel.io.input_events import EventFile, EventSource
from lang import Array, irq_safe, no_raise, over, sleeps, u8, u32
from modules.drivers.ps2 import controller
from modules.drivers.ps2.controller import DeviceCommand, NoAnswer, Place
from modules.drivers.ps2.scan_codes import Byte, Decoder

NAME: Final = "PS/2 Keyboard"
EVENTS: Final = b"ps2 keyboard"
SCAN_CODE_SET: Final[u8] = 0xF0  # command
SET_2: Final[u8] = 2
LIGHTS: Final[u8] = 0xED  # command


@over(u8)
class Step(IntEnum):
    """Of setting the lights: what was sent, and not acknowledged yet."""

    NONE = 0
    COMMAND = 1
    STATE = 2


events: EventSource | None = None
number: u32 = 0  # in its class
decoder: Decoder  # guarded by the controller's lock, like the rest
step: Step = Step.NONE
lights_wanted: u8 = 0
lights_sent: u8 = 0


def begin() -> None:
    """Set the keyboard up, and let programs have it.

    Raises:
        NoAnswer: there is none.
        MemoryError: there is too little memory.
    """
    controller.reset(Place.FIRST)
    controller.tell(Place.FIRST, DeviceCommand.DISABLE)
    try:
        controller.tell_value(Place.FIRST, SCAN_CODE_SET, SET_2)
    except NoAnswer:
        controller.drain()  # some know no other set, and not the command either
    show()
    controller.tell(Place.FIRST, DeviceCommand.ENABLE)


def show() -> None:
    """Let programs have it.

    Raises:
        MemoryError: there is too little memory.
    """
    global events, number
    source = input_events.source_of(EVENTS[:])
    folder = FixedFolder()
    folder.put(b"name", NameFile(NAME))
    folder.put(b"events", EventFile(source))
    keyboards = device_class.keyboards
    if keyboards is not None:
        number = keyboards.add(folder)
    events = source
    key_input.offer_lights(set_lights)


@no_raise
@sleeps
def hide() -> None:
    """Let no program find it any more, if any can. Nothing comes from it now."""
    global events
    if events is None:
        return
    events = None
    key_input.withdraw_lights()
    keyboards = device_class.keyboards
    if keyboards is not None:
        keyboards.leave(number)


@irq_safe
@no_raise
def take(byte: u8) -> None:
    """Deal with a byte. The caller holds the controller's lock."""
    match byte:
        case Byte.ACKNOWLEDGE:
            go_on_with_lights()
        case Byte.RESEND:
            give_up_lights()
        case Byte.OVERRUN | Byte.ERROR | Byte.SELF_TEST_PASSED:
            decoder.forget()
        case _:
            event = decoder.take(byte)
            if event.key != Key.NONE:
                report(event.key, event.is_release)


@irq_safe
@no_raise
def report(key: Key, is_release: bool) -> None:
    source = events
    if source is not None:
        storage = Array[u8, 8]()
        out = TextBuffer(storage[:])
        text(out, f"{u8(key)}^" if is_release else f"{u8(key)}_")
        source.report(out.text())
    key_input.report(key, is_release)


# Lights -----------------------------------------------------------------------------------------


@irq_safe
@no_raise
def set_lights(mask: u8) -> None:
    """Begin to set the lights, unless that has begun already. The caller holds the controller's lock."""
    global lights_wanted
    lights_wanted = mask
    if step == Step.NONE:
        send_lights(Step.COMMAND, LIGHTS)


@irq_safe
@no_raise
def go_on_with_lights() -> None:
    global step, lights_sent
    if step == Step.COMMAND:
        lights_sent = lights_wanted
        send_lights(Step.STATE, lights_sent)
    elif step == Step.STATE:
        step = Step.NONE
        if lights_sent != lights_wanted:
            send_lights(Step.COMMAND, LIGHTS)


@irq_safe
@no_raise
def give_up_lights() -> None:
    global step
    step = Step.NONE


@irq_safe
@no_raise
def send_lights(next: Step, byte: u8) -> None:
    global step
    step = next if controller.try_send_to_first(byte) else Step.NONE
