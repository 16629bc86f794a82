"""`./patchwork jit`: compiles a program of ordinary typed Python and runs it, on this machine."""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from pathlib import Path

from tools import image
from tools.arguments import Parser
from tools.failure import Failure

DESCRIPTION = """\
Compile FILE.py, and all that it imports, to machine code, and run it in a process of its own. Output and
exit status are those of the program. Whatever the compiler does not know is an error with a place, and
nothing runs.

A program that is compiled with checks, and ends well, names on standard error the classes whose objects are
still alive when no variable holds any: they hold each other in a circle, which nothing takes apart. With
PATCHWORK_ALIVE=1 in its environment, every such program says how many objects and bytes are alive at its end."""

EXAMPLES = """\
  ./patchwork jit hello.py
  ./patchwork jit --release primes.py 1000"""


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    if not options.source.is_file():
        raise Failure(f"there is no file {options.source}")
    program = compile_program(options.source, "release" if options.release else "checked")
    if program is None:
        return 1
    sys.stdout.flush()
    os.execv(program, [str(options.source), *options.arguments])


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = Parser(
        "jit", DESCRIPTION, EXAMPLES, usage="./patchwork jit [--release] FILE.py [ARGUMENTS]"
    )
    parser.add_argument("--release", action="store_true", help="without the checks (default: with)")
    parser.add_argument("source", metavar="FILE.py", type=Path)
    parser.add_argument("arguments", metavar="ARGUMENTS", nargs="...", help="for the program")
    return parser.parse_args(arguments)


def compile_program(source: Path, build: str) -> Path | None:
    """Return the executable; None if the program does not compile, after printing why."""
    from compiler import driver, render
    from compiler.options import CompileOptions
    from compiler.source import CompileFailed

    digest = hashlib.sha256(str(source.resolve()).encode()).hexdigest()[:16]
    folder = image.ROOT / "build" / "jit" / f"{digest}-{build}"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return driver.compile_file(CompileOptions(source, folder / source.stem, "run", build))
    except CompileFailed as failed:
        render.print_diagnostics(failed.diagnostics)
        return None
