"""The command line: finds the command and runs it.

A command is a file in tools/commands with a function `main(arguments) -> exit status`, imported
when it is called.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

from tools.failure import Failure

ROOT = Path(__file__).resolve().parent.parent

COMMANDS = {
    "run": "build what changed and boot it in an emulator",
    "debug": "boot it under gdb, which stops in lines of Python",
    "build": "make the disk image, ready for a USB stick",
    "compile": "compile one file, or show any stage of it",
    "jit": "compile a program of typed Python and run it here",
    "test": "run the tests; paths, -k and other arguments go to pytest",
    "new": "make a module of the kernel, to begin from",
    "bench": "measure against the peers",
    "acpi": "show what ACPI's tables say, and evaluate their methods",
    "font": "draw the glyphs of a font for the system",
    "pictures": "draw the pictures of the book anew",
}

HELP = """\
PatchworkOS: an operating system in typed Python.

usage: ./patchwork COMMAND [OPTIONS]

{commands}

  --help, --version
  ./patchwork COMMAND --help says more about one

The first use makes a Python environment in .venv, as pyproject.toml says. To use one that exists,
set PATCHWORK_ENV to its directory."""


def main(arguments: list[str]) -> int:
    """Run one command and return the exit status of the process."""
    try:
        return run(arguments)
    except Failure as failure:
        print(f"patchwork: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader went away (`| head`). Python flushes once more at exit; let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def run(arguments: list[str]) -> int:
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name in COMMANDS:
        return importlib.import_module(f"tools.commands.{name}").main(rest)
    if name in ("-h", "--help", "help"):
        print(manual())
        return 0
    if name == "--version":
        print(f"PatchworkOS {version()}")
        return 0

    from tools import arguments as reading

    if name == "":
        print(manual(), file=sys.stderr)
        return reading.USAGE_ERROR
    kind = "option" if name.startswith("-") else "command"
    known = [*COMMANDS, "--help", "--version"]
    return reading.usage_error(
        "patchwork", f"unknown {kind} {name}{reading.did_you_mean(name, known)}"
    )


def manual() -> str:
    lines = [f"  {name:<10}{summary}" for name, summary in COMMANDS.items()]
    return HELP.format(commands="\n".join(lines))


def version() -> str:
    import tomllib

    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
