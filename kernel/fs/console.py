"""The console: the serial line, and screen and keyboard, as the file /dev/console.

What is typed comes by lines of keys, as it is typed: whoever reads gets the bytes that are there, and waits for one if
there are none. Echo and editing are the reader's.

Files in /dev:
    console    what is typed, and what is shown
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.file_records import NodeKind
from kernel.fs.vnode import Vnode
from kernel.io import console_input, serial, terminal
from kernel.sync.mutex import Mutex
from kernel.sync.wait_queue import WaitQueue
from lang import Array, Ptr, UserSlice, address_of, no_raise, sleeps, u8, u64

if TYPE_CHECKING:
    from kernel.fs.file import File

PIECE: Final = 256


class Console(Vnode):
    """What programs talk to people through."""

    lock: Mutex  # held for a piece, so that pieces stay whole

    def __init__(self) -> None:
        super().__init__(NodeKind.FILE)

    @property
    @no_raise
    def is_terminal(self) -> bool:
        return True

    @sleeps
    def read(self, file: File, into: UserSlice[u8], offset: u64) -> u64:
        piece = Array[u8, PIECE]()
        if len(into) == 0:
            return 0
        count = console_input.take(piece[: min(len(into), u64(PIECE))])
        if count == 0:
            raise BlockingIOError
        into[:count].copy_in(piece[:count])
        return count

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        written: u64 = 0
        piece = Array[u8, PIECE]()
        while written < len(data):
            size = min(len(data) - written, u64(PIECE))
            data[written : written + size].copy_out(piece[:size])
            with self.lock:
                serial.write(piece[:size])
                terminal.write(piece[:size])
            written += size
        return written

    @no_raise
    def can_be_read(self) -> bool:
        return console_input.has_bytes()

    @no_raise
    def readable(self) -> Ptr[WaitQueue] | None:
        return address_of(console_input.readable)
