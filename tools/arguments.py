"""How a command reads its arguments, and how it answers a wrong one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

USAGE_ERROR = 2  # the exit status of a command that was called wrongly


class Parser(argparse.ArgumentParser):
    """An argument parser for one command, which answers a mistake with one sentence."""

    def __init__(self, command: str, description: str, examples: str = "", **options: Any) -> None:
        super().__init__(
            prog=f"./patchwork {command}",
            description=description,
            epilog=f"examples:\n{examples}" if examples else None,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
            **options,
        )

    def parse_args(self, arguments: Sequence[str], namespace: Any = None) -> argparse.Namespace:  # type: ignore[override]
        options, unknown = self.parse_known_args(arguments, namespace)
        for argument in unknown:
            if argument.startswith("-"):
                option = argument.partition("=")[0]
                self.error(
                    f"unknown option {option}{did_you_mean(option, self._option_string_actions)}"
                )
            self.error(f"one argument too many: {argument}")
        return options

    def error(self, message: str) -> NoReturn:
        sys.exit(usage_error(self.prog.removeprefix("./"), message))


def add_build(parser: Parser, default: str) -> None:
    """Add `--checked` and `--release`, of which one is the attribute `build`."""
    group = parser.add_mutually_exclusive_group()
    for name, meaning in (("checked", "with all checks"), ("release", "optimised")):
        note = " (default)" if name == default else ""
        group.add_argument(
            f"--{name}", dest="build", action="store_const", const=name, help=meaning + note
        )
    parser.set_defaults(build=default)


def usage_error(program: str, message: str) -> int:
    """Print what is wrong with the arguments and return the exit status for it."""
    print(f"{program}: {message}; see ./{program} --help", file=sys.stderr)
    return USAGE_ERROR


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """The nearest of the known words as the end of a sentence, or nothing if none is near."""
    import difflib

    nearest = difflib.get_close_matches(wrong, list(known), n=1)
    return f", did you mean {nearest[0]}?" if nearest else ""
