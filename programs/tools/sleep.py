"""sleep"""

from __future__ import annotations

from lang import u64
from lib.std import system
from programs.tools.arguments import Arguments, Mistake

HELP = """\
usage: sleep SECONDS

Do nothing for some seconds, which may have a fraction, as 0.5.
"""
NS_PER_S = 1_000_000_000


def run(arguments: Arguments) -> int:
    arguments.require(1, 1)
    system.nanosleep(u64(ns_of(arguments.operands[0])))
    return 0


def ns_of(word: str) -> int:
    """Return nanoseconds for a number of seconds.

    Raises:
        Mistake: it is none, or too large.
    """
    whole, _, fraction = word.partition(".")
    digits = whole + fraction
    if digits == "" or not digits.isascii() or not digits.isdigit() or len(whole) > 9:
        raise Mistake(f"a time is a number of seconds, not {word!r}")
    return int("0" + whole) * NS_PER_S + int((fraction + "000000000")[:9])
