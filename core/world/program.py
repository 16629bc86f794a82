"""The program. Every program is compiled in the place of this one, which does nothing."""

from __future__ import annotations


def main() -> int:
    """Run, and return the status with which the process ends."""
    return 0
