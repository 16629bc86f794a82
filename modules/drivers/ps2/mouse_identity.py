"""What a mouse can tell: movements, a wheel, more buttons.

A mouse with a wheel says so only to who knocks: after the sample rates 200, 100 and 80 its identity is another, and so
are its packets; likewise, with more buttons, after 200, 200 and 80.

Source: Microsoft, "IntelliMouse" and "IntelliMouse Explorer" protocols.
"""

from __future__ import annotations

from typing import Final

from lang import Array, u8
from modules.drivers.ps2 import controller
from modules.drivers.ps2.controller import ANSWER_LOOKS, DeviceCommand, Place
from modules.drivers.ps2.mouse_packets import Protocol

SAMPLE_RATE: Final[u8] = 0xF3  # command


def find_protocol() -> Protocol:
    """Return how much the mouse can tell, and have it tell that much."""
    if knock(100) != Protocol.WHEEL:
        return Protocol.PLAIN
    return Protocol.FIVE_BUTTONS if knock(200) == Protocol.FIVE_BUTTONS else Protocol.WHEEL


def knock(second_rate: u8) -> u8:
    """Set the three sample rates that ask for something, and return the identity of the mouse then."""
    for rate in Array[u8, 3](200, second_rate, 80):
        controller.tell_value(Place.SECOND, SAMPLE_RATE, rate)
    controller.tell(Place.SECOND, DeviceCommand.IDENTIFY)
    return controller.receive(ANSWER_LOOKS)
