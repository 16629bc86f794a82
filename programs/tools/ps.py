"""ps"""

from __future__ import annotations

from programs.tools import processes
from programs.tools.arguments import Arguments

HELP = """\
usage: ps

List processes: number, pages of memory, threads, milliseconds that they ran, command.
"""


def run(arguments: Arguments) -> int:
    arguments.require(0, 0)
    print("  PID  PAGES THREADS      MS COMMAND")
    for process in processes.all_processes():
        ms = process.run_ns // 1_000_000
        numbers = f"{process.number:>5} {process.pages:>6} {process.threads:>7} {ms:>7}"
        print(f"{numbers} {process.command}".rstrip())
    return 0
