"""The frame buffer: the pixels that the screen shows, mapped so that the processor collects what is written (write combining).

It is the firmware's, found at the start, or else that of the first driver which has one; and it stays. Programs may have it, as
/dev/fb/0/data; while one has it open, nobody else draws.
"""

from __future__ import annotations

from typing import Final

from core.graphics.surface import Surface
from core.handover import Screen
from kernel.mem import kernel_space
from kernel.mem.address_space import MemoryType
from lang import Atomic, Ptr, copy, no_raise, sizeof, u32, u64

FIRMWARE: Final = "Graphics Output Protocol"

screen: Screen  # where it is; of width 0 if there is none
pixels: Ptr[u32] | None = None  # set once
users: Atomic[u64]  # programs that have it open


def use(found: Screen) -> None:
    """Let this be the screen, which there is none of yet.

    Raises:
        BadAddress, ValueError: it cannot be where it is said to be.
        MemoryError: there is no memory for the tables that map it.
    """
    global screen, pixels
    size = u64(found.stride) * found.height * sizeof(u32)
    mapped = kernel_space.map_device(found.address, size, MemoryType.WRITE_COMBINING)
    screen = copy(found)
    pixels = Ptr[u32](mapped)


@no_raise
def is_there() -> bool:
    return pixels is not None


@no_raise
def surface() -> Surface:
    """Return what the screen shows, which there is."""
    mapped = pixels
    assert mapped is not None, "there is a screen"
    return Surface(mapped, screen.width, screen.height, screen.stride)
