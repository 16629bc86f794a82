"""Control files: having one do something, and what it says if it refuses.

tell("/proc/7/ctl", "dup2 3 0 && start")
"""

from __future__ import annotations

from lib.std import files
from lib.std.reasons import reason


class Refused(ValueError):
    """A control file did not do what it was told; the text says why."""


def tell(path: str, commands: str) -> None:
    """Have a control file do commands, joined by `&&`, up to the first that fails.

    Raises:
        Refused: a command makes no sense, or fails.
        OSError: the file cannot be opened, or takes no commands.
    """
    with files.open_file(path) as file:
        try:
            file.write(commands)
        except (OSError, ValueError) as error:
            if complaint() == "":
                raise
            raise Refused(explain(error)) from None


def explain(error: Exception) -> str:
    """Return why a write failed that may have been to a control file."""
    said = complaint()
    return said + reason(error) if said == "" or said.endswith(": ") else said


def complaint() -> str:
    """Return what the last command of this thread to a control file was refused for; nothing if it was done."""
    try:
        return files.read_text("/proc/self/complaint")
    except OSError:
        return ""
