"""mkdir"""

from __future__ import annotations

from lib.std import files
from programs.tools.arguments import Arguments
from programs.tools.each import each

HELP = """\
usage: mkdir [-p] FOLDER...

Make folders.

  -p   and those that are missing on the way; none that is there already is an error
"""


def run(arguments: Arguments) -> int:
    arguments.require(1, -1)
    flags = ":parents" if arguments.has("-p") else ":exclusive"

    def make(path: str) -> None:
        with files.open_file(f"{path}:create:directory{flags}"):
            pass

    return each(arguments.name, arguments.operands, make)
