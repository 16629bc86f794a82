"""`./patchwork debug`: boots the kernel under gdb, which stops in lines of Python."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tools import host, image
from tools.arguments import Parser, add_build
from tools.commands.run import split
from tools.machine import emulator
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

GDB = host.Requirement(
    "the debugger gdb",
    dict.fromkeys(("apt-get", "dnf", "pacman", "zypper", "apk", "brew"), "gdb"),
)

# Where gdb stops first: the kernel can say something by then, and has started nothing else.
FIRST_STOP = "kernel.init.start.start"

DESCRIPTION = """\
Boot the kernel in QEMU under gdb, and stop where it starts. gdb knows files and lines of Python,
functions by their dotted names, arguments and locals; inlined calls are frames of their own. What
the machine prints goes to a file, whose name is printed first. When gdb ends, so does the machine."""

EXAMPLES = """\
  ./patchwork debug
  (gdb) hbreak kernel/mem/frames.py:80
  (gdb) continue
  (gdb) backtrace
  ./patchwork debug -- -batch -ex 'info locals'"""


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    emulator.qemu()
    gdb = debugger()
    kernel = image.build_kernel(options.build)
    files = image.build_initial_files(options.build)
    log = image.ROOT / "build" / options.build / "debug.log"
    print(f"patchwork: what the machine prints goes to {log}", file=sys.stderr)
    with (
        TemporaryDirectory(prefix="patchwork-") as folder,
        log.open("wb", buffering=0) as printed,
    ):
        socket = Path(folder) / "gdb"
        config = MachineConfig(
            boot=DirectBoot(kernel, files),
            processors=options.smp,
            memory=options.memory,
            qemu_arguments=("-S", "-gdb", f"unix:{socket},server=on,wait=off"),
        )
        with Machine(config, printed.write):
            command = [gdb, "-q", "-nx", *commands(socket), *options.gdb_arguments, kernel]
            return subprocess.run(command, cwd=image.ROOT, check=False).returncode


def parse(arguments: list[str]) -> argparse.Namespace:
    ours, theirs = split(arguments, "--")
    parser = Parser(
        "debug", DESCRIPTION, EXAMPLES, usage="./patchwork debug [OPTIONS] [-- GDB ARGUMENTS]"
    )
    add_build(parser, default="checked")
    parser.add_argument("--smp", metavar="N", type=int, default=1, help="processors (default 1)")
    parser.add_argument("--memory", metavar="SIZE", default="256M", help="as 256M or 4G")
    parser.set_defaults(gdb_arguments=tuple(theirs))
    return parser.parse_args(ours)


def commands(socket: Path) -> list[str]:
    """What gdb does first. Breakpoints are the processor's, since the code cannot be written to."""
    lines = [
        "set debuginfod enabled off",
        "set breakpoint pending off",
        f"target remote {socket}",
        f"thbreak {FIRST_STOP}",
        "continue",
    ]
    return [word for line in lines for word in ("-ex", line)]


def debugger() -> str:
    """Return gdb, which is installed first where that is allowed.

    Raises:
        Failure: there is none; says what to install.
    """
    found = shutil.which("gdb")
    if found is None:
        host.provide(GDB)
        found = shutil.which("gdb")
    if found is None:
        raise host.missing(GDB)
    return found
