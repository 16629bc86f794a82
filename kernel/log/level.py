"""Levels: how much a line of the log matters."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from lang import irq_safe, no_raise, over, u8

LETTERS: Final = b"DIWE"  # by level

shows_debug: bool = False
is_console_taken: bool = False  # by a program, whose output is not to be mixed with news


@no_raise
def take_console(is_taken: bool) -> None:
    """Say whether serial port and screen are a program's now."""
    global is_console_taken
    is_console_taken = is_taken


@over(u8)
class Level(IntEnum):
    DEBUG = 0
    INFO = 1
    WARNING = 2
    ERROR = 3


@irq_safe
@no_raise
def is_for_console(level: Level) -> bool:
    """Whether lines of the level go to the serial port and the screen, and are not only kept."""
    return level >= Level.WARNING or not is_console_taken


@irq_safe
@no_raise
def is_wanted(level: Level) -> bool:
    """Whether lines of the level are shown."""
    return level != Level.DEBUG or shows_debug
