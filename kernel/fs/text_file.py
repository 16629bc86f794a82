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
from kernel.mem.heap_memory import HeapMemory
from lang import Array, Format, Slice, UserSlice, irq_safe, no_raise, sleeps, u8, u64

if TYPE_CHECKING:
    from kernel.fs.file import File

USUAL: Final = 512  # bytes that most are shorter than


class TextFile(Vnode):
    """A file that shows something."""

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
        storage = Array[u8, USUAL]()
        out = TextBuffer(storage[:])
        self.show(out)
        if out.lost > 0:
            return self.read_long(into, offset, out.used + out.lost)
        return copy_part(out.text(), into, offset)

    @sleeps
    def read_long(self, into: UserSlice[u8], offset: u64, length: u64) -> u64:
        """Read a text that was too long for a stack.

        length: that it had, in bytes; it may have grown since.
        """
        while True:
            memory = HeapMemory(length + length // 4)
            out = TextBuffer(memory.bytes)
            self.show(out)
            if out.lost == 0:
                return copy_part(out.text(), into, offset)
            length = out.used + out.lost


def copy_part(content: Slice[u8], into: UserSlice[u8], offset: u64) -> u64:
    """Copy what fits of a text, from an offset on, to a program; return how many bytes."""
    if offset >= len(content):
        return 0
    count = min(len(into), len(content) - offset)
    into[:count].copy_in(content[offset : offset + count])
    return count


@irq_safe
@no_raise
def text(out: TextBuffer, format: Format) -> None:
    """Write an f-string."""
    format.write_to(out)
