"""Variables: files in /proc/self/env, so that programs that are started get them too.

Some hold what the shell knows: $? the status of the last command, $! the number of the last process in the background, $$ the
shell's own, $0 the script, $1 and so on its arguments, $@ all of them, $# how many there are.
"""

from __future__ import annotations

from lib.std import files, system

ENVIRONMENT = "/proc/self/env"


class Variables:
    """The variables of a shell."""

    status: str
    last_job: str
    arguments: list[str]  # the first is the script, or the shell

    def __init__(self, arguments: list[str]) -> None:
        self.status = ""
        self.last_job = ""
        self.arguments = arguments

    def value(self, name: str) -> str:
        """Return what a variable holds; nothing if there is none."""
        if name.isdigit():
            return self.argument(name)
        match name:
            case "?":
                return self.status
            case "!":
                return self.last_job
            case "$":
                return str(system.getpid())
            case "#":
                return str(len(self.arguments) - 1)
            case "@":
                return " ".join(self.arguments[1:])
        return value_of(name)

    def argument(self, name: str) -> str:
        if len(name) > 4 or int(name) >= len(self.arguments):
            return ""
        return self.arguments[int(name)]


def value_of(name: str) -> str:
    """Return what a variable of the environment holds; nothing if there is none."""
    try:
        return files.read_text(f"{ENVIRONMENT}/{name}")
    except OSError:
        return ""


def assign(name: str, value: str) -> None:
    """Let a variable hold something.

    Raises:
        OSError: the environment does not take it.
    """
    files.write_text(f"{ENVIRONMENT}/{name}:create:truncate", value)


def forget(name: str) -> None:
    """Remove a variable.

    Raises:
        FileNotFoundError: there is none.
    """
    system.remove(f"{ENVIRONMENT}/{name}".encode())


def names() -> list[str]:
    """Return the names of all variables of the environment, in order."""
    return sorted([entry.name for entry in files.list_folder(ENVIRONMENT)])
