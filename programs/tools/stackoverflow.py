"""stackoverflow"""

from __future__ import annotations

from lang import asm
from programs.tools.arguments import Arguments

HELP = """\
usage: stackoverflow

Use the whole stack, and more: the status says what the kernel has to say about that.
"""


def run(arguments: Arguments) -> int:
    """Push until there is no stack. A function that calls itself would raise RecursionError before."""
    arguments.require(0, 0)
    asm("1: pushq %rax\n jmp 1b", inputs=[], outputs=[], clobbers=["memory"])
    return 0
