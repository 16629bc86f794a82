"""Methods of str that take it apart, and join parts: by separators, by white space, by lines.

White space is what Unicode says; nearly all of it is a space, which is looked for first.

Source: Python Library Reference, "String Methods".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from core import memory
from core.containers.list import list
from core.containers.searching import find_bytes, find_last_bytes
from core.containers.text import part, with_room
from core.text import utf8
from lang import Slice, borrow, inline, noinline, u8, u32, u64

SPACE: Final = u8(ord(" "))


def join(separator: str, items: list[str]) -> str:
    if items.used < 2:
        return "" if items.used == 0 else items[0]
    between = borrow(separator)
    gaps = u64(items.used) - 1
    size, length = between.size * gaps, between.length * gaps
    for index in range(items.used):
        size += borrow(items.slots[index].value).size
        length += borrow(items.slots[index].value).length
    if size == 0:
        return ""
    result = with_room(size, length)
    at = result.data
    for index in range(items.used):
        if index > 0:
            Slice[u8](at, between.size).copy_from(separator.encode())
            at += between.size
        item = items.slots[index].value
        Slice[u8](at, borrow(item).size).copy_from(item.encode())
        at += borrow(item).size
    return result


def split(text: str, separator: str | None = None, maxsplit: int = -1) -> list[str]:
    """Return the parts between separators; without one, between runs of white space.

    Raises:
        ValueError: the separator is empty.
    """
    if separator is None:
        return _split_by_space(text, maxsplit)
    if borrow(separator).size == 0:
        raise ValueError("empty separator")
    result = list[str]()
    done: u64 = 0
    left = maxsplit
    while left != 0:
        at = find_bytes(text.encode(), separator.encode(), done)
        if at < 0:
            break
        result.append(part(text, done, u64(at)))
        done = u64(at) + borrow(separator).size
        left -= 1
    result.append(part(text, done, borrow(text).size))
    return result


def words(text: str) -> Iterator[str]:
    """Yield the parts between runs of white space: what a loop over `text.split()` goes over."""
    at = _after_space(text.encode(), 0)
    while at < borrow(text).size:
        stop = _before_next_space(text.encode(), at)
        yield part(text, at, stop)
        at = _after_space(text.encode(), stop)


def _split_by_space(text: str, maxsplit: int) -> list[str]:
    result = list[str]()
    data = text.encode()
    at = _after_space(data, 0)
    left = maxsplit
    while at < len(data):
        if left == 0:
            result.append(part(text, at, len(data)))
            return result
        stop = _before_next_space(data, at)
        result.append(part(text, at, stop))
        left -= 1
        at = _after_space(data, stop)
    return result


def splitlines(text: str, keepends: bool = False) -> list[str]:
    """Return the lines, which end at every line break that Unicode has."""
    result = list[str]()
    data = text.encode()
    start: u64 = 0
    at: u64 = 0
    while at < len(data):
        size = _break_size(data[at:])
        if size == 0:
            at += 1
            continue
        result.append(part(text, start, at + size if keepends else at))
        at += size
        start = at
    if start < len(data):
        result.append(part(text, start, len(data)))
    return result


def partition(text: str, separator: str) -> tuple[str, str, str]:
    """Return what is before the first separator, the separator, and what is after it.

    Raises:
        ValueError: the separator is empty.
    """
    if borrow(separator).size == 0:
        raise ValueError("empty separator")
    at = find_bytes(text.encode(), separator.encode(), 0)
    if at < 0:
        return text, "", ""
    after = u64(at) + borrow(separator).size
    return part(text, 0, u64(at)), separator, part(text, after, borrow(text).size)


def rpartition(text: str, separator: str) -> tuple[str, str, str]:
    """Return what is before the last separator, the separator, and what is after it.

    Raises:
        ValueError: the separator is empty.
    """
    if borrow(separator).size == 0:
        raise ValueError("empty separator")
    at = find_last_bytes(text.encode(), separator.encode())
    if at < 0:
        return "", "", text
    after = u64(at) + borrow(separator).size
    return part(text, 0, u64(at)), separator, part(text, after, borrow(text).size)


def strip(text: str, characters: str | None = None) -> str:
    return rstrip(lstrip(text, characters), characters)


def lstrip(text: str, characters: str | None = None) -> str:
    data = text.encode()
    if characters is None:
        return part(text, _after_space(data, 0), len(data))
    at: u64 = 0
    while at < len(data):
        size = utf8.sequence_size(data[at:])
        if find_bytes(characters.encode(), data[at : at + size], 0) < 0:
            break
        at += size
    return part(text, at, len(data))


def rstrip(text: str, characters: str | None = None) -> str:
    data = text.encode()
    if characters is None:
        return part(text, 0, _before_space(data))
    stop = len(data)
    while stop > 0:
        last = utf8.floor_boundary(data, stop - 1)
        if find_bytes(characters.encode(), data[last:stop], 0) < 0:
            break
        stop = last
    return part(text, 0, stop)


# White space ---------------------------------------------------------------------------------


def space_size(data: Slice[u8]) -> u64:
    """Return the bytes of the white space at the front; 0 if there is none."""
    first = data[0]
    if first < 0x80:
        return 1 if first == SPACE or 9 <= first <= 13 or 28 <= first <= 31 else 0
    return _wide_space_size(data)


@noinline
def _wide_space_size(data: Slice[u8]) -> u64:
    code, size = utf8.decode(data)
    return size if _is_wide_space(code) else 0


def _is_wide_space(code: u32) -> bool:
    if code in (0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000):
        return True
    return 0x2000 <= code <= 0x200A


def _break_size(data: Slice[u8]) -> u64:
    """Return the bytes of the line break at the front; 0 if there is none."""
    first = data[0]
    if first == 13:
        return 2 if len(data) > 1 and data[1] == 10 else 1
    if first < 0x80:
        return 1 if 10 <= first <= 12 or 28 <= first <= 30 else 0
    code, size = utf8.decode(data)
    return size if code in (0x85, 0x2028, 0x2029) else 0


@inline
def _after_space(data: Slice[u8], start: u64) -> u64:
    """Return where the white space that begins at `start` ends."""
    at = start
    while at < len(data) and data[at] == SPACE:
        at += 1
    if at == len(data) or SPACE < data[at] < 0x80:
        return at
    return _after_other_space(data, at)


@noinline
def _after_other_space(data: Slice[u8], start: u64) -> u64:
    at = start
    while at < len(data) and not SPACE < data[at] < 0x80:
        size = 1 if data[at] == SPACE else space_size(data[at:])
        if size == 0:
            break
        at += size
    return at


@inline
def _before_next_space(data: Slice[u8], start: u64) -> u64:
    """Return where the next white space from `start` on begins, or the end."""
    at = start + memory.find_edge(data[start:])
    if at == len(data) or data[at] == SPACE:
        return at
    return _before_other_space(data, at)


@noinline
def _before_other_space(data: Slice[u8], start: u64) -> u64:
    at = start
    while at < len(data) and data[at] != SPACE and space_size(data[at:]) == 0:
        at += 1
        at += memory.find_edge(data[at:])
    return at


def _before_space(data: Slice[u8]) -> u64:
    """Return where the white space at the end begins."""
    stop = len(data)
    while stop > 0:
        last = utf8.floor_boundary(data, stop - 1)
        if space_size(data[last:]) == 0:
            break
        stop = last
    return stop
