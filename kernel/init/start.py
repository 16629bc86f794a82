"""The kernel's first lines: say hello on the serial port and paint the screen."""

from __future__ import annotations

from core.graphics import quilt
from kernel.cpu import machine
from kernel.io import bochs_display, serial
from lang import Ptr, u8

TITLE = b"PatchworkOS"
GREETING = b"typed Python, from the first instruction"


def from_pvh(start_info: Ptr[u8]) -> None:
    """Start after a direct boot, which brings no frame buffer of its own."""
    serial.initialise()
    serial.write(b"PatchworkOS: hello from typed Python\n")
    address = bochs_display.find()
    if address is None:
        serial.write(b"no screen\n")
    else:
        screen = bochs_display.set_mode(address, 1280, 800)
        quilt.paint(screen, TITLE, GREETING)
        serial.write(b"screen painted\n")
    serial.write(b"ready\n")
    machine.halt()
