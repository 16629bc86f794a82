"""free"""

from __future__ import annotations

from programs.tools import processes
from programs.tools.arguments import Arguments

HELP = """\
usage: free

Print how much memory there is, is free, is used, in MiB.
"""
PAGES_PER_MIB = 256


def run(arguments: Arguments) -> int:
    arguments.require(0, 0)
    pages = processes.memory()
    for name in ["total", "free", "used"]:
        print(f"{name:<6}{pages[name + '_pages'] / PAGES_PER_MIB:>8.1f} MiB")
    return 0
