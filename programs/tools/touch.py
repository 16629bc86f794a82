"""touch"""

from __future__ import annotations

from lib.std import files
from programs.tools.arguments import Arguments
from programs.tools.each import each

HELP = """\
usage: touch PATH...

Open paths, and close them again: their flags do the rest.
    touch notes:create    touch new:create:exclusive    touch a/b/c:create:directory:parents
"""


def run(arguments: Arguments) -> int:
    arguments.require(1, -1)
    return each(arguments.name, arguments.operands, touch)


def touch(path: str) -> None:
    with files.open_file(path):
        pass
