"""Packets of 64 bytes there and back, through a local socket; and files that are polled."""

from __future__ import annotations

from typing import Final

from core.ring_records import PollEntry, Ready
from lang import Array, u8, u32, u64
from lib.std import files, processes, sockets, system
from lib.std.processes import SUSPEND
from lib.std.threads import Thread
from programs.measurements.report import me, now

SIZE: Final = 64
POLLED: Final = 10


def echo(number: int) -> None:
    """Send each packet back, until there are no more."""
    packet = Array[u8, SIZE]()
    while system.read(u64(number), packet[:]) == u64(SIZE):
        system.write(u64(number), packet[:])


def packets_to_process(rounds: int) -> int:
    mine, theirs = connected()
    child = processes.spawn([me(), "echo_packets"], SUSPEND)
    processes.control(child.number, f"dup2 {theirs.number} 0 && close 3 -1 && start")
    theirs.close()
    result = round_trips(mine.number, rounds)
    mine.close()
    child.wait()
    return result


def packets_to_thread(rounds: int) -> int:
    mine, theirs = connected()
    number = theirs.number
    thread = Thread(lambda: echo(number))
    thread.start()
    result = round_trips(mine.number, rounds)
    mine.close()
    thread.join()
    return result


def connected() -> tuple[sockets.Connection, sockets.Connection]:
    """Return both sides of a connection."""
    server = sockets.Server("measured")
    mine = sockets.connect("measured")
    return mine, server.accept()


def round_trips(number: int, rounds: int) -> int:
    packet = Array[u8, SIZE]()
    system.write(u64(number), packet[:])
    system.read(u64(number), packet[:])
    start = now()
    for _ in range(rounds):
        system.write(u64(number), packet[:])
        system.read(u64(number), packet[:])
    return now() - start


def poll_pipes(rounds: int) -> int:
    """Poll ten pipes, of which the last has something."""
    entries = Array[PollEntry, POLLED]()
    opened: list[int] = []
    for index in range(POLLED):
        reads, writes = files.open_pair("/dev/pipe/new")
        opened.extend([reads, writes])
        entries[index] = PollEntry(u64(reads), u32(Ready.READ), 0)
    files.write_all(opened[-1], "x")
    start = now()
    for _ in range(rounds):
        system.poll(entries[:], 0)
    result = now() - start
    for number in opened:
        files.close(number)
    return result
