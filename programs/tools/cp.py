"""cp"""

from __future__ import annotations

from lib.std import files, system
from programs.tools import folders, pieces
from programs.tools.arguments import Arguments, Mistake
from programs.tools.each import each

HELP = """\
usage: cp [-r] SOURCE TARGET
       cp [-r] SOURCE... FOLDER

Copy a file to another, or files into a folder.

  -r   folders, too, with all that is in them
"""


def run(arguments: Arguments) -> int:
    arguments.require(2, -1)
    target = arguments.operands[-1]
    sources = arguments.operands[:-1]
    if len(sources) > 1 and not files.is_folder(target):
        raise Mistake(f"{target} is no folder, so only one file can be copied there")
    with_folders = arguments.has("-r")

    def copy(source: str) -> None:
        place = folders.inside(source, target)
        if with_folders and files.is_folder(source):
            if folders.is_below(place, source):
                raise ValueError("a folder cannot be copied into itself")
            copy_folder(source, place)
        elif files.is_folder(source):
            raise IsADirectoryError("that is a folder; -r copies it with all that is in it")
        else:
            copy_file(source, place)

    return each(arguments.name, sources, copy)


def copy_folder(source: str, target: str) -> None:
    """Copy a folder, and all that is in it; what there is already is written anew."""
    with files.open_file(target + ":create:directory"):
        pass
    for entry in files.list_folder(source):
        old, new = folders.join(source, entry.name), folders.join(target, entry.name)
        if entry.is_folder:
            copy_folder(old, new)
        elif entry.is_link:
            system.symlink(files.read_link(old).encode(), new.encode())
        else:
            copy_file(old, new)


def copy_file(source: str, target: str) -> None:
    """Copy a file; not to itself, which would be the end of it."""
    with files.open_file(source + ":read") as old:
        if files.exists(target) and files.stat(target).number == files.stat(source).number:
            raise ValueError("that is the same file")
        with files.open_file(target + ":write:create:truncate") as new:
            pieces.copy(old.number, new.number)
