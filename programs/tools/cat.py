"""cat"""

from __future__ import annotations

from lang import Array, u8, u64
from lib.std import files, system
from programs.tools import pieces
from programs.tools.arguments import Arguments
from programs.tools.each import each

HELP = """\
usage: cat [-x] [FILE...]

Print what files hold, one after the other, or the standard input.

  -x   as bytes in hexadecimal
"""
STANDARD_INPUT = 0
PIECE = 4096  # bytes that are a line in hexadecimal


def run(arguments: Arguments) -> int:
    as_hex = arguments.has("-x")
    if not arguments.operands:
        copy(STANDARD_INPUT, as_hex)
        return 0

    def show(path: str) -> None:
        try:
            with files.open_file(path + ":read") as file:
                copy(file.number, as_hex)
        except IsADirectoryError:
            raise ValueError("that is a folder; ls shows what is in it") from None

    return each(arguments.name, arguments.operands, show)


def copy(number: int, as_hex: bool) -> None:
    """Copy what an open file gives to the standard output."""
    if not as_hex:
        pieces.copy(number)
        return
    storage = Array[u8, PIECE]()
    while (count := system.read(u64(number), storage[:])) > 0:
        files.write_all(1, "".join([f"{byte:02x} " for byte in storage[:count]]) + "\n")
