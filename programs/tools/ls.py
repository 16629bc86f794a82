"""ls"""

from __future__ import annotations

from core.file_records import IS_MOUNTED, NodeKind
from lang import u32
from lib.std import files
from lib.std.files import Listed
from lib.std.terminal import is_terminal
from programs.columns import in_columns
from programs.shell.variables import value_of
from programs.tools import folders
from programs.tools.arguments import Arguments
from programs.tools.colours import Colours
from programs.tools.each import each
from programs.tools.folders import Below

HELP = """\
usage: ls [-a1f] [PATH...]

List folders, or the one where one is. With the flag :recursive (:R) on a path, list all that is below it, too:
    ls :R    ls /proc/self:recursive

  -a   names that begin with a dot, too
  -1   one name a line, as always where no terminal is
  -f   behind each name the flags of the mount through which it is seen; on a terminal, what is mounted is underlined
"""
WIDTH = 80
FLAGS = (  # by bit, as in kernel/fs/mode.py; those that a mount can have, and what stands between them
    "read",
    "write",
    "execute",
    "nonblock",
    "append",
    "create",
    "exclusive",
    "parents",
    "truncate",
    "directory",
    "recursive",
    "nofollow",
    "private",
    "propagate",
    "locked",
)


class Listing:
    """How folders are listed."""

    shows_hidden: bool
    below: Below
    shows_flags: bool
    in_columns: bool
    width: int
    colours: Colours

    def __init__(self, arguments: Arguments) -> None:
        self.shows_hidden = arguments.has("-a")
        self.below = Below(arguments.name, self.shows_hidden)
        self.shows_flags = arguments.has("-f")
        self.colours = Colours()
        self.in_columns = is_terminal(1) and not arguments.has("-1")
        width = value_of("COLUMNS")
        self.width = int(width) if width.isdigit() and 0 < len(width) < 5 else WIDTH

    def show(self, path: str) -> None:
        """List what a path leads to."""
        names, _, flags = path.partition(":")
        folder = "." if names == "" else names
        kind = files.stat(f"{folder}:{flags}" if flags != "" else folder).kind
        if kind != NodeKind.DIRECTORY:
            print(names)
            return
        entries = folders.entries_of(folder, self.shows_hidden)
        if is_recursive(flags):
            self.show_below(folder, entries, "")
        else:
            self.show_names(folder, entries)

    def show_names(self, folder: str, entries: list[Listed]) -> None:
        painted = [self.shown(folder, entry) for entry in entries]
        if not self.in_columns:
            files.write_all(1, "".join([f"{name}\n" for name in painted]))
        elif entries:
            plain = [entry.name + sign(entry) + self.flags_of(folder, entry) for entry in entries]
            files.write_all(1, in_columns(plain, painted, self.width))

    def shown(self, folder: str, entry: Listed) -> str:
        """Return an entry of a folder as it is shown."""
        is_mounted = self.colours.are_wanted and mount_of(folder, entry) & IS_MOUNTED != 0
        return self.colours.name(entry, is_mounted) + self.flags_of(folder, entry)

    def flags_of(self, folder: str, entry: Listed) -> str:
        """Return the flags of the mount through which an entry is seen, as they stand behind a path; nothing if nobody asks."""
        if not self.shows_flags:
            return ""
        mount = mount_of(folder, entry)
        names = [FLAGS[bit] for bit in range(len(FLAGS)) if mount >> u32(bit) & 1 != 0]
        return "".join([f":{name}" for name in names])

    def show_below(self, folder: str, entries: list[Listed], before: str) -> None:
        """List the entries of a folder and all that is below them, each name behind the way to it."""
        for entry in entries:
            print(before + self.shown(folder, entry))
            if entry.is_folder:
                inner = folders.join(folder, entry.name)
                self.show_below(inner, self.below.entries(inner), f"{before}{entry.name}/")


def mount_of(folder: str, entry: Listed) -> u32:
    """Return through which mount an entry is seen (Stat.mount); 0 if it is gone."""
    try:
        return files.stat(f"{folders.join(folder, entry.name)}:nofollow").mount
    except OSError:
        return 0


def sign(entry: Listed) -> str:
    if entry.is_folder:
        return "/"
    return "@" if entry.is_link else ""


def is_recursive(flags: str) -> bool:
    """Whether flags say that all below is meant, in whatever way they say it."""
    return any(
        word == "recursive" or "R" in word and word.isalpha() and len(word) < 4
        for word in flags.split(":")
    )


def run(arguments: Arguments) -> int:
    listing = Listing(arguments)
    status = each(arguments.name, arguments.operands or ["."], listing.show)
    return 1 if listing.below.has_failed else status
