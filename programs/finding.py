"""Programs by their names: in the folders of PATH."""

from __future__ import annotations

from lib.std import files

FOLDERS = "/base/bin:/bin"  # where programs are if PATH does not say


class NoProgram(Exception):
    """There is no program of that name; the text says so."""


def find_program(name: str) -> str:
    """Return the path of a program.

    Raises:
        NoProgram: there is none.
    """
    if "/" in name:
        if files.is_folder(name):
            raise NoProgram(f"{name} is a folder; cd goes there")
        if files.exists(name):
            return name
        raise NoProgram(f"{name}: there is no such program")
    for folder in folders():
        path = f"{folder}/{name}"
        if name != "" and files.exists(path):
            return path
    raise NoProgram(f"{name}: there is no such program")


def folders() -> list[str]:
    """Return the folders in which programs are looked for."""
    try:
        path = files.read_text("/proc/self/env/PATH")
    except OSError:
        path = ""
    return (FOLDERS if path == "" else path).split(":")
