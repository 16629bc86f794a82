"""find"""

from __future__ import annotations

from lib.std.files import Listed
from programs.shell import patterns
from programs.tools import folders
from programs.tools.arguments import Arguments, Mistake
from programs.tools.each import each
from programs.tools.folders import Below

HELP = """\
usage: find [-name PATTERN] [-type KIND] [FOLDER...]

Print the paths of all that is below folders, or below the one where one is.

  -name PATTERN   whose last name is so: * any characters, ? one, [abc] one of these
  -type KIND      what is so: file, folder, or link
"""


class Search:
    """What is looked for."""

    below: Below
    pattern: str
    kind: str  # empty: any

    def __init__(self, arguments: Arguments) -> None:
        self.below = Below(arguments.name, True)
        self.pattern = arguments.text("-name", "*")
        self.kind = arguments.text("-type", "")
        if self.kind not in ["", "file", "folder", "link"]:
            raise Mistake(f"a type is file, folder or link, not {self.kind!r}")

    def search(self, folder: str) -> None:
        """Print what there is below a folder."""
        self.search_entries(folder, folders.entries_of(folder, True))

    def search_entries(self, folder: str, entries: list[Listed]) -> None:
        for entry in entries:
            path = folders.join(folder, entry.name)
            if self.is_wanted(entry):
                print(path)
            if entry.is_folder:
                self.search_entries(path, self.below.entries(path))

    def is_wanted(self, entry: Listed) -> bool:
        kind = "folder" if entry.is_folder else "link" if entry.is_link else "file"
        return self.kind in ["", kind] and patterns.matches(entry.name, self.pattern)


def run(arguments: Arguments) -> int:
    search = Search(arguments)
    status = each(arguments.name, arguments.operands or ["."], search.search)
    return 1 if search.below.has_failed else status
