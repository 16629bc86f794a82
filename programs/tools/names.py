"""Utilities for files and folders, by name."""

from __future__ import annotations

from lib.std import files, system
from lib.std.files import Listed
from programs.tools.common import usage

BLUE = "\x1b[34m"
CYAN = "\x1b[36m"
PLAIN = "\x1b[0m"


def ls(words: list[str]) -> int:
    """List folders: the one where one is, unless others are named. With :recursive, all that is in them."""
    for path in words[1:] if len(words) > 1 else ["."]:
        plain, _, flags = path.partition(":")
        is_recursive = flags in ["R", "recursive"]
        list_one(plain if plain != "" else ".", "", is_recursive)
    return 0


def list_one(path: str, before: str, is_recursive: bool) -> None:
    """List a folder, each name behind some text."""
    for entry in in_order(files.list_folder(path)):
        if entry.name.startswith("."):
            continue
        print(before + shown(entry))
        if is_recursive and entry.is_folder:
            list_one(f"{path}/{entry.name}", f"{before}{entry.name}/", True)


def shown(entry: Listed) -> str:
    if entry.is_folder:
        return f"{BLUE}{entry.name}{PLAIN}/"
    return f"{CYAN}{entry.name}{PLAIN}@" if entry.is_link else entry.name


def in_order(entries: list[Listed]) -> list[Listed]:
    """Return entries in the order of their names."""
    names = sorted([entry.name for entry in entries])
    by_name: dict[str, Listed] = {}
    for entry in entries:
        by_name[entry.name] = entry
    return [by_name[name] for name in names]


def tree(words: list[str]) -> int:
    """Draw a folder and all that is in it."""
    top = words[1] if len(words) > 1 else "."
    print(top)
    draw(top, "")
    return 0


def draw(path: str, before: str) -> None:
    entries = in_order(files.list_folder(path))
    for index in range(len(entries)):
        entry = entries[index]
        is_last = index == len(entries) - 1
        print(before + ("└── " if is_last else "├── ") + shown(entry))
        if entry.is_folder:
            draw(f"{path}/{entry.name}", before + ("    " if is_last else "│   "))


def find(words: list[str]) -> int:
    """Print the paths below a folder in whose last name a text is."""
    if len(words) < 3:
        return usage("find FOLDER TEXT")
    look_below(words[1], words[2])
    return 0


def look_below(path: str, wanted: str) -> None:
    for entry in in_order(files.list_folder(path)):
        inner = f"{path}/{entry.name}"
        if wanted in entry.name:
            print(inner)
        if entry.is_folder:
            look_below(inner, wanted)


def touch(words: list[str]) -> int:
    """Open paths, and close them: their flags do the rest."""
    if len(words) < 2:
        return usage(
            "touch PATH:FLAGS...   (as in touch notes:create, touch a/b:create:directory:parents)"
        )
    for path in words[1:]:
        with files.open_file(path):
            pass
    return 0


def mkdir(words: list[str]) -> int:
    """Make folders, with those that are missing on the way."""
    if len(words) < 2:
        return usage("mkdir FOLDER...")
    for path in words[1:]:
        with files.open_file(path + ":create:directory:parents"):
            pass
    return 0


def rm(words: list[str]) -> int:
    """Remove names; of folders with :directory, and with all that is in them with :recursive."""
    if len(words) < 2:
        return usage("rm PATH...   (rm FOLDER:dR removes a folder with all that is in it)")
    for path in words[1:]:
        system.remove(path.encode())
    return 0


def mv(words: list[str]) -> int:
    """Move a name."""
    if len(words) != 3:
        return usage("mv OLD NEW")
    system.rename(words[1].encode(), inside(words[1], words[2]).encode())
    return 0


def cp(words: list[str]) -> int:
    """Copy a file."""
    if len(words) != 3:
        return usage("cp SOURCE TARGET")
    text = files.read_text(words[1] + ":read")
    files.write_text(inside(words[1], words[2]) + ":create:truncate", text)
    return 0


def inside(source: str, target: str) -> str:
    """Return where something goes: into a folder under its own name, else to the target."""
    if files.is_folder(target):
        return f"{target}/{source.rpartition('/')[2]}"
    return target


def link(words: list[str]) -> int:
    """Give a file one more name."""
    if len(words) != 3:
        return usage("link FILE NAME")
    system.link(words[1].encode(), words[2].encode())
    return 0


def symlink(words: list[str]) -> int:
    """Make a link that leads to a path."""
    if len(words) != 3:
        return usage("symlink TARGET NAME")
    system.symlink(words[1].encode(), words[2].encode())
    return 0


def readlink(words: list[str]) -> int:
    """Print where a link leads."""
    if len(words) != 2:
        return usage("readlink LINK")
    print(files.read_link(words[1]))
    return 0


def stat(words: list[str]) -> int:
    """Tell about what paths lead to; with :nofollow about links themselves."""
    if len(words) < 2:
        return usage("stat PATH...")
    for path in words[1:]:
        found = files.stat(path)
        kinds = ["file", "directory", "symlink"]
        print(f"{path}: {kinds[int(found.kind)]}, {found.size} bytes")
        print(
            f"    number {found.number}, names {found.links}, permissions {letters(int(found.permissions))}"
        )
    return 0


def letters(permissions: int) -> str:
    result = ""
    for bit in range(3):
        result += "rwx"[bit] if permissions >> bit & 1 else "-"
    return result
