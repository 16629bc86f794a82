"""`./patchwork acpi`: loads ACPI's tables with the kernel's own interpreter, and shows what is in them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.acpi import request
from tools.acpi.request import TRACE, Wanted
from tools.arguments import Parser
from tools.commands.jit import compile_program
from tools.failure import Failure

DESCRIPTION = """\
Load TABLES (the DSDT first, then the others in their order), initialise the devices that they describe, and print the
namespace: a name a line, with its type and value. All registers are memory of zeroes that keeps what is written. Errors of
the tables go to the standard error, with the table, the offset and the method."""

EXAMPLES = """\
  ./patchwork acpi dsdt.aml ssdt1.aml
  ./patchwork acpi --paths dsdt.aml
  ./patchwork acpi --resources dsdt.aml
  ./patchwork acpi --evaluate names.txt dsdt.aml
  ./patchwork acpi --trace dsdt.aml --eval '\\_OSI' 'Windows 2015'"""


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    wanted, lines = wanted_of(options)
    files = [Path(each) for each in options.files]
    if not files:
        raise Failure("no table was named; see ./patchwork acpi --help")
    tables = [request.read_table(each) for each in files]
    program = compile_program(request.PROGRAM, "release")
    if program is None:
        return 1
    asked = request.encoded(wanted | (TRACE if options.trace else 0), tables, lines)
    done = request.run(program, asked)
    output = done.stdout
    if wanted == Wanted.PATHS:
        output = b"".join(sorted(output.splitlines(keepends=True)))
    sys.stdout.buffer.write(output)
    sys.stdout.flush()
    sys.stderr.buffer.write(done.stderr)
    if done.returncode < 0:
        raise Failure(f"the interpreter was ended by signal {-done.returncode}")
    return done.returncode


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = Parser(
        "acpi",
        DESCRIPTION,
        EXAMPLES,
        usage="./patchwork acpi [--trace] [--paths | --devices | --resources | --evaluate LIST] TABLES...\n"
        "       ./patchwork acpi [--trace] TABLES... --eval PATH [ARGUMENTS...]",
    )
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--paths", action="store_true", help="only names and types, sorted")
    kinds.add_argument(
        "--evaluate", metavar="LIST", type=Path, help="print the value of each name in a file"
    )
    kinds.add_argument(
        "--devices",
        action="store_true",
        help="print what each device is (_HID, _CID), where (_ADR, _UID), and its status (_STA)",
    )
    kinds.add_argument(
        "--resources",
        action="store_true",
        help="print what each device uses (_CRS), could use (_PRS), and where its bus leads interrupts (_PRT)",
    )
    kinds.add_argument(
        "--eval",
        metavar=("PATH", "ARGUMENT"),
        nargs="+",
        help="evaluate one name; arguments are numbers (0x1F, 31) or text",
    )
    parser.add_argument(
        "--trace", action="store_true", help="show calls, and what AML writes to Debug"
    )
    parser.add_argument("files", metavar="TABLES", nargs="*", help="files that hold a table each")
    return parser.parse_args(arguments)


def wanted_of(options: argparse.Namespace) -> tuple[Wanted, list[str]]:
    """Return what is asked for, and the lines that go with it."""
    if options.eval is not None:
        return Wanted.CALL, options.eval
    if options.evaluate is not None:
        try:
            lines = options.evaluate.read_text().splitlines()
        except OSError as error:
            raise Failure(f"cannot read {options.evaluate}: {error.strerror}") from error
        return Wanted.EVALUATE, [line.partition("\t")[0] for line in lines]
    if options.devices:
        return Wanted.DEVICES, []
    if options.resources:
        return Wanted.RESOURCES, []
    return (Wanted.PATHS if options.paths else Wanted.TREE), []
