"""benchmark"""

from __future__ import annotations

from programs import benchmark
from programs.tools.arguments import Arguments

HELP = """\
usage: benchmark

Measure what the kernel does for programs, each operation again and again: a line of JSON for each, in nanoseconds.
"""


def run(arguments: Arguments) -> int:
    if arguments.operands:  # one of the processes that it measures something with
        return benchmark.be_spawned(arguments.operands)
    benchmark.measure()
    return 0
