from __future__ import annotations


class Unused:
    """What only declares things runs, too, and prints nothing."""

    def show(self) -> str:
        return "never"
