"""The first program, and under each other name that program.

As init: give every program its name in /bin, run the shell at the console, and end with its status.
"""

from __future__ import annotations

from core.world import hosted
from lib.std import processes, system
from lib.std.arguments import arguments
from programs.shell import shell, talk, variables
from programs.tools import toolbox

SHELL = ("shell", "sh")
BIN = "/base/bin"
DUMB = "--dumb"  # the terminal shows no colours


def main() -> int:
    words = arguments()
    name = words[0].rpartition("/")[2]
    if name == "init":
        return start_system(words)
    if name in SHELL:
        return be_shell(words)
    return toolbox.run(name, words[1:])


def start_system(words: list[str]) -> int:
    """Be init: with a command line as the argument, run that, else talk to whoever is at the console."""
    system.symlink(b"/bin", BIN.encode())
    for name in list(SHELL) + toolbox.names():
        system.symlink(b"init", f"/bin/{name}".encode())
    variables.assign("PATH", BIN)
    if len(words) > 1 and words[1] == DUMB:
        variables.assign("TERM", "dumb")
        words.pop(1)
    command = ["/bin/shell"]
    if len(words) > 1:
        command = ["/bin/shell", "-c", words[1]]
    status = processes.spawn(command).wait()
    hosted.end_with_text(status)
    return 0


def be_shell(words: list[str]) -> int:
    """Be a shell: for what is typed, unless arguments say something else."""
    if len(words) > 1:
        return shell.run(words)
    hosted.end_with_text(talk.talk())
    return 0
