"""Threads that begin and end."""

from __future__ import annotations

from typing import Final

from lang import Array, Atomic, address_of, u32
from lib.std import words
from lib.std.threads import Thread
from programs.measurements.report import now, report

THOUSAND: Final = 1000

gate: Array[Atomic[u32], 1]  # 1: open
begun: Array[Atomic[u32], 1]  # threads that wait at the gate


def nothing() -> None:
    pass


def create_join(rounds: int) -> int:
    start = now()
    for _ in range(rounds):
        thread = Thread(nothing)
        thread.start()
        thread.join()
    return now() - start


def measure_thousand() -> None:
    """For each thread: create a thousand and see them all run; wake and join all."""
    threads = [Thread(wait_at_gate) for _ in range(THOUSAND)]
    start = now()
    for thread in threads:
        thread.start()
    count = address_of(begun[0])
    while (seen := count[0].load()) < THOUSAND:
        words.sleep_while(count, seen, words.NEVER)
    report("threads1000_create_start", now() - start, THOUSAND)
    start = now()
    gate[0].store(1)
    words.wake(address_of(gate[0]), words.ALL)
    for thread in threads:
        thread.join()
    report("threads1000_wake_join", now() - start, THOUSAND)


def wait_at_gate() -> None:
    if begun[0].fetch_add(1) + 1 == THOUSAND:
        words.wake(address_of(begun[0]), 1)
    while gate[0].load() == 0:
        words.sleep_while(address_of(gate[0]), 0, words.NEVER)
