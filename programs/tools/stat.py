"""stat"""

from __future__ import annotations

from lang import u32
from lib.std import files
from programs.tools.arguments import Arguments
from programs.tools.each import each

HELP = """\
usage: stat PATH...

Tell about what paths lead to; about a link itself with the flag :nofollow (:l).
"""


def run(arguments: Arguments) -> int:
    arguments.require(1, -1)
    return each(arguments.name, arguments.operands, show)


def show(path: str) -> None:
    found = files.stat(path)
    print(f"{path}: {kind(found.kind)}, {found.size} bytes")
    print(
        f"    number {found.number}, names {found.links}, permissions {letters(found.permissions)}"
    )


def kind(number: u32) -> str:
    match number:
        case 0:
            return "file"
        case 1:
            return "directory"
    return "symlink"


def letters(permissions: u32) -> str:
    read = "r" if permissions & 1 != 0 else "-"
    write = "w" if permissions & 2 != 0 else "-"
    return read + write + ("x" if permissions & 4 != 0 else "-")
