"""/dev/foreground: who runs a program in the foreground has it open meanwhile, and reads there that Ctrl-C was typed.

The kernel knows no terminals that are anybody's, and sends nothing by itself: a shell that reads `interrupt` here writes it to its
program's `notegroup`. While it is open Ctrl-C is no byte of the console; of several openings it is for the latest, so a shell
in a shell has it for its own program.

Files in /dev:
    foreground    open while a program runs in the foreground; reading waits for Ctrl-C, and gives the note for that program
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.file_records import NodeKind
from kernel.fs.mode import Mode
from kernel.fs.vnode import Vnode
from kernel.io import console_input
from kernel.io.console_input import Watch
from kernel.sync.wait_queue import WaitQueue
from lang import Ptr, UserSlice, address_of, no_raise, sleeps, u8, u64

if TYPE_CHECKING:
    from kernel.fs.file import File

NOTE: Final = b"interrupt"


class Foreground(Vnode):
    """The file, before it is opened."""

    def __init__(self) -> None:
        super().__init__(NodeKind.FILE)

    @sleeps
    def opened(self, mode: Mode) -> Vnode:
        return ForegroundWatch()


class ForegroundWatch(Vnode):
    """One opening of it."""

    watch: Watch

    def __init__(self) -> None:
        super().__init__(NodeKind.FILE)
        console_input.begin_watch(self.watch)

    @no_raise
    @sleeps
    def closed(self) -> None:
        console_input.end_watch(self.watch)

    @sleeps
    def read(self, file: File, into: UserSlice[u8], offset: u64) -> u64:
        """See Vnode. A buffer that is shorter than the note gets its beginning."""
        if not console_input.take_interrupt(self.watch):
            raise BlockingIOError
        count = min(len(into), len(NOTE))
        into[:count].copy_in(NOTE[:count])
        return count

    @no_raise
    def can_be_read(self) -> bool:
        return console_input.is_interrupted(self.watch)

    @no_raise
    def readable(self) -> Ptr[WaitQueue] | None:
        return address_of(self.watch.changed)
