"""readlink"""

from __future__ import annotations

from lib.std import files
from programs.tools.arguments import Arguments
from programs.tools.each import each

HELP = """\
usage: readlink LINK...

Print where links lead.
"""


def run(arguments: Arguments) -> int:
    arguments.require(1, -1)
    return each(arguments.name, arguments.operands, show)


def show(path: str) -> None:
    try:
        print(files.read_link(path))
    except ValueError:
        raise ValueError("that is no link") from None
