"""What the kernel does once it is up: it runs the program `bin/init`, and ends with it.

The kernel that runs machine tests has another one of these.
"""

from __future__ import annotations

from typing import Final

from core.errors import TooManyFiles
from kernel.cpu import machine
from kernel.fs.console import Console
from kernel.init import initial_files
from kernel.log import level, log
from kernel.proc import start
from kernel.proc.process import Process
from lang import Slice, borrow, no_raise, sleeps, u8, u32

PROGRAM: Final = b"bin/init"
ARGUMENTS: Final = b"boot/arguments"  # each ended by a 0
STANDARD_FILES: Final = 3
FAILED: Final[u32] = 1


@no_raise
@sleeps
def run() -> None:
    """Run the first program, if there is one, and end an emulator with its status."""
    log.info("ready")
    program = initial_files.find(PROGRAM)
    if len(program) == 0:
        return
    level.take_console(True)
    try:
        process = start_first(program)
    except (MemoryError, ValueError, TooManyFiles):
        log.error("the first program cannot be started")
        machine.exit_emulator(FAILED)
        return
    here = borrow(process)
    process.ended.wait_until(lambda: here.has_ended.load())
    report(process.status)


def start_first(program: Slice[u8]) -> Process:
    """Start a program with the console as its standard files.

    Raises:
        MemoryError: there is too little memory.
        ValueError: the arguments are wrong.
        TooManyFiles: never, in a new table.
    """
    arguments = initial_files.find(ARGUMENTS)
    process = start.new(program, b"init\0" if len(arguments) == 0 else arguments)
    console = Console()
    for _ in range(STANDARD_FILES):
        process.files.add(console)
    start.let_run(process)
    return process


@no_raise
def report(status: Slice[u8]) -> None:
    """Say how the first program ended, and end an emulator, which cannot tell all there is to know."""
    level.take_console(False)
    log.info(f"init has ended: {status}")
    machine.exit_emulator(0 if len(status) == 0 else FAILED)
