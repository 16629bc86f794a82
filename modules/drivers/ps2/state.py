"""What the module knows of its devices, left for another build of it that takes its place while they are in use.

The devices are not set up again then: they keep what they send until it is asked for, so no key is lost, not even half of one.
"""

from __future__ import annotations

from typing import Final

from lang import Ptr, Slice, copy, no_raise, sizeof, struct, u8, u32, u64
from modules.drivers.ps2 import controller, keyboard, mouse
from modules.drivers.ps2.controller import Configuration
from modules.drivers.ps2.keyboard import Step
from modules.drivers.ps2.mouse_packets import PacketDecoder
from modules.drivers.ps2.scan_codes import Decoder

LAYOUT: Final[u32] = 0x5053_0001  # another one whenever a field below changes


@struct
class State:
    layout: u32
    configuration: Configuration  # with the interrupts of the devices that there are
    keys: Decoder
    step: Step
    lights_wanted: u8
    lights_sent: u8
    packets: PacketDecoder
    buttons: u8

    @no_raise
    def save(self, interrupts: Configuration) -> None:
        """Take what is known now. Nothing comes from the devices meanwhile.

        interrupts: of the devices that there are.
        """
        self.layout = LAYOUT
        self.configuration = controller.current & ~controller.INTERRUPTS | interrupts
        self.keys = copy(keyboard.decoder)
        self.step = keyboard.step
        self.lights_wanted = keyboard.lights_wanted
        self.lights_sent = keyboard.lights_sent
        self.packets = copy(mouse.decoder)
        self.buttons = mouse.buttons

    @no_raise
    def restore(self) -> Configuration:
        """Know what was known then; return the interrupts of the devices that there are."""
        keyboard.decoder = copy(self.keys)
        keyboard.step = self.step
        keyboard.lights_wanted = self.lights_wanted
        keyboard.lights_sent = self.lights_sent
        mouse.decoder = copy(self.packets)
        mouse.buttons = self.buttons
        controller.current = self.configuration & ~controller.INTERRUPTS
        return self.configuration & controller.INTERRUPTS


@no_raise
def left_in(bytes: Slice[u8]) -> Ptr[State] | None:
    """Return the state that some bytes are, if a build with the same fields has left them."""
    if len(bytes) != u64(sizeof(State)):
        return None
    state = bytes.pointer.cast(State)
    return state if state.layout == LAYOUT else None
