"""Levels: how much a line of the log matters."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from lang import irq_safe, no_raise, over, u8

LETTERS: Final = b"DIWE"  # by level

shows_debug: bool = False


@over(u8)
class Level(IntEnum):
    DEBUG = 0
    INFO = 1
    WARNING = 2
    ERROR = 3


@irq_safe
@no_raise
def is_wanted(level: Level) -> bool:
    """Whether lines of the level are shown."""
    return level != Level.DEBUG or shows_debug
