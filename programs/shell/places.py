"""Where the standard files of a program lead."""

from __future__ import annotations

from lib.std import files
from lib.std.reasons import reason
from programs.shell import expand
from programs.shell.commands import Redirection, Stage
from programs.shell.variables import Variables
from programs.shell.words import BadLine

NOWHERE = -1  # where the shell's own leads
OUTPUT = 1
ERROR = 2


class Places:
    """The numbers of the open files that are to be standard files."""

    input: int
    output: int
    error: int
    opened: list[int]  # to be closed once they are in place

    def __init__(self) -> None:
        self.input = NOWHERE
        self.output = NOWHERE
        self.error = NOWHERE
        self.opened = []

    def redirect(self, stage: Stage, variables: Variables) -> None:
        """Do what the redirections of a stage say, one after the other.

        Raises:
            BadLine: a file cannot be opened.
        """
        for redirection in stage.redirections:
            match redirection.operator:
                case "<":
                    self.input = self.open(redirection, variables)
                case ">" | ">>":
                    self.output = self.open(redirection, variables)
                case "2>" | "2>>":
                    self.error = self.open(redirection, variables)
                case "2>&1":
                    self.error = OUTPUT if self.output == NOWHERE else self.output
                case _:
                    self.output = ERROR if self.error == NOWHERE else self.error

    def open(self, redirection: Redirection, variables: Variables) -> int:
        """Open the path of a redirection, and return the number."""
        paths = expand.expand(redirection.path, variables)
        if len(paths) != 1 or paths[0] == "":
            raise BadLine(f"behind {redirection.operator} there should be one path")
        path = paths[0]
        try:
            number = open_for(redirection.operator, path)
        except FileNotFoundError:
            hint = "; :create makes one" if ":" in path else " or folder"
            raise BadLine(f"{path}: there is no such file{hint}") from None
        except (OSError, ValueError, MemoryError) as error:
            raise BadLine(f"{path}: {reason(error)}") from None
        self.opened.append(number)
        return number

    def moves(self) -> str:
        """Return the commands that put the files in place, none before the one that it would take the place of is copied."""
        moves = move(self.input, 0)
        if self.error == OUTPUT:
            return moves + move(self.error, ERROR) + move(self.output, OUTPUT)
        return moves + move(self.output, OUTPUT) + move(self.error, ERROR)

    def close(self) -> None:
        """Let go of the files here."""
        for number in self.opened:
            files.close(number)


def move(number: int, standard: int) -> str:
    return "" if number == NOWHERE else f"dup2 {number} {standard} && "


def open_for(operator: str, path: str) -> int:
    """Open what a redirection leads to: a path with flags as they say, one without as its operator says.

    What has no flags is made, if it is not there, and written anew or, for >>, at its end.

    Raises:
        OSError: the class that says why not.
    """
    if operator == "<":
        return files.open_file(path + ":read").number
    if operator.endswith(">>"):
        return open_or_make(path + ":write:append")
    if ":" in path:
        return files.open_file(path + ":write").number
    return open_or_make(path + ":write:truncate")


def open_or_make(path: str) -> int:
    """Open a file, or make it: where nothing can be made, what is there can still be opened."""
    try:
        return files.open_file(path).number
    except FileNotFoundError:
        return files.open_file(path + ":create").number
