"""What utilities share: input by lines, and complaints."""

from __future__ import annotations

from lib.std import files

STANDARD_INPUT = 0
STANDARD_ERROR = 2


def complain(program: str, reason: str) -> int:
    """Say what is wrong, and return the status for that."""
    files.write_all(STANDARD_ERROR, f"{program}: {reason}\n")
    return 1


def usage(text: str) -> int:
    files.write_all(STANDARD_ERROR, f"usage: {text}\n")
    return 2


def input_text(paths: list[str]) -> str:
    """Return what some files hold, one after the other, or the standard input if there are none."""
    if len(paths) == 0:
        return files.read_all(STANDARD_INPUT)
    return "".join([files.read_text(path + ":read") for path in paths])


def count_option(words: list[str], default: int) -> int:
    """Return the number behind -n at the beginning of the arguments."""
    if len(words) > 2 and words[1] == "-n":
        return int(words[2])
    return default


def without_option(words: list[str]) -> list[str]:
    """Return the arguments without the program's name, and without -n and its number."""
    return words[3:] if len(words) > 2 and words[1] == "-n" else words[1:]
