"""Files whose content is made when they are read: numbers, names, counts, as text.

class Uptime(TextFile):
    def show(self, out: TextBuffer) -> None:
        text(out, f"{clock.uptime()}")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.file_records import NodeKind
from core.text.buffer import TextBuffer
from kernel.fs.vnode import Vnode
from lang import Array, Format, UserSlice, no_raise, sleeps, u8, u64

if TYPE_CHECKING:
    from kernel.fs.file import File

LONGEST: Final = 4096


class TextFile(Vnode):
    """A file that shows something. What is longer than LONGEST is cut off."""

    def __init__(self) -> None:
        super().__init__(NodeKind.FILE)

    @sleeps
    def show(self, out: TextBuffer) -> None:
        """Write the content as it is now."""

    @property
    @no_raise
    def is_seekable(self) -> bool:
        return True

    @sleeps
    def read(self, file: File, into: UserSlice[u8], offset: u64) -> u64:
        storage = Array[u8, LONGEST]()
        out = TextBuffer(storage[:])
        self.show(out)
        content = out.text()
        if offset >= len(content):
            return 0
        count = min(len(into), len(content) - offset)
        into[:count].copy_in(content[offset : offset + count])
        return count


@no_raise
def text(out: TextBuffer, format: Format) -> None:
    """Write an f-string."""
    format.write_to(out)
