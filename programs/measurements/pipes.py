"""Writes to a pipe that another process drains, by reads of the same size."""

from __future__ import annotations

from typing import Final

from lang import Array, u8, u64
from lib.std import files, processes, system
from lib.std.processes import SUSPEND
from programs.measurements.report import me, now

LARGEST: Final = 65536

memory: Array[u8, LARGEST]


def write_through(size: int, rounds: int) -> int:
    """Write so many bytes at a time."""
    reads, writes = files.open_pair("/dev/pipe/new")
    child = processes.spawn([me(), "drain", str(size)], SUSPEND)
    processes.control(child.number, f"dup2 {reads} 0 && close 3 -1 && start")
    files.close(reads)
    files.write_all(writes, "begin")
    start = now()
    for _ in range(rounds):
        system.write(u64(writes), memory[:size])
    result = now() - start
    files.close(writes)
    child.wait()
    return result


def drain(size: int) -> None:
    """Read standard input to its end."""
    while system.read(0, memory[:size]) > 0:
        pass
