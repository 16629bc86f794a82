"""symlink"""

from __future__ import annotations

from lib.std import system
from programs.tools.arguments import Arguments

HELP = """\
usage: symlink TARGET NAME

Make a link that leads to a path, whether there is something or not.
"""


def run(arguments: Arguments) -> int:
    arguments.require(2, 2)
    system.symlink(arguments.operands[0].encode(), arguments.operands[1].encode())
    return 0
