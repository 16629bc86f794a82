"""Doing something for each path, and complaining about those for which it cannot be done."""

from __future__ import annotations

from collections.abc import Callable

from lib.std import files
from lib.std.reasons import reason

STANDARD_ERROR = 2


def each(name: str, paths: list[str], act: Callable[[str], None]) -> int:
    """Do something for each path; return the status: 1 if it could not be done for all of them."""
    status = 0
    for path in paths:
        try:
            act(path)
        except BrokenPipeError:  # nobody wants to see any more
            return 1
        except (OSError, ValueError, MemoryError) as error:
            status = complain(name, f"{path}: {reason(error)}")
    return status


def complain(name: str, why: str) -> int:
    """Say what is wrong, and return the status for that."""
    files.write_all(STANDARD_ERROR, f"{name}: {why}\n")
    return 1
