"""Children that let their own processes be seen in their namespaces, and end: nothing of them stays."""

from __future__ import annotations

from lang import u64
from lib.std import files, processes, system
from lib.std.arguments import arguments
from lib.std.processes import COPY_NAMESPACE

SELF = "/bin/init"
PLACE = "/tmp/me"
FORGOTTEN_NS = 3_000_000_000  # after which nobody remembers a process that has ended
KINDS = ("Process", "Namespace", "View")


def main() -> int:
    if len(arguments()) > 1:
        with files.open_file("/proc/self") as own:
            system.bind(PLACE.encode(), u64(own.number))
        print("seen:", files.read_text(f"{PLACE}/pid") == files.read_text("/proc/self/pid"))
        return 0
    files.close(int(system.open(f"{PLACE}:create:directory".encode())))
    show_and_end()
    before = alive()
    for _ in range(3):
        show_and_end()
    print("more than before:", [now - then for now, then in zip(alive(), before, strict=True)])
    return 0


def show_and_end() -> None:
    processes.spawn([SELF, "child"], COPY_NAMESPACE).wait()


def alive() -> list[int]:
    """Return how many objects there are of each kind once those of ended processes are forgotten."""
    system.nanosleep(FORGOTTEN_NS)
    counts = [0 for _ in KINDS]
    for line in files.read_text("/sys/counts/objects").splitlines():
        words = line.split()
        for index, kind in enumerate(KINDS):
            if words[0].endswith(f".{kind}"):
                counts[index] = int(words[2])
    return counts
