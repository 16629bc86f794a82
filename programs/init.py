"""The first program, and under each other name that program.

As init: give every program its name in /bin, run the shell at the console, and end with its status.
"""

from __future__ import annotations

from core.world import hosted
from lib.std import files, processes, system
from lib.std.arguments import arguments
from programs.shell import shell
from programs.tools import toolbox


def main() -> int:
    words = arguments()
    name = words[0].rpartition("/")[2]
    if name == "init":
        return start_system(words)
    if name == "sh":
        return shell.run(words)
    return toolbox.run(name, words)


def start_system(words: list[str]) -> int:
    """Be init: with a command line as the argument, run that, else talk to whoever is at the console."""
    for name in ["sh"] + toolbox.names():
        system.symlink(b"init", f"/bin/{name}".encode())
    files.write_text("/proc/self/env/PATH:create", "/bin")
    command = ["/bin/sh"]
    if len(words) > 1:
        command = ["/bin/sh", "-c", words[1]]
    status = processes.spawn(command).wait()
    hosted.end_with_text(status)
    return 0
