"""How late a thread wakes that sleeps until every full millisecond, among others that never sleep."""

from __future__ import annotations

from typing import Final

from lang import Array, Atomic, u32, u64
from lib.std import system
from lib.std.threads import Thread
from programs.measurements.report import now, report

MS: Final = 1_000_000
SETTLING: Final[u64] = 200 * MS

is_over: Array[Atomic[u32], 1]


def measure(hogs: int, samples: int) -> None:
    """Report half of the times, nine tenths, nearly all and all of them are below which."""
    is_over[0].store(0)
    threads = [Thread(spin) for _ in range(hogs)]
    for thread in threads:
        thread.start()
    system.nanosleep(SETTLING)
    late = lateness(samples)
    is_over[0].store(1)
    for thread in threads:
        thread.join()
    late = sorted(late)
    name = "wake_latency_" + ("idle" if hogs == 0 else "1hog" if hogs == 1 else f"{hogs}hogs")
    for what, share in [("p50", 50), ("p90", 90), ("p99", 99)]:
        report(f"{name}_{what}", late[samples * share // 100], 1)
    report(f"{name}_max", late[samples - 1], 1)


def lateness(samples: int) -> list[int]:
    """Return by how many ns each wake-up came late."""
    late: list[int] = []
    due = now() + MS
    for _ in range(samples):
        system.nanosleep(u64(max(due - now(), 0)))
        woke = now()
        late.append(woke - due)
        while due <= woke:
            due += MS
    return late


def spin() -> None:
    while is_over[0].load() == 0:
        pass
