"""time"""

from __future__ import annotations

from lib.std import clock, files, processes
from programs.finding import NoProgram, find_program
from programs.tools.arguments import Mistake
from programs.tools.processes import named_numbers

HELP = """\
usage: time PROGRAM [WORD...]

Run a program, and say on the standard error how long that took: in all, in the program, and in the kernel for it.
"""
STANDARD_ERROR = 2
FAILED = 1
NS_PER_MS = 1_000_000


def run(words: list[str]) -> int:
    """Run what is behind the name, of which no word is an option of this."""
    if not words:
        raise Mistake("something is missing")
    try:
        path = find_program(words[0])
    except NoProgram as missing:
        raise ValueError(str(missing)) from None
    start = int(clock.uptime())
    child = processes.spawn([path, *words[1:]])
    status = child.wait()
    passed = int(clock.uptime()) - start
    spent = named_numbers(files.read_text(f"/proc/{child.number}/perf"))
    in_kernel = spent.get("kernel_sched_clocks", 0)
    parts = f"{shown(spent.get('user_clocks', 0))} in the program, {shown(in_kernel)} in the kernel"
    files.write_all(STANDARD_ERROR, f"{shown(passed)}: {parts}\n")
    if status == "" or status == "0":
        return 0
    if status.isdigit() and len(status) < 4:
        return int(status)
    files.write_all(STANDARD_ERROR, f"{words[0]}: {status}\n")
    return FAILED


def shown(ns: int) -> str:
    """Return a time in milliseconds."""
    return f"{ns // NS_PER_MS}.{ns // 1000 % 1000:03} ms"
