"""What Tab may add to a line: the rest of a path, or as much of it as is certain."""

from __future__ import annotations

from lib.std import files


def continuation(line: str) -> str:
    """Return what the last word of a line certainly continues with."""
    word = line.rpartition(" ")[2]
    folder, slash, beginning = word.rpartition("/")
    is_command = slash == "" and word == line.strip()
    place = "/bin" if is_command else folder + slash if slash else "."
    try:
        entries = files.list_folder(place)
    except OSError:
        return ""
    names: list[str] = []
    for entry in entries:
        if entry.name.startswith(beginning):
            names.append(entry.name + "/" if entry.is_folder else entry.name + " ")
    return common_beginning(names)[len(beginning) :]


def common_beginning(names: list[str]) -> str:
    """Return the longest text that all names begin with."""
    if len(names) == 0:
        return ""
    common = names[0]
    for name in names:
        while not name.startswith(common):
            common = common[:-1]
    return common
