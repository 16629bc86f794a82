"""cat"""

from __future__ import annotations

from lang import Array, u8, u64
from lib.std import files, system
from programs.tools.arguments import Arguments
from programs.tools.each import each

HELP = """\
usage: cat [-x] [FILE...]

Print what files hold, one after the other, or the standard input.

  -x   as bytes in hexadecimal
"""
STANDARD_INPUT = 0
PIECE = 4096


def run(arguments: Arguments) -> int:
    as_hex = arguments.has("-x")
    if not arguments.operands:
        copy(STANDARD_INPUT, as_hex)
        return 0

    def show(path: str) -> None:
        with files.open_file(path + ":read") as file:
            copy(file.number, as_hex)

    return each(arguments.name, arguments.operands, show)


def copy(number: int, as_hex: bool) -> None:
    """Copy what an open file gives to the standard output."""
    storage = Array[u8, PIECE]()
    while True:
        count = system.read(u64(number), storage[:])
        if count == 0:
            return
        if as_hex:
            files.write_all(1, "".join([f"{byte:02x} " for byte in storage[:count]]) + "\n")
            continue
        done: u64 = 0
        while done < count:
            done += system.write(1, storage[done:count])
