"""Terminals: whether somebody reads what is written."""

from __future__ import annotations

from lib.std import files


def is_terminal(number: int) -> bool:
    """Whether an open file is a terminal; False if the system does not say."""
    try:
        lines = files.read_text("/proc/self/files").splitlines()
    except OSError:
        return False
    return any(line.startswith(f"{number} terminal ") for line in lines)
