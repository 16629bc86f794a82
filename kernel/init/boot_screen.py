"""The screen while the kernel starts: the firmware's frame buffer, with the log on it."""

from __future__ import annotations

from typing import Final

from core.errors import BadAddress
from core.graphics import quilt
from core.handover import Screen
from kernel.io import frame_buffer
from kernel.log import log, screen

TITLE = b"PatchworkOS"
GREETING = b"typed Python, from the first instruction"
LOG_MARGIN: Final = 80  # pixels between the log and the edges of the screen: a patch of the quilt
LOG_GAP: Final = 20  # and below the label


def show(found: Screen) -> None:
    """Paint the screen that was handed over, if there is one, and let the log go on there.

    Raises:
        MemoryError: there is no memory for the tables that map it.
    """
    if found.width == 0:
        log.info("the firmware gives no screen")
        return
    try:
        frame_buffer.use(found)
    except (BadAddress, ValueError):
        log.warning(f"the screen's memory, at {found.address:#x}, is out of reach")
        return
    surface = frame_buffer.surface()
    quilt.paint(surface, TITLE, GREETING)
    top = quilt.label_bottom(surface) + LOG_GAP
    if top + LOG_MARGIN < surface.height and 2 * LOG_MARGIN < surface.width:
        width, height = surface.width - 2 * LOG_MARGIN, surface.height - LOG_MARGIN - top
        screen.show_on(surface, LOG_MARGIN, top, width, height)
        log.repeat_on_screen()
    log.info(f"the screen has {surface.width} by {surface.height} pixels")
