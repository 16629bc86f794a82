"""What a process spawns while it ends does not stay behind."""

from __future__ import annotations

from lang import u64
from lib.std import files, notes, processes, system
from lib.std.arguments import arguments
from lib.std.processes import EMPTY_GROUP, SUSPEND
from lib.std.threads import Thread

SELF = "/bin/init"
MS = 1_000_000
PARENTS = 20


def sleep(ms: int) -> None:
    system.nanosleep(u64(ms * MS))


def spawn_for_ever() -> None:
    while True:
        processes.spawn([SELF, "late"])


def be_child(role: str) -> int:
    if role == "forgetful":
        processes.spawn([SELF, "suspended"], SUSPEND)
    elif role == "spawner":
        Thread(spawn_for_ever).start()
        sleep(1_000_000)
    else:
        sleep(1_000_000)
    return 0


def count(role: str) -> int:
    """Return how many processes with a role have not ended."""
    found = 0
    for entry in files.list_folder("/proc"):
        try:
            if f"{SELF}\0{role}\0" == files.read_text(f"/proc/{entry.name}/cmdline"):
                found += not has_ended(entry.name)
        except OSError:  # it is no process, or one that is forgotten by now
            pass
    return found


def has_ended(number: str) -> bool:
    try:
        files.read_text(f"/proc/{number}/wait:nonblock")
        return True
    except BlockingIOError:
        return False


def wait_for_ends(role: str) -> None:
    while count(role) > 0:
        sleep(1)


def main() -> int:
    words = arguments()
    if len(words) > 1:
        return be_child(words[1])
    kept = processes.spawn([SELF, "suspended"], SUSPEND)
    print("forgetful:", processes.spawn([SELF, "forgetful"]).wait(), count("suspended") >= 1)
    processes.control(kept.number, "start")
    while count("suspended") > 1:
        sleep(1)
    print("one is left:", count("suspended"))
    processes.control(kept.number, "kill")
    for _ in range(PARENTS):
        parent = processes.spawn([SELF, "spawner"], EMPTY_GROUP)
        sleep(2)
        notes.send_to_group(parent.number, "interrupt")
        parent.wait()
    wait_for_ends("late")
    print("none is left")
    return 0
