"""/sys/power: reads as the commands that can be written to it, which are `off` and `reset`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import NotSupported, TooLarge
from core.text.buffer import TextBuffer
from kernel.fs.text_file import TextFile, text
from kernel.fs.words import LONGEST, Command
from kernel.io import power
from lang import Array, UserSlice, sleeps, u8, u64

if TYPE_CHECKING:
    from kernel.fs.file import File


class PowerFile(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        text(out, "off    switch the machine off\nreset  start the machine anew\n")

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        """Carry out a command.

        Raises:
            NotImplementedError: there is no such command.
            NotSupported: nothing here can switch the machine off.
            TooLarge: no command is so long.
        """
        storage = Array[u8, 1024]()
        if len(data) > LONGEST:
            raise TooLarge
        data.copy_out(storage[: len(data)])
        command = Command()
        command.read(storage[: len(data)])
        if command.count == 1 and command.word(0) == b"off":
            power.off()
            raise NotSupported  # only who is still there can be told
        if command.count == 1 and command.word(0) == b"reset":
            power.reset()
        raise NotImplementedError
