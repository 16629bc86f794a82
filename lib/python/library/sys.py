"""Python's module sys, for programs.

`sys.exit(status)`, where it is a statement, is `raise SystemExit(status)` (compiler/phrases/displays.py).

Source: Python Library Reference, module sys.
"""

from __future__ import annotations

from typing import Final

from lib.python import streams
from lib.python.files import TextFile
from lib.python.streams import Output
from lib.std.arguments import arguments

maxsize: Final = 9223372036854775807
maxunicode: Final = 0x10FFFF
byteorder: Final = "little"
platform: Final = "linux"

_arguments: list[str] | None = None


@property
def argv() -> list[str]:
    """What the program was started with, the same list every time; the first is the program itself."""
    global _arguments
    found = _arguments
    if found is None:
        found = arguments()
        _arguments = found
    return found


@property
def stdin() -> TextFile:
    return streams.standard_input()


@property
def stdout() -> Output:
    return streams.output


@property
def stderr() -> Output:
    return streams.errors


def exit(status: int = 0) -> None:
    """End the program, inside of an expression.

    Raises:
        SystemExit: always.
    """
    raise SystemExit(status)


def setrecursionlimit(limit: int) -> None:
    """Do nothing: the depth of calls is limited by the memory of the stack."""


def getrecursionlimit() -> int:
    return 1000


def intern(string: str) -> str:
    return string
