"""Processes, for programs: starting others, waiting for them, telling them something."""

from __future__ import annotations

from typing import Final

from lang import u32
from lib.std import files, system

SUSPEND: Final = 1
EMPTY_FILES: Final = 2
STANDARD_FILES: Final = 4
EMPTY_ENVIRONMENT: Final = 8
EMPTY_FOLDER: Final = 16
COPY_NAMESPACE: Final = 64
EMPTY_NAMESPACE: Final = 128


def spawn(arguments: list[str], flags: int = 0) -> int:
    """Start a program, whose path is the first argument; return the number of its process."""
    texts = "".join([argument + "\0" for argument in arguments])
    return int(system.spawn(texts.encode(), u32(flags)))


def wait(process: int) -> str:
    """Wait until a process has ended, and return its status: empty is success."""
    return files.read_text(f"/proc/{process}/wait")


def control(process: int, commands: str) -> None:
    """Give a process commands, as its `ctl` file takes them."""
    files.write_text(f"/proc/{process}/ctl", commands)


def change_folder(path: str) -> None:
    """Go to a folder."""
    files.write_text("/proc/self/cwd", path)


def current_folder() -> str:
    """Return the folder where the process is."""
    return files.read_text("/proc/self/cwd")
