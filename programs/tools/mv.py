"""mv"""

from __future__ import annotations

from core.errors import CrossDevice
from core.file_records import NodeKind
from lib.std import files, system
from programs.tools import cp
from programs.tools.arguments import Arguments, Mistake
from programs.tools.each import each
from programs.tools.folders import inside

HELP = """\
usage: mv OLD NEW
       mv OLD... FOLDER

Move a name to another, in one step; what had that is gone. Or move names into a folder.

To another file system it is a copy, after which the old one is removed.
"""


def run(arguments: Arguments) -> int:
    arguments.require(2, -1)
    target = arguments.operands[-1]
    sources = arguments.operands[:-1]
    if len(sources) > 1 and not files.is_folder(target):
        raise Mistake(f"{target} is no folder, so only one name can be moved there")

    def move(source: str) -> None:
        place = inside(source, target)
        try:
            system.rename(source.encode(), place.encode())
        except CrossDevice:
            move_across(source, place)

    return each(arguments.name, sources, move)


def move_across(source: str, place: str) -> None:
    """Move a name to another file system. If that fails on the way, the old one is still there, and some of the new one."""
    kind = files.stat(source + ":nofollow").kind
    if kind == NodeKind.DIRECTORY:
        if files.exists(place):
            raise FileExistsError
        cp.copy_folder(source, place)
        system.remove(f"{source}:directory:recursive".encode())
        return
    if kind == NodeKind.SYMLINK:
        system.symlink(files.read_link(source).encode(), place.encode())
    else:
        cp.copy_file(source, place)
    system.remove(source.encode())
