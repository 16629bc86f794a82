"""Runs a program, which stands beside it as program.py, whenever it is asked to.

Protocol, a line each, until standard input ends:
    request    rounds
    reply      checksum, nanoseconds of processor time
"""

from __future__ import annotations

import sys
import time

from program import run


def main() -> None:
    for line in sys.stdin:
        start = time.process_time_ns()
        checksum = run(int(line))
        took = time.process_time_ns() - start
        print(checksum, took, flush=True)


if __name__ == "__main__":
    main()
