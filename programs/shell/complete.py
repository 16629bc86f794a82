"""What Tab may add to a line: the rest of a program's name, a path, a flag of a path, a command of a control file.

The first word of a command is a program, or one of the shell's own commands. Behind a colon are flags. Behind `tell FILE` is what the
control file FILE takes. Everything else is a path.
"""

from __future__ import annotations

from lib.std import files
from programs import finding
from programs.shell import own
from programs.shell.quoting import escaped
from programs.shell.typed import last_command

FLAGS = (
    "append",
    "create",
    "directory",
    "exclusive",
    "execute",
    "locked",
    "nofollow",
    "nonblock",
    "parents",
    "private",
    "propagate",
    "read",
    "recursive",
    "truncate",
    "write",
)


class Completion:
    """What is certain, and what it could be."""

    addition: str
    choices: list[str]

    def __init__(self, beginning: str, names: list[str], behind: str, quote: str) -> None:
        """Be for a word that begins so, behind an open quotation mark or none, and the names that it could become.

        behind: stands behind a name that is certain, unless that is a folder's.
        """
        self.choices = sorted({name for name in names if name.startswith(beginning)})
        common = common_beginning(self.choices)
        self.addition = escaped(common[len(beginning) :], quote)
        if len(self.choices) == 1 and behind != "" and not common.endswith("/"):
            self.addition += quote + behind


class System:
    """Where names come from; tests put another one in its place."""

    def programs(self) -> list[str]:
        """Return the names of all programs."""
        found = own.names()
        for folder in finding.folders():
            found.extend([name for name in self.entries(folder) if not name.endswith("/")])
        return found

    def entries(self, folder: str) -> list[str]:
        """Return the names in a folder, a slash behind those of folders; none if it cannot be read."""
        try:
            listed = files.list_folder(folder)
        except OSError:
            return []
        except ValueError:
            return []
        return [
            entry.name + "/" if entry.is_folder or is_link_to_folder(folder, entry) else entry.name
            for entry in listed
        ]

    def verbs(self, path: str) -> list[str]:
        """Return the commands of a control file, which it shows when it is read."""
        try:
            lines = files.read_text(path + ":read:nonblock").splitlines()
        except OSError:
            return []
        except ValueError:
            return []
        return [line.split()[0] for line in lines if line != "" and line[0].isalpha()]


def is_link_to_folder(folder: str, entry: files.Listed) -> bool:
    return entry.is_link and files.is_folder(f"{folder}/{entry.name}")


def complete(before: str, system: System) -> Completion:
    """Return how the text before the cursor can go on."""
    typed = last_command(before)
    word, earlier, quote = typed.word, typed.earlier, typed.quote
    if ":" in word:
        return Completion(word.rpartition(":")[2], list(FLAGS), "", quote)
    if not earlier and "/" not in word:
        return Completion(word, system.programs(), " ", quote)
    if len(earlier) == 2 and earlier[0] == "tell":
        return Completion(word, system.verbs(earlier[1]), " ", quote)
    folder, slash, beginning = word.rpartition("/")
    names = system.entries(folder + slash if slash != "" else ".")
    if beginning == "":
        names = [name for name in names if not name.startswith(".")]
    return Completion(beginning, names, " ", quote)


def common_beginning(names: list[str]) -> str:
    """Return the longest text with which all names begin."""
    if not names:
        return ""
    common = names[0]
    for name in names:
        while not name.startswith(common):
            common = common[:-1]
    return common
