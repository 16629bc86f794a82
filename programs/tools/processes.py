"""Utilities for processes and the system."""

from __future__ import annotations

from lang import u64
from lib.std import files, processes, system
from programs.tools.common import usage

NS_PER_S = 1_000_000_000


def ps(words: list[str]) -> int:
    """List processes: number, pages of memory, threads, milliseconds that they ran, command."""
    print("  PID  PAGES THREADS      MS COMMAND")
    for entry in files.list_folder("/proc"):
        if entry.name.isdigit():
            print_process(entry.name)
    return 0


def print_process(number: str) -> None:
    """Print a line for a process, unless it is gone meanwhile."""
    try:
        numbers: dict[str, str] = {}
        for line in files.read_text(f"/proc/{number}/perf").splitlines():
            name, _, value = line.partition(" ")
            numbers[name] = value
        command = files.read_text(f"/proc/{number}/cmdline").replace("\0", " ")
    except OSError:
        return
    ms = int(numbers["run_clocks"]) // 1_000_000
    threads = numbers["thread_count"]
    print(f"{number:>5} {numbers['user_pages']:>6} {threads:>7} {ms:>7} {command}")


def kill(words: list[str]) -> int:
    """End processes, with a status if the first argument is -s."""
    status = "killed"
    numbers = words[1:]
    if len(words) > 3 and words[1] == "-s":
        status = words[2]
        numbers = words[3:]
    if len(numbers) == 0:
        return usage("kill [-s STATUS] PID...")
    for number in numbers:
        processes.control(int(number), f'kill "{status}"')
    return 0


def sleep(words: list[str]) -> int:
    """Do nothing for some seconds."""
    if len(words) != 2:
        return usage("sleep SECONDS")
    system.nanosleep(u64(int(words[1]) * NS_PER_S))
    return 0


def uptime(words: list[str]) -> int:
    """Print for how long the system has run."""
    ms = int(system.uptime()) // 1_000_000
    print(f"{ms // 1000}.{ms % 1000:03} s")
    return 0


def free(words: list[str]) -> int:
    """Print how much memory there is, is free, is used."""
    for line in files.read_text("/dev/perf/mem").splitlines():
        name, _, pages = line.partition(" ")
        print(f"{name.partition('_')[0]:<6}{int(pages) // 256:>8} MiB")
    return 0


def shutdown(words: list[str]) -> int:
    """Switch the machine off."""
    files.write_text("/sys/power", "off")
    return 0


def reboot(words: list[str]) -> int:
    """Start the machine anew."""
    files.write_text("/sys/power", "reset")
    return 0


def true(words: list[str]) -> int:
    """Succeed."""
    return 0


def false(words: list[str]) -> int:
    """Fail."""
    return 1
