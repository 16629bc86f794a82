"""rm"""

from __future__ import annotations

from lib.std import system
from programs.tools.arguments import Arguments
from programs.tools.each import each

HELP = """\
usage: rm PATH...

Remove names; an empty folder with the flag :directory, and one with all that is in it with :directory:recursive.
    rm notes    rm folder:d    rm folder:dR
"""


def run(arguments: Arguments) -> int:
    arguments.require(1, -1)
    return each(arguments.name, arguments.operands, remove)


def remove(path: str) -> None:
    system.remove(path.encode())
