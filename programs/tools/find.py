"""find"""

from __future__ import annotations

from lib.std.files import Listed
from programs.shell import patterns
from programs.tools import folders
from programs.tools.arguments import Arguments, Mistake
from programs.tools.each import complain, each

HELP = """\
usage: find [-name PATTERN] [-type KIND] [FOLDER...]

Print the paths of all that is below folders, or below the one where one is.

  -name PATTERN   whose last name is so: * any characters, ? one, [abc] one of these
  -type KIND      what is so: file, folder, or link
"""


class Search:
    """What is looked for."""

    program: str
    pattern: str
    kind: str  # empty: any
    has_failed: bool

    def __init__(self, arguments: Arguments) -> None:
        self.program = arguments.name
        self.pattern = arguments.text("-name", "*")
        self.kind = arguments.text("-type", "")
        self.has_failed = False
        if self.kind not in ["", "file", "folder", "link"]:
            raise Mistake(f"a type is file, folder or link, not {self.kind!r}")

    def search(self, folder: str) -> None:
        """Print what there is below a folder."""
        for entry in folders.entries_of(folder, True):
            path = folders.join(folder, entry.name)
            if self.is_wanted(entry):
                print(path)
            if entry.is_folder:
                self.search_inside(path)

    def search_inside(self, path: str) -> None:
        """Look through a folder that may have gone meanwhile, or be closed to us."""
        try:
            self.search(path)
        except FileNotFoundError:
            return
        except PermissionError:
            self.has_failed = True
            complain(self.program, f"{path}: that is not permitted there")

    def is_wanted(self, entry: Listed) -> bool:
        kind = "folder" if entry.is_folder else "link" if entry.is_link else "file"
        return self.kind in ["", kind] and patterns.matches(entry.name, self.pattern)


def run(arguments: Arguments) -> int:
    search = Search(arguments)
    status = each(arguments.name, arguments.operands or ["."], search.search)
    return 1 if search.has_failed else status
