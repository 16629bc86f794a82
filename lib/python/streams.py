"""The streams that a program starts with: `sys.stdin`, `sys.stdout` and `sys.stderr`, and `input`.

What is written goes to the system at once.
"""

from __future__ import annotations

from typing import Final

from core.world.hosted import STANDARD_ERROR, STANDARD_OUTPUT
from lang import u64
from lib.python import system
from lib.python.files import TextFile

STANDARD_INPUT: Final = 0

_input: TextFile | None = None


class Output:
    """A stream of text that takes what is written."""

    number: u64

    def __init__(self, number: u64) -> None:
        self.number = number

    def write(self, text: str) -> int:
        """Write a text, and return its length.

        Raises:
            OSError: the system cannot write it.
        """
        data = text.encode()
        done: u64 = 0
        while done < len(data):
            done += system.write(self.number, data[done:])
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        """Write texts one after the other.

        Raises:
            as write.
        """
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Everything is written already."""

    def fileno(self) -> int:
        return int(self.number)

    def isatty(self) -> bool:
        return False


output = Output(STANDARD_OUTPUT)
errors = Output(STANDARD_ERROR)


def standard_input() -> TextFile:
    """Return what the program can read from the start, the same object every time."""
    global _input
    found = _input
    if found is None:
        found = TextFile("<stdin>", "r")
        found.number = STANDARD_INPUT
        found.closed = False
        _input = found
    return found


def input_line(prompt: str = "") -> str:
    """Show a prompt, and return the next line of the input without its end; what `input` calls.

    Raises:
        EOFError: there is none.
    """
    if prompt != "":
        output.write(prompt)
    line = standard_input().readline()
    if line == "":
        raise EOFError("EOF when reading a line")
    return line.removesuffix("\n")
