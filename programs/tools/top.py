"""top"""

from __future__ import annotations

from lang import Array, u8, u64
from lib.std import clock, files, system
from lib.std.terminal import is_terminal
from lib.std.texts import decode
from programs.tools import processes
from programs.tools.arguments import Arguments
from programs.tools.colours import GREEN, RED, YELLOW, Colours
from programs.tools.processes import Process, Processor

HELP = """\
usage: top [-n TIMES] [-d SECONDS]

Show once a second what processors, memory and processes do, until q is pressed.
Keys: c by time of processors, m by memory, p by number; j and k scroll; q ends.

  -n TIMES     so often, and then end; for ever on a terminal, else once
  -d SECONDS   how long each is shown; 1 if it is not said
"""
ROWS = 24
COLUMNS = 80
BAR = 20  # characters
PAGE_KIB = 4
NS_PER_S = 1_000_000_000
KEYS_EVERY_NS = 50_000_000


class Sample:
    """What was seen at a moment."""

    time: int  # uptime, ns
    processors: list[Processor]
    processes: list[Process]

    def __init__(self) -> None:
        self.time = int(clock.uptime())
        self.processors = processes.processors()
        self.processes = processes.all_processes()


class Top:
    """What is shown, and how."""

    order: str  # the key for it
    first: int  # the process at the top, as one has scrolled
    is_over: bool
    colours: Colours
    on_terminal: bool
    keys: int  # the open file, or -1

    def __init__(self) -> None:
        self.order = "c"
        self.first = 0
        self.is_over = False
        self.colours = Colours()
        self.keys = -1
        self.on_terminal = is_terminal(1)
        if self.on_terminal and is_terminal(0):
            self.keys = files.open_file("/dev/console:read:nonblock").number

    def show(self, before: Sample, now: Sample) -> None:
        """Show what happened between two moments."""
        lines = self.processor_lines(before, now)
        lines.append(self.memory_line())
        lines.append("")
        lines.append("  PID     CPU      KiB THREADS COMMAND")
        room = ROWS - len(lines) - 1
        rows = self.process_lines(before, now)
        self.first = max(0, min(self.first, len(rows) - 1))
        if self.on_terminal:
            rows = [row[:COLUMNS] for row in rows[self.first : self.first + room]]
        lines.extend(rows)
        clear = "\x1b[H\x1b[J" if self.on_terminal else ""
        files.write_all(1, clear + "\n".join(lines) + "\n")

    def processor_lines(self, before: Sample, now: Sample) -> list[str]:
        """Return a line for each two processors: how busy each was."""
        cells: list[str] = []
        for index in range(min(len(before.processors), len(now.processors))):
            old, new = before.processors[index], now.processors[index]
            active, idle = new.active - old.active, new.idle - old.idle
            share = percent(active, active + idle)
            cells.append(f"CPU{index:<3}{self.bar(share, 30.0, 70.0)} {share:>7.3f}%")
        return ["  ".join(cells[index : index + 2]) for index in range(0, len(cells), 2)]

    def memory_line(self) -> str:
        pages = processes.memory()
        used, total = pages["used_pages"], pages["total_pages"]
        share = percent(used, total)
        shown = f"{used * PAGE_KIB // 1024} of {total * PAGE_KIB // 1024} MiB"
        return f"Memory{self.bar(share, 50.0, 80.0)} {shown}"

    def bar(self, share: float, busy: float, full: float) -> str:
        """Return a bar for a share in percent, in a colour for how much it is."""
        length = min(int(share * BAR / 100.0 + 0.5), BAR)
        colour = GREEN if share < busy else YELLOW if share < full else RED
        return "[" + self.colours.paint("|" * length, colour) + " " * (BAR - length) + "]"

    def process_lines(self, before: Sample, now: Sample) -> list[str]:
        """Return a line for each process, in the order that is wanted."""
        old = {each.number: each.run_ns for each in before.processes}
        passed = now.time - before.time
        keyed: list[tuple[int, int, str]] = []
        for process in now.processes:
            ran = process.run_ns - old.get(process.number, process.run_ns)
            share = percent(ran, passed)
            kib = process.pages * PAGE_KIB
            line = f"{process.number:>5} {share:>6.1f}% {kib:>8} {process.threads:>7} "
            key = process.number
            if self.order == "c":
                key = -ran
            elif self.order == "m":
                key = -kib
            keyed.append((key, process.number, line + process.command))
        return [line for _, _, line in sorted(keyed)]

    def wait(self, ns: int) -> None:
        """Wait, and obey the keys that are pressed meanwhile."""
        end = int(clock.uptime()) + ns
        while not self.is_over and int(clock.uptime()) < end:
            pause = min(KEYS_EVERY_NS, ns) if self.keys >= 0 else ns
            system.nanosleep(u64(pause))
            for key in self.pressed():
                self.obey(key)

    def pressed(self) -> str:
        """Return the keys that were pressed."""
        if self.keys < 0:
            return ""
        storage = Array[u8, 64]()
        try:
            return decode(storage[: system.read(u64(self.keys), storage[:])])
        except BlockingIOError:
            return ""

    def obey(self, key: str) -> None:
        if key in "cmp":
            self.order = key
        elif key == "j":
            self.first += 1
        elif key == "k":
            self.first -= 1
        elif key == "q":
            self.is_over = True


def percent(part: int, whole: int) -> float:
    return 0.0 if whole <= 0 else 100.0 * part / whole


def run(arguments: Arguments) -> int:
    arguments.require(0, 0)
    top = Top()
    times = arguments.number("-n", 0 if top.on_terminal else 1)
    pause = arguments.number("-d", 1) * NS_PER_S
    before = Sample()
    shown = 0
    while not top.is_over and (times == 0 or shown < times):
        top.wait(pause)
        now = Sample()
        top.show(before, now)
        before = now
        shown += 1
    files.close(top.keys)
    return 0
