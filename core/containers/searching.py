"""Methods of str that look for a text in another, and what takes it out or puts something else there.

Source: Python Library Reference, "String Methods".
"""

from __future__ import annotations

from core import memory
from core.containers import ranges
from core.containers.text import LARGEST, Building, offset_of, part, position_of
from core.text import utf8
from lang import Slice, borrow, u8, u64


def contains(text: str, wanted: str) -> bool:
    return find_bytes(text.encode(), wanted.encode(), 0) >= 0


def find_bytes(data: Slice[u8], wanted: Slice[u8], start: u64) -> int:
    """Return where some bytes come first from `start` on; -1 if they do not."""
    if len(wanted) == 0:
        return int(start)
    at = start
    while at + len(wanted) <= len(data):
        at += memory.find_byte(data[at:], wanted[0])
        if at + len(wanted) > len(data):
            return -1
        if data[at : at + len(wanted)] == wanted:
            return int(at)
        at += 1
    return -1


def find_last_bytes(data: Slice[u8], wanted: Slice[u8]) -> int:
    """Return where some bytes come last; -1 if they do not."""
    if len(wanted) > len(data):
        return -1
    at = int(len(data) - len(wanted))
    while at >= 0:
        if data[u64(at) : u64(at) + len(wanted)] == wanted:
            return at
        at -= 1
    return -1


def find(text: str, wanted: str, start: int = 0, stop: int = LARGEST) -> int:
    """Return where `wanted` comes first in `text[start:stop]`; -1 if it does not."""
    return _found(text, wanted, start, stop, False)


def rfind(text: str, wanted: str, start: int = 0, stop: int = LARGEST) -> int:
    """Return where `wanted` comes last in `text[start:stop]`; -1 if it does not."""
    return _found(text, wanted, start, stop, True)


def _found(text: str, wanted: str, start: int, stop: int, from_end: bool) -> int:
    length = int(borrow(text).length)
    if start > length:
        return -1
    first = ranges.clamped(start, length)
    last = ranges.clamped(stop, length)
    if first > last:
        return -1
    begin = offset_of(text, first)
    data = text.encode()[begin : offset_of(text, last)]
    found = (
        find_last_bytes(data, wanted.encode()) if from_end else find_bytes(data, wanted.encode(), 0)
    )
    return -1 if found < 0 else position_of(text, begin + u64(found))


def index(text: str, wanted: str, start: int = 0, stop: int = LARGEST) -> int:
    """Like `find`.

    Raises:
        ValueError: it is not there.
    """
    found = find(text, wanted, start, stop)
    if found < 0:
        raise ValueError("substring not found")
    return found


def rindex(text: str, wanted: str, start: int = 0, stop: int = LARGEST) -> int:
    """Like `rfind`.

    Raises:
        ValueError: it is not there.
    """
    found = rfind(text, wanted, start, stop)
    if found < 0:
        raise ValueError("substring not found")
    return found


def starts(text: str, prefix: str) -> bool:
    size = borrow(prefix).size
    return size <= borrow(text).size and text.encode()[:size] == prefix.encode()


def ends(text: str, suffix: str) -> bool:
    size = borrow(suffix).size
    whole = borrow(text).size
    return size <= whole and text.encode()[whole - size :] == suffix.encode()


def removeprefix(text: str, prefix: str) -> str:
    if not starts(text, prefix):
        return text
    return part(text, borrow(prefix).size, borrow(text).size)


def removesuffix(text: str, suffix: str) -> str:
    if borrow(suffix).size == 0 or not ends(text, suffix):
        return text
    return part(text, 0, borrow(text).size - borrow(suffix).size)


def replace(text: str, old: str, new: str, count: int = -1) -> str:
    """Return the text with `old` replaced, as often as `count` says if that is not negative."""
    data = text.encode()
    size = borrow(old).size
    building = Building(0)
    done: u64 = 0
    left = count
    at = find_bytes(data, old.encode(), 0) if left != 0 else -1
    while at >= 0 and left != 0:
        building.add(data[done : u64(at)], utf8.count(data[done : u64(at)]))
        building.add_text(new)
        done = u64(at) + size
        left -= 1
        if size == 0:
            if done == len(data):
                break
            step = utf8.sequence_size(data[done:])
            building.add(data[done : done + step], 1)
            done += step
            at = int(done)
        else:
            at = find_bytes(data, old.encode(), done)
    building.add(data[done:], utf8.count(data[done:]))
    return building.finish()
