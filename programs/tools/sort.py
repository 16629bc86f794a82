"""sort"""

from __future__ import annotations

from lib.std import files
from programs.tools.arguments import Arguments
from programs.tools.lines import Lines, each_input

HELP = """\
usage: sort [-nru] [FILE...]

Print the lines of files, or of the standard input, in order.

  -n   by the number at the beginning of each line; lines without one come first
  -r   the last comes first
  -u   of lines that are the same, print one
"""
LARGEST_DIGITS = 18


def run(arguments: Arguments) -> int:
    lines: list[str] = []

    def read(path: str, source: Lines) -> None:
        while (line := source.take()) is not None:
            lines.append(line)

    status = each_input(arguments, arguments.operands, read)
    ordered = by_number(lines) if arguments.has("-n") else sorted(lines)
    if arguments.has("-r"):
        ordered.reverse()
    if arguments.has("-u"):
        ordered = without_repeats(ordered)
    files.write_all(1, "".join([line + "\n" for line in ordered]))
    return status


def by_number(lines: list[str]) -> list[str]:
    """Return lines by their numbers, and where these are the same, by their text."""
    pairs = sorted([(number_of(line), line) for line in lines])
    return [line for _, line in pairs]


def number_of(line: str) -> int:
    """Return the number with which a line begins; the least that there is if there is none."""
    text = line.lstrip()
    is_negative = text.startswith("-")
    digits = ""
    for character in text.removeprefix("-"):
        if not "0" <= character <= "9":
            break
        digits += character
    digits = digits.lstrip("0") if digits.strip("0") != "" else digits[:1]
    if digits == "":
        return -(10**LARGEST_DIGITS)
    value = 10**LARGEST_DIGITS - 1 if len(digits) > LARGEST_DIGITS else int(digits)
    return -value if is_negative else value


def without_repeats(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if not kept or kept[-1] != line:
            kept.append(line)
    return kept
