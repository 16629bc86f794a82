"""Clocks as files: text, anew with each reading from the start.

Files in /dev:
    clock/uptime    ns since the start
    clock/epoch     ns since the beginning of 1970, UTC; since the start, if the machine does not know the time of day
"""

from __future__ import annotations

from core.text.buffer import TextBuffer
from kernel.fs.folder import FixedFolder
from kernel.fs.text_file import TextFile, text
from kernel.time import clock, wall_clock
from lang import sleeps


class Uptime(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        text(out, f"{clock.uptime()}")


class Epoch(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        text(out, f"{wall_clock.now()}")


def make() -> FixedFolder:
    """Return the folder.

    Raises:
        MemoryError: there is too little memory.
    """
    folder = FixedFolder()
    folder.put(b"uptime", Uptime())
    folder.put(b"epoch", Epoch())
    return folder
