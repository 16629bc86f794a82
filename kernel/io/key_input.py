"""Keys on their way from any keyboard to whoever makes text of them, which is the terminal on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from core.input.key import Key
from lang import irq_safe, no_raise, u8

Listener = Annotated[Callable[[Key, bool], None], irq_safe, no_raise]
Lights = Annotated[Callable[[u8], None], irq_safe, no_raise]

listener: Listener | None = None
lights: Lights | None = None


@no_raise
def listen(offered: Listener) -> None:
    """Have a function called with each key, and whether it was released."""
    global listener
    listener = offered


@no_raise
def offer_lights(offered: Lights) -> None:
    """Say how the lights of the keyboard are set: bit 0 scroll lock, 1 num lock, 2 caps lock."""
    global lights
    lights = offered


@no_raise
def withdraw_lights() -> None:
    """Have no lights any more, once nothing reports keys."""
    global lights
    lights = None


@irq_safe
@no_raise
def report(key: Key, is_release: bool) -> None:
    """Tell of a key."""
    known = listener
    if known is not None:
        known(key, is_release)


@irq_safe
@no_raise
def set_lights(mask: u8) -> None:
    """Set the lights of the keyboard; called while `report` runs."""
    known = lights
    if known is not None:
        known(mask)
