"""What /proc and /dev/perf tell, as numbers."""

from __future__ import annotations

from lib.std import files


class Process:
    """What there is to know of a process."""

    number: int
    pages: int  # of memory
    threads: int
    run_ns: int  # for how long it ran
    command: str

    def __init__(self, number: int, numbers: dict[str, int], command: str) -> None:
        self.number = number
        self.pages = numbers.get("user_pages", 0)
        self.threads = numbers.get("thread_count", 0)
        self.run_ns = numbers.get("run_clocks", 0)
        self.command = command


def all_processes() -> list[Process]:
    """Return what there is to know of all processes that run."""
    found: list[Process] = []
    for entry in files.list_folder("/proc"):
        if entry.name.isdigit():
            try:
                found.append(process(entry.name))
            except OSError:  # it has ended meanwhile
                continue
    return [each for each in found if each.threads > 0]


def process(number: str) -> Process:
    """Return what there is to know of a process.

    Raises:
        FileNotFoundError: there is none.
    """
    numbers = named_numbers(files.read_text(f"/proc/{number}/perf"))
    command = files.read_text(f"/proc/{number}/cmdline")
    shown = "".join([c if c >= " " and c != "\x7f" else " " for c in command])
    return Process(int(number), numbers, shown.rstrip(" "))


def named_numbers(text: str) -> dict[str, int]:
    """Return the numbers of lines that are a name and a number."""
    found: dict[str, int] = {}
    for line in text.splitlines():
        name, _, value = line.partition(" ")
        if value.isdigit():
            found[name] = int(value)
    return found


class Processor:
    """For how long a processor did something, and nothing, in ns."""

    idle: int
    active: int

    def __init__(self, idle: int, active: int) -> None:
        self.idle = idle
        self.active = active


def processors() -> list[Processor]:
    """Return the times of all processors."""
    found: list[Processor] = []
    for line in files.read_text("/dev/perf/cpu").splitlines()[1:]:
        words = line.split()
        if len(words) > 2:
            found.append(Processor(int(words[1]), int(words[2])))
    return found


def memory() -> dict[str, int]:
    """Return the pages of memory: total_pages, free_pages, used_pages."""
    return named_numbers(files.read_text("/dev/perf/mem"))
