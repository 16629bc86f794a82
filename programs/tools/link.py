"""link"""

from __future__ import annotations

from lib.std import system
from programs.tools.arguments import Arguments

HELP = """\
usage: link FILE NAME

Give a file one more name.
"""


def run(arguments: Arguments) -> int:
    arguments.require(2, 2)
    system.link(arguments.operands[0].encode(), arguments.operands[1].encode())
    return 0
