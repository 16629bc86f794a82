"""What a program was started with."""

from __future__ import annotations

from core.world import hosted
from lib.std.texts import decode


def arguments() -> list[str]:
    """Return the arguments; the first is the path of the program."""
    return [decode(hosted.argument(index)) for index in range(hosted.argument_count)]
