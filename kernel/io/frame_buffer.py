"""The frame buffer: the pixels that the screen shows, mapped so that the processor collects what is written (write combining).

It is found at the start, and stays. Programs may have it, as /dev/fb/0/data; while one has it open, nobody else draws.
"""

from __future__ import annotations

from core.graphics.surface import Surface
from core.handover import Screen
from lang import Atomic, Ptr, copy, no_raise, u32, u64

screen: Screen  # where it is; of width 0 if there is none
pixels: Ptr[u32] | None = None
name: str = ""  # of what provides it
users: Atomic[u64]  # programs that have it open


@no_raise
def use(found: Screen, mapped: Ptr[u32], provider: str) -> None:
    """Let this be the screen."""
    global screen, pixels, name
    name = provider
    screen = copy(found)
    pixels = mapped


@no_raise
def is_there() -> bool:
    return pixels is not None


@no_raise
def surface() -> Surface:
    """Return what the screen shows, which there is."""
    mapped = pixels
    assert mapped is not None, "there is a screen"
    return Surface(mapped, screen.width, screen.height, screen.stride)
