"""Processes in groups get notes together."""

from __future__ import annotations

from lib.std import files, notes, processes, system
from lib.std.arguments import arguments
from lib.std.processes import EMPTY_GROUP, SUSPEND

MS = 1_000_000


def take(note: str) -> bool:
    print("here:", note)
    return True


def main() -> int:
    if len(arguments()) > 1:
        system.nanosleep(1_000_000 * MS)
        return 0
    notes.notify(take)
    me = int(system.getpid())
    words = ["/bin/init", "wait"]
    first, second = processes.spawn(words), processes.spawn(words)
    other = processes.spawn(words, EMPTY_GROUP)
    notes.send_to_group(me, "to all of us")
    print(first.wait(), "|", second.wait(), "|", other.has_ended())

    with files.open_file(f"/proc/{other.number}/group") as group:
        moved = processes.spawn(words, SUSPEND)
        processes.control(moved.number, f"setgroup {group.number} && start")
    notes.send_to_group(other.number, "to you two")
    print(other.wait(), "|", moved.wait())

    with files.open_file("/tmp/file:create") as file:
        last = processes.spawn(words, SUSPEND)
        try:
            processes.control(last.number, f"setgroup {file.number}")
        except ValueError:
            print("this is no group")
        processes.control(last.number, "kill")
    print(last.wait())
    return 0
