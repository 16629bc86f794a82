"""Spawning a process, as the system's tour shows it; under another argument, the process that is spawned."""

from __future__ import annotations

from lib.std import files, notes, processes
from lib.std.arguments import arguments


def be_child() -> int:
    """Say what one was given."""
    print("input:", files.read_all(0))
    print("MY_VAR is", files.read_text("/proc/self/env/MY_VAR"))
    return 3


def show_open_files(number: int) -> None:
    lines = files.read_text(f"/proc/{number}/files").splitlines()
    print("no files but these:", " ".join([line.split()[0] for line in lines]))


def main() -> int:
    words = arguments()
    if len(words) > 1:
        return be_child()
    reads, writes = files.open_pair("/dev/pipe/new")
    files.write_all(writes, "typed")
    files.close(writes)

    child = processes.spawn([words[0], "child"], processes.SUSPEND)
    print("the child has not begun:", child.has_ended())
    ctl = f"/proc/{child.number}/ctl"
    files.write_text(ctl, f"dup2 {reads} 0 && dup2 1 2 && close 3 -1")
    files.write_text(f"/proc/{child.number}/env/MY_VAR:create", "my_value")
    files.write_text(ctl, "start")
    print(f"status: [{child.wait()}]")

    other = processes.spawn([words[0], "child"], processes.SUSPEND)
    files.write_text(f"/proc/{other.number}/ctl", "close 3 -1")
    show_open_files(other.number)
    notes.send(other.number, "terminate and tell why")
    files.write_text(f"/proc/{other.number}/ctl", "start")
    print(other.wait())
    third = processes.spawn([words[0], "child"], processes.SUSPEND)
    files.write_text(f"/proc/{third.number}/ctl", "kill")
    print(third.wait())
    return 0
