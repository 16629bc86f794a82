"""Words as the arguments of a call."""

from __future__ import annotations

from core.text import parse
from lang import Slice, u8, u64
from modules.acpi.aml import conversions
from modules.acpi.aml.values import ARGUMENTS, LOCALS, Integer, Slots, Value


def read(words: Slice[u8], into: Slots) -> None:
    """Read words with spaces between them; what is too much is left out."""
    count: u64 = 0
    start: u64 = 0
    for end in range(len(words) + 1):
        if end < len(words) and words[end] > ord(" "):
            continue
        if start < end and count < ARGUMENTS:
            into.values[LOCALS + count] = argument(words[start:end])
            count += 1
        start = end + 1


def argument(word: Slice[u8]) -> Value:
    """Return a number, decimal or with a prefix, as an integer; any other text as a string."""
    try:
        return Integer(parse.parse_u64(word, 0))
    except ValueError:
        return conversions.string_of(word)
