"""Target code for the tests of paths. What is part of an argument is returned as its length."""

from __future__ import annotations

from core.text.buffer import TextBuffer
from kernel.fs import mode, path
from kernel.fs.mode import Mode
from lang import Array, Slice, u8, u32, u64

written: Array[u8, 256]


def parse(text: Slice[u8]) -> tuple[u64, u32, bool]:
    """Return how long the names of a path are, its mode, and whether it starts at the root."""
    parsed = path.parse(text)
    return u64(len(parsed.names)), u32(parsed.mode), parsed.is_absolute


def split(names: Slice[u8]) -> tuple[u64, u64]:
    first, rest = path.split(names)
    return u64(len(first)), u64(len(rest))


def last_name(names: Slice[u8]) -> u64:
    return u64(len(path.last_name(names)))


def without_last(names: Slice[u8]) -> u64:
    return u64(len(path.without_last(names)))


def parse_mode(flags: Slice[u8]) -> u32:
    return u32(mode.parse(flags))


def write_mode(bits: u32) -> Slice[u8]:
    """Return a mode as text, good until the next call."""
    out = TextBuffer(written[:])
    mode.write(out, Mode(bits))
    return written[: out.used]
