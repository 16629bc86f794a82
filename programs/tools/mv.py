"""mv"""

from __future__ import annotations

from lib.std import files, system
from programs.tools.arguments import Arguments, Mistake
from programs.tools.each import each
from programs.tools.folders import inside

HELP = """\
usage: mv OLD NEW
       mv OLD... FOLDER

Move a name to another, in one step; what had that is gone. Or move names into a folder.
"""


def run(arguments: Arguments) -> int:
    arguments.require(2, -1)
    target = arguments.operands[-1]
    sources = arguments.operands[:-1]
    if len(sources) > 1 and not files.is_folder(target):
        raise Mistake(f"{target} is no folder, so only one name can be moved there")

    def move(source: str) -> None:
        system.rename(source.encode(), inside(source, target).encode())

    return each(arguments.name, sources, move)
