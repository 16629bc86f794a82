"""Prints what the keyboard tells, while its driver is replaced again and again; ends with the escape key.

The last line says how often.
"""

from __future__ import annotations

from lang import Array, u8, u64
from lib.std import control_files, files, system
from lib.std.texts import decode
from lib.std.threads import Thread

EVENTS = "/dev/kbd/0/events"
CONTROL = "/sys/module/control"
PIECE = 256
ESCAPE = "41^"


class Replacer(Thread):
    """Replaces the driver until it is told to stop."""

    times: int
    is_over: bool

    def __init__(self) -> None:
        super().__init__()
        self.times = 0
        self.is_over = False

    def run(self) -> None:
        while not self.is_over:
            control_files.tell(CONTROL, "replace ps2")
            self.times += 1


def main() -> int:
    events = files.open_file(EVENTS)
    replacer = Replacer()
    replacer.start()
    print("listening")
    storage = Array[u8, PIECE]()
    text = ""
    while not text.endswith(ESCAPE):
        count = system.read(u64(events.number), storage[:])
        text = decode(storage[:count])
        print(text)
    replacer.is_over = True
    replacer.join()
    print("replaced", replacer.times)
    return 0
