"""uptime"""

from __future__ import annotations

from lib.std import system
from programs.tools import processes
from programs.tools.arguments import Arguments

HELP = """\
usage: uptime

Print for how long the system has run, and how many processes there are.
"""


def run(arguments: Arguments) -> int:
    arguments.require(0, 0)
    count = len(processes.all_processes())
    print(f"up {shown(int(system.uptime()))}, {count} processes")
    return 0


def shown(ns: int) -> str:
    """Return a time in words."""
    ms = ns // 1_000_000
    seconds, minutes, hours = ms // 1000 % 60, ms // 60_000 % 60, ms // 3_600_000
    text = f"{seconds}.{ms % 1000:03} s"
    if hours > 0:
        return f"{hours} h {minutes} min {text}"
    return f"{minutes} min {text}" if minutes > 0 else text
