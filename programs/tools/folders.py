"""Folders: their entries in order, and copying and looking through all that is below them."""

from __future__ import annotations

from lib.std import files
from lib.std.files import Listed
from programs.tools.each import complain


def in_order(entries: list[Listed]) -> list[Listed]:
    """Return entries in the order of their names."""
    by_name = {entry.name: entry for entry in entries}
    return [by_name[name] for name in sorted(by_name.keys())]


def entries_of(path: str, shows_hidden: bool) -> list[Listed]:
    """Return the entries of a folder in the order of their names; those that begin with a dot only if they are wanted."""
    listed = files.list_folder(path)
    return in_order([each for each in listed if shows_hidden or not each.name.startswith(".")])


class Below:
    """Lists folders that were seen in others: one that has gone meanwhile is empty, one that is closed to us a complaint."""

    program: str
    shows_hidden: bool  # names that begin with a dot, too
    has_failed: bool

    def __init__(self, program: str, shows_hidden: bool) -> None:
        self.program = program
        self.shows_hidden = shows_hidden
        self.has_failed = False

    def entries(self, path: str) -> list[Listed]:
        """Return the entries of a folder in the order of their names."""
        try:
            return entries_of(path, self.shows_hidden)
        except FileNotFoundError:
            return []
        except PermissionError:
            self.has_failed = True
            complain(self.program, f"{path}: that is not permitted there")
            return []


def join(folder: str, name: str) -> str:
    """Return the path of a name in a folder."""
    if folder == "" or folder.endswith("/"):
        return folder + name
    return f"{folder}/{name}"


def inside(source: str, target: str) -> str:
    """Return where something goes: into a folder under its own name, else to the target."""
    if not files.is_folder(target):
        return target
    names = source.partition(":")[0].rstrip("/")
    return join(target, names.rpartition("/")[2])


def is_below(path: str, folder: str) -> bool:
    """Return whether a path, which may be still to be made, lies in a folder, or is that folder."""
    wanted = files.stat(folder).number
    place = path if files.exists(path) else parent(path)
    here = files.stat(place).number
    while here != wanted:
        place = join(place, "..")
        above = files.stat(place).number
        if above == here:
            return False
        here = above
    return True


def parent(path: str) -> str:
    """Return the folder in which a path's last name is."""
    above, slash, _ = path.rstrip("/").rpartition("/")
    return above if above != "" else "/" if slash != "" else "."
