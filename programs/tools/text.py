"""Utilities for text."""

from __future__ import annotations

from lang import Array, u8, u64
from lib.std import files, system
from programs.tools.common import (
    STANDARD_INPUT,
    count_option,
    input_text,
    usage,
    without_option,
)

PIECE = 4096
RED = "\x1b[31m"
PLAIN = "\x1b[0m"


def cat(words: list[str]) -> int:
    """Copy files, or the standard input, to the standard output."""
    if len(words) == 1:
        copy(STANDARD_INPUT)
    for path in words[1:]:
        with files.open_file(path + ":read") as file:
            copy(file.number)
    return 0


def copy(number: int) -> None:
    """Copy what an open file gives to the standard output, as it is."""
    storage = Array[u8, PIECE]()
    while True:
        count = system.read(u64(number), storage[:])
        if count == 0:
            return
        done: u64 = 0
        while done < count:
            done += system.write(1, storage[done:count])


def echo(words: list[str]) -> int:
    """Print the arguments."""
    files.write_all(1, " ".join(words[1:]) + "\n")
    return 0


def grep(words: list[str]) -> int:
    """Print the lines that have a text in them; 1 if there are none."""
    if len(words) < 2:
        return usage("grep TEXT [FILE...]")
    found = False
    for line in input_text(words[2:]).splitlines():
        if words[1] in line:
            found = True
            files.write_all(1, line + "\n")
    return 0 if found else 1


def head(words: list[str]) -> int:
    """Print the first lines, 10 unless -n says how many."""
    lines = input_text(without_option(words)).splitlines()
    print_lines(lines[: count_option(words, 10)])
    return 0


def tail(words: list[str]) -> int:
    """Print the last lines, 10 unless -n says how many."""
    lines = input_text(without_option(words)).splitlines()
    count = count_option(words, 10)
    print_lines(lines[max(len(lines) - count, 0) :])
    return 0


def sort(words: list[str]) -> int:
    """Print the lines in order."""
    print_lines(sorted(input_text(words[1:]).splitlines()))
    return 0


def wc(words: list[str]) -> int:
    """Count lines, words and bytes."""
    text = input_text(words[1:])
    print(text.count("\n"), len(text.split()), len(text.encode()))
    return 0


def print_lines(lines: list[str]) -> None:
    files.write_all(1, "".join([line + "\n" for line in lines]))
