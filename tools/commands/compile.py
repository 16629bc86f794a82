"""`./patchwork compile`: one source file, and all that it imports, to machine code or any stage."""

from __future__ import annotations

from pathlib import Path

from compiler.options import BUILDS, EMITS, TARGETS, CompileOptions
from tools.arguments import Parser
from tools.failure import Failure

EXAMPLES = """\
  ./patchwork compile hello.py -o hello
  ./patchwork compile hello.py --emit ir
  ./patchwork compile kernel/main.py -o kernel.elf --target kernel --build release"""


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    if not options.source.is_file():
        raise Failure(f"there is no file {options.source}")

    from compiler import driver

    return driver.main_compile(options)


def parse(arguments: list[str]) -> CompileOptions:
    """The arguments of the command as the compiler's options."""
    parser = Parser("compile", "Compile FILE.py and everything that it imports.", EXAMPLES)
    parser.add_argument("source", metavar="FILE.py", type=Path)
    parser.add_argument("-o", dest="output", metavar="OUT", type=Path, help="the file to write")
    add_choice(parser, "target", "T", TARGETS)
    add_choice(parser, "build", "B", BUILDS)
    add_choice(parser, "emit", "STAGE", EMITS)
    return CompileOptions(**vars(parser.parse_args(arguments)))


def add_choice(parser: Parser, name: str, metavar: str, choices: dict[str, str]) -> None:
    default = getattr(CompileOptions, name)
    lines = [f"{choice}: {meaning}" for choice, meaning in choices.items()]
    parser.add_argument(
        f"--{name}",
        metavar=metavar,
        choices=choices,
        default=default,
        help="; ".join(lines) + f" (default {default})",
    )
