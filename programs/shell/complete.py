"""What Tab may add to a line: the rest of a program's name, a path, a flag of a path, a command of a control file.

The first word of a command is a program, or one of the shell's own commands. Behind a colon are flags. Behind `tell FILE` is what the
control file FILE takes. Everything else is a path.
"""

from __future__ import annotations

from lib.std import files
from programs.shell import launch, own

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

    def __init__(self, beginning: str, choices: list[str]) -> None:
        """Be for a word that begins so, and the words that it could become, a blank behind those that end there."""
        self.choices = [choice.rstrip(" ") for choice in choices]
        self.addition = common_beginning(choices)[len(beginning) :]


class System:
    """Where names come from; tests put another one in its place."""

    def programs(self) -> list[str]:
        """Return the names of all programs."""
        found = own.names()
        for folder in launch.folders():
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
    words = current_command(before).split(" ")
    word = words[-1]
    earlier = [other for other in words[:-1] if other != ""]
    if ":" in word:
        flag = word.rpartition(":")[2]
        return Completion(flag, matching(flag, list(FLAGS), ""))
    if not earlier and "/" not in word:
        return Completion(word, matching(word, system.programs(), " "))
    if len(earlier) == 2 and earlier[0] == "tell":
        return Completion(word, matching(word, system.verbs(earlier[1]), " "))
    folder, slash, beginning = word.rpartition("/")
    names = system.entries(folder + slash if slash != "" else ".")
    if beginning == "":
        names = [name for name in names if not name.startswith(".")]
    return Completion(beginning, matching(beginning, names, " "))


def current_command(line: str) -> str:
    """Return what is behind the last operator between commands; a redirection is followed by a path."""
    start = 0
    for index in range(len(line)):
        if line[index] in "|&;":
            start = index + 1
    command = line[start:].lstrip(" ")
    for operator in "<>":
        command = command.replace(operator, " > ")
    return command


def matching(beginning: str, names: list[str], behind: str) -> list[str]:
    """Return the names that begin so, in order, each once; with a text behind each that is not a folder's."""
    found = {name for name in names if name.startswith(beginning)}
    return [name if name.endswith("/") else name + behind for name in sorted(found)]


def common_beginning(names: list[str]) -> str:
    """Return the longest text with which all names begin."""
    if not names:
        return ""
    common = names[0]
    for name in names:
        while not name.startswith(common):
            common = common[:-1]
    return common
