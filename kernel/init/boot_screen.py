"""The screen while the kernel starts: the firmware's frame buffer or an emulator's, with the log on it."""

from __future__ import annotations

from typing import Final

from core.errors import BadAddress
from core.graphics import quilt
from core.graphics.surface import Surface
from core.handover import Screen
from kernel.io import bochs_display, frame_buffer
from kernel.log import log, screen
from kernel.mem import kernel_space
from kernel.mem.address_space import MemoryType
from lang import Ptr, sizeof, u16, u32, u64

WIDTH: Final[u16] = 1280  # where the choice is ours
HEIGHT: Final[u16] = 800
FIRMWARE: Final = "Graphics Output Protocol"
EMULATOR: Final = "Bochs Display"
TITLE = b"PatchworkOS"
GREETING = b"typed Python, from the first instruction"
LOG_MARGIN: Final = 80  # pixels between the log and the edges of the screen: a patch of the quilt
LOG_GAP: Final = 20  # and below the label


def show(found: Screen) -> None:
    """Paint the screen that was handed over, or else an emulator's, and let the log go on there.

    Raises:
        MemoryError: there is no memory for the tables that map it.
    """
    is_firmwares = found.width != 0
    if not is_firmwares:
        _find(found)
    if found.width == 0:
        log.info("no screen")
        return
    try:
        surface = _map(found)
    except (BadAddress, ValueError):
        log.warning(f"the screen's memory, at {found.address:#x}, is out of reach")
        return
    frame_buffer.use(found, surface.pixels, FIRMWARE if is_firmwares else EMULATOR)
    quilt.paint(surface, TITLE, GREETING)
    top = quilt.label_bottom(surface) + LOG_GAP
    if top + LOG_MARGIN < surface.height and 2 * LOG_MARGIN < surface.width:
        width, height = surface.width - 2 * LOG_MARGIN, surface.height - LOG_MARGIN - top
        screen.show_on(surface, LOG_MARGIN, top, width, height)
        log.repeat_on_screen()
    log.info(f"the screen has {surface.width} by {surface.height} pixels")


def _find(into: Screen) -> None:
    """Set up an emulator's display where no firmware did."""
    address = bochs_display.find()
    if address is not None:
        bochs_display.set_mode(WIDTH, HEIGHT)
        into.address = address
        into.width = WIDTH
        into.height = HEIGHT
        into.stride = WIDTH


def _map(found: Screen) -> Surface:
    """Map a frame buffer.

    Raises:
        BadAddress, ValueError: it cannot be where it is said to be.
        MemoryError: there is no memory for the tables.
    """
    size = u64(found.stride) * found.height * sizeof(u32)
    pixels = kernel_space.map_device(found.address, size, MemoryType.WRITE_COMBINING)
    return Surface(Ptr[u32](pixels), found.width, found.height, found.stride)
