"""Processes and threads leave nothing behind: prints how many pages more are used after many lives than after half as many.

lives PROCESSES THREADS
"""

from __future__ import annotations

from lib.std import files, processes, system
from lib.std.arguments import arguments
from lib.std.threads import Thread

FORGOTTEN_NS = 3_000_000_000  # by then the system has forgotten every process that ended
AT_ONCE = 20


def nothing() -> None:
    pass


def live_as_processes(count: int) -> None:
    for _ in range(count // AT_ONCE):
        children = [processes.spawn(["/bin/init", "end"]) for _ in range(AT_ONCE)]
        for child in children:
            child.wait()


def live_as_threads(count: int) -> None:
    for _ in range(count // AT_ONCE):
        threads = [Thread(nothing) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def used_pages() -> int:
    """Return how many pages are used, once what has ended is forgotten."""
    system.nanosleep(FORGOTTEN_NS)
    for line in files.read_text("/dev/perf/mem").splitlines():
        words = line.split()
        if words[0] == "used_pages":
            return int(words[1])
    return 0


def main() -> int:
    words = arguments()
    if len(words) < 3:
        return 0  # what is spawned
    process_count, thread_count = int(words[1]), int(words[2])
    live_as_processes(process_count // 2)
    live_as_threads(thread_count // 2)
    before = used_pages()
    live_as_processes(process_count)
    live_as_threads(thread_count)
    print("more pages:", used_pages() - before)
    return 0
