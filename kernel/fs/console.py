"""The console: the serial line, as a file that whoever has it may write to at any time."""

from __future__ import annotations

from typing import Final

from kernel.fs.file import File
from kernel.io import serial
from kernel.sync.spin_lock import SpinLock
from lang import Array, UserSlice, sleeps, u8, u64

PIECE: Final = 256


class Console(File):
    """The serial line."""

    lock: SpinLock  # held for a piece, so that pieces stay whole

    @sleeps
    def write(self, data: UserSlice[u8]) -> u64:
        written: u64 = 0
        piece = Array[u8, PIECE]()
        while written < len(data):
            size = min(len(data) - written, u64(PIECE))
            data[written : written + size].copy_out(piece[:size])
            with self.lock:
                serial.write(piece[:size])
            written += size
        return written
