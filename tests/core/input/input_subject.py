"""Target code for the tests of keymaps and of what is typed."""

from __future__ import annotations

from core.input import keymap
from core.input.key import Key
from core.input.typist import Held, Lock, Typist
from lang import Array, Slice, u8, u32, usize

typist: Typist
text: Array[u8, 8192]


def reset() -> None:
    typist.held = Held(0)
    typist.locks = Lock(0)
    typist.accent = 0


def read(lines: Slice[u8]) -> None:
    typist.map.read(lines)


def find(key: u8, level: usize) -> u32:
    return typist.map.find(Key(key), level)


def name() -> usize:
    """Return how long the map's name is, and have it in `text`."""
    size = typist.map.name_size
    text[:size].copy_from(typist.map.name[:size])
    return size


def press(key: u8, is_release: bool) -> tuple[u8, usize]:
    """Return the wish, and how many bytes are typed, which are in `text` then."""
    wish = typist.take(Key(key), is_release)
    typed = typist.typed()
    text[: len(typed)].copy_from(typed)
    return u8(wish), len(typed)


def get(index: usize) -> u8:
    return text[index]


def longest_name() -> usize:
    return keymap.LONGEST_NAME
