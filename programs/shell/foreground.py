"""What runs in the foreground, and Ctrl-C, which interrupts it.

While a line runs that was typed at a terminal, Ctrl-C is no character: it is a note, `interrupt`, to the group of the processes that
the shell waits for, and the end of the line. A shell that is run by another one gets that note at its prompt, and begins a new line.
"""

from __future__ import annotations

from lang import Array, u8, u64
from lib.std import files, notes, polling, system
from lib.std.polling import Watched
from lib.std.processes import Child
from lib.std.texts import decode

FILE = "/dev/foreground:read:private"
LONGEST_NOTE = 255


class Interrupted(Exception):
    """Ctrl-C was typed while something was waited for."""


def ignore_interrupts() -> None:
    """Go on whenever the note for Ctrl-C comes; a call that waited raises InterruptedError."""
    notes.notify(lambda note: note == "interrupt")


class Foreground:
    """Knows of Ctrl-C between `begin` and `end`, if there is a terminal."""

    watch: int  # the open file that tells; -1: none

    def __init__(self) -> None:
        self.watch = -1

    def begin(self) -> None:
        try:
            self.watch = files.open_file(FILE).number
        except OSError:
            pass  # the namespace has no terminal

    def end(self) -> None:
        files.close(self.watch)
        self.watch = -1

    def wait(self, children: list[Child]) -> None:
        """Wait until processes of one group have ended; Ctrl-C is a note to them.

        Raises:
            Interrupted: they have ended, and Ctrl-C was typed meanwhile.
        """
        was_interrupted = False
        while left := still_running(children):
            if self.is_interrupted_before_an_end(left):
                was_interrupted = True
                send_to_group(left, self.take_note())
        if was_interrupted:
            files.write_all(2, "\n")
            raise Interrupted

    def wait_or_leave(self, children: list[Child]) -> None:
        """Wait until processes have ended that run in the background: Ctrl-C leaves them alone.

        Raises:
            Interrupted: Ctrl-C was typed.
        """
        while left := still_running(children):
            if self.is_interrupted_before_an_end(left):
                self.take_note()
                files.write_all(2, "\n")
                raise Interrupted

    def is_interrupted_before_an_end(self, children: list[Child]) -> bool:
        """Wait for Ctrl-C, or for one of some processes to end; return whether it was the former."""
        watched = [Watched(child.ended) for child in children[: polling.MOST - 1]]
        if self.watch >= 0:
            watched.append(Watched(self.watch))
        try:
            polling.wait_for_any(watched)
        except InterruptedError:  # by a note to this shell, which goes on
            return False
        return self.watch >= 0 and watched[-1].is_readable

    def take_note(self) -> str:
        """Return the note that stands for what was typed, and show that it was."""
        storage = Array[u8, LONGEST_NOTE]()
        note = decode(storage[: system.read(u64(self.watch), storage[:])])
        files.write_all(2, "^C")
        return note


def still_running(children: list[Child]) -> list[Child]:
    return [child for child in children if polling.wait_for_any([Watched(child.ended)], 0.0) == 0]


def send_to_group(children: list[Child], note: str) -> None:
    """Send a note to the group of some processes, of which any may have ended meanwhile."""
    for child in children:
        try:
            notes.send_to_group(child.number, note)
            return
        except OSError:
            pass
