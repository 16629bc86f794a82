"""What processes and threads take of memory while they sleep."""

from __future__ import annotations

from typing import Final

from lang import Array, Atomic, address_of, u32, u64
from lib.std import files, processes, system, words
from lib.std.threads import Thread
from programs.measurements.report import me, report_bytes

PAGE: Final = 4096
COUNT: Final = 50
WHILE_NS: Final[u64] = 50_000_000
FOR_EVER: Final[u64] = 1 << 62

gate: Array[Atomic[u32], 1]


def measure() -> None:
    """Report for a thread, and for a process, which is another one of this program."""
    measure_threads()
    measure_processes()


def measure_threads() -> None:
    threads = [Thread(wait) for _ in range(COUNT)]
    before = used_pages()
    for thread in threads:
        thread.start()
    system.nanosleep(WHILE_NS)
    report_bytes("memory_per_thread", (used_pages() - before) * PAGE // COUNT)
    gate[0].store(1)
    words.wake(address_of(gate[0]), words.ALL)
    for thread in threads:
        thread.join()


def measure_processes() -> None:
    before = used_pages()
    children = [processes.spawn([me(), "sleep"]) for _ in range(COUNT)]
    system.nanosleep(WHILE_NS)
    report_bytes("memory_per_process", (used_pages() - before) * PAGE // COUNT)
    for child in children:
        processes.control(child.number, "kill")
        child.wait()


def used_pages() -> int:
    """Return how many pages the system uses."""
    for line in files.read_text("/dev/perf/mem").splitlines():
        name, count = line.split()
        if name == "used_pages":
            return int(count)
    return 0


def sleep_for_ever() -> None:
    system.nanosleep(FOR_EVER)


def wait() -> None:
    while gate[0].load() == 0:
        words.sleep_while(address_of(gate[0]), 0, words.NEVER)
