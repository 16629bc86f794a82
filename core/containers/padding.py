"""Methods of str that make it as wide as wanted.

Source: Python Library Reference, "String Methods".
"""

from __future__ import annotations

from core.containers.searching import starts
from core.containers.text import Building, add, part
from lang import borrow


def _padded(text: str, left: int, right: int, fill: str) -> str:
    if borrow(fill).length != 1:
        raise TypeError("The fill character must be exactly one character long")
    building = Building(0)
    for _ in range(left):
        building.add_text(fill)
    building.add_text(text)
    for _ in range(right):
        building.add_text(fill)
    return building.finish()


def ljust(text: str, width: int, fill: str = " ") -> str:
    room = width - int(borrow(text).length)
    return text if room <= 0 else _padded(text, 0, room, fill)


def rjust(text: str, width: int, fill: str = " ") -> str:
    room = width - int(borrow(text).length)
    return text if room <= 0 else _padded(text, room, 0, fill)


def center(text: str, width: int, fill: str = " ") -> str:
    """Return the text in the middle; an odd rest goes left if the width is odd, as CPython does."""
    room = width - int(borrow(text).length)
    if room <= 0:
        return text
    left = room // 2 + (room & width & 1)
    return _padded(text, left, room - left, fill)


def zfill(text: str, width: int) -> str:
    """Return the text with zeros after its sign."""
    room = width - int(borrow(text).length)
    if room <= 0:
        return text
    if starts(text, "-") or starts(text, "+"):
        return add(part(text, 0, 1), _padded(part(text, 1, borrow(text).size), room, 0, "0"))
    return _padded(text, room, 0, "0")
