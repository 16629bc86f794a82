"""Processes, for programs: starting others, waiting for them, telling them something."""

from __future__ import annotations

from typing import Final

from lang import u32
from lib.std import control_files, files, system

SUSPEND: Final = 1
EMPTY_FILES: Final = 2
STANDARD_FILES: Final = 4
EMPTY_ENVIRONMENT: Final = 8
EMPTY_FOLDER: Final = 16
EMPTY_GROUP: Final = 32
COPY_NAMESPACE: Final = 64
EMPTY_NAMESPACE: Final = 128


class Child:
    """A process that was started from here. Its status can be asked for as long as this lives."""

    number: int
    program: str  # its path
    ended: int  # the open file that tells

    def __init__(self, number: int, program: str) -> None:
        self.number = number
        self.program = program
        self.ended = files.open_file(f"/proc/{number}/wait:private").number

    def __del__(self) -> None:
        files.close(self.ended)

    def wait(self) -> str:
        """Wait until the process has ended, and return its status: empty is success."""
        return files.read_all(self.ended)

    def has_ended(self) -> bool:
        """Whether the process has ended."""
        try:
            files.read_text(f"/proc/{self.number}/wait:nonblock")
            return True
        except BlockingIOError:
            return False
        except FileNotFoundError:  # it ended so long ago that it is forgotten
            return True


def spawn(arguments: list[str], flags: int = 0) -> Child:
    """Start a program, whose path is the first argument."""
    texts = "".join([argument + "\0" for argument in arguments])
    return Child(int(system.spawn(texts.encode(), u32(flags))), arguments[0])


def control(process: int, commands: str) -> None:
    """Give a process commands, as its `ctl` file takes them.

    Raises:
        Refused: one of them makes no sense, or fails.
        FileNotFoundError: there is no such process, or none that this one may reach.
    """
    control_files.tell(f"/proc/{process}/ctl", commands)


def change_folder(path: str) -> None:
    """Go to a folder."""
    files.write_text("/proc/self/cwd", path)


def current_folder() -> str:
    """Return the folder where the process is."""
    return files.read_text("/proc/self/cwd")
