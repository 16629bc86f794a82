"""What the kernel does once it is up: it runs the program /bin/init, and ends with it.

The kernel that runs machine tests has another one of these.
"""

from __future__ import annotations

from typing import Final

from core.errors import BadMessage
from core.input.keymap import BadKeymap
from kernel.cpu import machine
from kernel.fs import operations
from kernel.init import initial_files, root
from kernel.io import serial_input, terminal
from kernel.log import level, log
from kernel.mem import heap_memory
from kernel.module import linked, loader
from kernel.proc import process_table, start
from kernel.proc.group import Group
from kernel.proc.process import Process
from kernel.time import reference
from lang import Slice, borrow, no_raise, sleeps, u8, u32

PROGRAM: Final = b"bin/init"
ARGUMENTS: Final = b"boot/arguments"  # each ended by a 0
CONSOLE: Final = b"/dev/console:rw"
FONT: Final = b"base/data/fonts/dejavumono-regular16.grf"
KEYMAP: Final = b"base/data/keymaps/us"
STANDARD_FILES: Final = 3
FAILED: Final[u32] = 1


@no_raise
@sleeps
def run() -> None:
    """Run the first program, if there is one, and end an emulator with its status."""
    serial_input.begin()
    loader.attach_found()
    reference.settle()
    log.info("ready")
    if len(initial_files.find(PROGRAM)) == 0:
        return
    level.take_console(True)
    try:
        process = start_first()
    except Exception:  # noqa: BLE001 - nothing goes on without it
        log.error("the first program cannot be started")
        machine.exit_emulator(FAILED)
        return
    here = borrow(process)
    process.ended.wait_uninterrupted(lambda: here.has_ended.load())
    report(process.status)


def start_first() -> Process:
    """Start a program with the console as its standard files."""
    process_table.begin()
    view = root.make()
    linked.attach("BOOT_ALWAYS", 0)
    loader.attach_found()  # by those, on buses
    loader.attach_all(b"BOOT_ALWAYS", b"BOOT_ALWAYS", 0)
    begin_terminal()
    arguments = initial_files.find(ARGUMENTS)
    texts = heap_memory.copy_of(b"/bin/init\0" if len(arguments) == 0 else arguments)
    process = start.new(view, Group(), texts)
    console = operations.open(view, CONSOLE, None)
    for _ in range(STANDARD_FILES):
        process.files.add(console)
    start.let_run(process, False)
    return process


def begin_terminal() -> None:
    """Let people talk to the console by screen and keyboard, too; without that, there is the serial line."""
    try:
        terminal.begin(initial_files.find(FONT), initial_files.find(KEYMAP))
    except (BadMessage, BadKeymap):
        log.warning("font or keymap of the console are missing or damaged")
    except MemoryError:
        log.warning("there is too little memory for the console on the screen")


@no_raise
def report(status: Slice[u8]) -> None:
    """Say how the first program ended, and end an emulator, which cannot tell all there is to know."""
    level.take_console(False)
    log.info(f"init has ended: {status}")
    machine.exit_emulator(0 if len(status) == 0 else FAILED)
