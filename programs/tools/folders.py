"""Folders: their entries in order, and copying and looking through all that is below them."""

from __future__ import annotations

from lib.std import files
from lib.std.files import Listed


def in_order(entries: list[Listed]) -> list[Listed]:
    """Return entries in the order of their names."""
    by_name = {entry.name: entry for entry in entries}
    return [by_name[name] for name in sorted(by_name.keys())]


def entries_of(path: str, shows_hidden: bool) -> list[Listed]:
    """Return the entries of a folder in the order of their names; those that begin with a dot only if they are wanted."""
    listed = files.list_folder(path)
    return in_order([each for each in listed if shows_hidden or not each.name.startswith(".")])


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
