"""How late a thread wakes that sleeps 1 ms at a time among a hundred that never sleep; one instruction is 1 ns.

Machine: icount=0
"""

from __future__ import annotations

from typing import Final

from core.sort import sort
from kernel.log import log
from kernel.sched import kernel_thread, sleep
from kernel.time import clock
from lang import Array, Atomic, no_raise, u64

US: Final = 1000
MS: Final = 1_000_000
HOGS: Final = 100
ROUNDS: Final = 500

spins: Atomic[u64]
is_over: Atomic[bool]
ended: Atomic[u64]
late: Array[u64, ROUNDS]  # in ns


@no_raise
def spin() -> None:
    while not is_over.load():
        spins.fetch_add(1)  # a hint that it spins would be slow in an emulator
    ended.fetch_add(1)


def test_a_sleeper_among_a_hundred_hogs_wakes_at_once() -> None:
    for _ in range(HOGS):
        kernel_thread.start("hog", spin)
    deadline = clock.uptime() + 100 * MS
    sleep.until(deadline)
    for round in range(ROUNDS):
        deadline = clock.uptime() + MS
        sleep.until(deadline)
        late[round] = clock.uptime() - deadline
    is_over.store(True)
    while ended.load() < HOGS:
        sleep.until(clock.uptime() + MS)

    sort(late[:])
    half, most, worst = late[ROUNDS // 2], late[ROUNDS * 9 // 10], late[ROUNDS - 1]
    log.info(f"late by {half} ns in half of the cases, {most} ns in 90 of 100, at worst {worst} ns")
    assert half < 5 * US
    assert most < 5 * US
    assert worst < 20 * MS
