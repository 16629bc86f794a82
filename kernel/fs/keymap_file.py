"""/dev/keymap: reads as the name of the keymap that the terminal uses; what is written changes it, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import TooLarge
from core.input.keymap import LONGEST_LINE
from core.text.buffer import TextBuffer
from kernel.fs.text_file import TextFile, text
from kernel.io import terminal
from kernel.sync.mutex import Mutex
from lang import Array, UserSlice, sleeps, u8, u64, usize

if TYPE_CHECKING:
    from kernel.fs.file import File

PIECE = 512
NEWLINE = 10


class KeymapFile(TextFile):
    lock: Mutex

    # Guarded by lock: a line whose end has not been written yet.
    line: Array[u8, LONGEST_LINE]
    length: usize

    def __init__(self) -> None:
        super().__init__()

    @sleeps
    def show(self, out: TextBuffer) -> None:
        storage = Array[u8, LONGEST_LINE]()
        name = storage[: terminal.keymap_name(storage[:])]
        text(out, f"{name}\n")

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        """Take lines of a keymap.

        Raises:
            BadKeymap: one of them is none; those before it hold.
            TooLarge: no line is so long.
        """
        piece = Array[u8, PIECE]()
        count = min(len(data), u64(PIECE))
        data[:count].copy_out(piece[:count])
        with self.lock:
            for byte in piece[:count]:
                if byte == NEWLINE:
                    size = self.length
                    self.length = 0
                    terminal.read_keymap(self.line[:size])
                elif self.length == LONGEST_LINE:
                    self.length = 0
                    raise TooLarge
                else:
                    self.line[self.length] = byte
                    self.length += 1
        return count
