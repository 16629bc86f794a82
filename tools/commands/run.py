"""`./patchwork run`: builds the system and boots it in QEMU."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tools import image, program
from tools.arguments import Parser, add_build
from tools.failure import Failure
from tools.machine import emulator
from tools.machine.config import DirectBoot, FirmwareBoot, MachineConfig
from tools.machine.console import Console
from tools.machine.machine import Machine

READY = re.compile("ready")  # the last thing that the system prints while it starts

EXAMPLES = """\
  ./patchwork run
  ./patchwork run --direct --smp 4 --memory 1G
  ./patchwork run --exec 'ls / | sort'
  ./patchwork run --program hello.py -- one two
  ./patchwork run --screenshot screen.png
  ./patchwork run -- -accel kvm"""

DESCRIPTION = """\
Build what changed and boot it: in a window where there is a display, and with the serial port in
this terminal, where Ctrl-A X ends the machine. The exit status is the machine's.

With --exec, run one command line in the system's shell; with --program, compile FILE.py for the system,
and run the program there. Output and exit status are the command's, and what stands behind `--` are the
program's arguments."""


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    if options.program is not None:
        return run_program(options)
    if options.exec is not None:
        return run_command(options)
    config = configure(options)
    build(options)
    if options.screenshot is not None:
        return take_screenshot(config, options.screenshot)

    if sys.stdin.isatty():
        print("patchwork: booting; Ctrl-A X ends the machine", file=sys.stderr, flush=True)
    # A machine that waits for a debugger may take its time.
    return Console().run(config, None if "-S" in config.qemu_arguments else READY)


def parse(arguments: list[str]) -> argparse.Namespace:
    ours, theirs = split(arguments, "--")
    parser = Parser(
        "run", DESCRIPTION, EXAMPLES, usage="./patchwork run [OPTIONS] [-- QEMU ARGUMENTS]"
    )
    parser.add_argument(
        "--exec",
        metavar="COMMAND",
        help="run one command line in the shell and end with its status",
    )
    parser.add_argument(
        "--program", metavar="FILE.py", type=Path, help="run one program and end with its status"
    )

    boot = parser.add_mutually_exclusive_group()
    boot.add_argument(
        "--uefi", action="store_true", help="boot a disk by UEFI firmware, as a PC does (default)"
    )
    boot.add_argument("--direct", action="store_true", help="have QEMU start the kernel itself")

    add_build(parser, default="checked")
    parser.add_argument("--smp", metavar="N", type=int, default=1, help="processors (default 1)")
    parser.add_argument("--memory", metavar="SIZE", default="256M", help="as 256M or 4G")
    parser.add_argument(
        "--screenshot",
        metavar="FILE",
        type=Path,
        help="write what is on the screen when it is up, and end",
    )
    parser.set_defaults(qemu_arguments=tuple(theirs))
    return parser.parse_args(ours)


def split(arguments: list[str], separator: str) -> tuple[list[str], list[str]]:
    """What stands before the first separator, and what after it."""
    place = arguments.index(separator) if separator in arguments else len(arguments)
    return arguments[:place], arguments[place + 1 :]


def configure(options: argparse.Namespace) -> MachineConfig:
    """The machine that was asked for; what it needs on this host is there afterwards."""
    emulator.qemu()
    if options.direct:
        files = image.initial_files_file(options.build)
        boot = DirectBoot(image.kernel_file(options.build), files)
    else:
        emulator.firmware()
        boot = FirmwareBoot(image.disk_file(options.build))
    return MachineConfig(
        boot=boot,
        processors=options.smp,
        memory=options.memory,
        has_window=options.screenshot is None and has_display(),
        qemu_arguments=options.qemu_arguments,
    )


def build(options: argparse.Namespace) -> None:
    """Build what the machine boots."""
    if options.direct:
        image.build_kernel(options.build)
        image.build_initial_files(options.build)
    else:
        image.build_disk(options.build)


def run_program(options: argparse.Namespace) -> int:
    """Run a program as the first and only one."""
    if not options.program.is_file():
        raise Failure(f"there is no file {options.program}")
    emulator.qemu()
    executable = program.build(options.program, options.build)
    return run_alone(executable, list(options.qemu_arguments), options)


def run_command(options: argparse.Namespace) -> int:
    """Run a command line in the shell, and nothing else."""
    emulator.qemu()
    output = image.initial_files_file(options.build).with_name("init")
    executable = image.build_program(image.FIRST_PROGRAM, output, options.build)
    arguments = [options.exec]
    if not sys.stdout.isatty():
        arguments.insert(0, "--dumb")  # no colours (programs/init.py)
    return run_alone(executable, arguments, options)


def run_alone(executable: Path, arguments: list[str], options: argparse.Namespace) -> int:
    """Boot with a program as the first, print what it prints, and return its status."""
    kernel = image.build_kernel(options.build)
    with TemporaryDirectory(prefix="patchwork-run-") as folder:
        packed = Path(folder) / "files.img"
        files = image.pack_initial_files(executable, arguments, packed, options.build)
        config = MachineConfig(
            boot=DirectBoot(kernel, files), processors=options.smp, memory=options.memory
        )
        return program.run(config)


def has_display() -> bool:
    """Whether QEMU can open a window here."""
    has_desktop = "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    return has_desktop and emulator.has_windows(emulator.qemu())


def take_screenshot(config: MachineConfig, path: Path) -> int:
    with Machine(config) as machine:
        machine.wait_for(READY)
        machine.screenshot(path)
    return 0
