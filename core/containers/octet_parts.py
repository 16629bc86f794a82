"""Where bytes lie in others, and what is cut out of them or put together: methods of bytes.

Source: Python Library Reference, "Bytes and Bytearray Operations".
"""

from __future__ import annotations

from typing import Final

from core.containers import ranges
from core.containers.list import list
from core.containers.octet_letters import after_space, before_space, is_space
from core.containers.octets import copied, holds
from core.containers.searching import find_bytes, find_last_bytes
from core.containers.text import Building
from lang import Slice, u8, u64

LARGEST: Final = (1 << 63) - 1


# Searching -------------------------------------------------------------------------------------


def find(data: Slice[u8], wanted: Slice[u8], start: int = 0, stop: int = LARGEST) -> int:
    """Return where `wanted` comes first in `data[start:stop]`; -1 if it does not."""
    return found(data, wanted, start, stop, False)


def rfind(data: Slice[u8], wanted: Slice[u8], start: int = 0, stop: int = LARGEST) -> int:
    """Return where `wanted` comes last in `data[start:stop]`; -1 if it does not."""
    return found(data, wanted, start, stop, True)


def found(data: Slice[u8], wanted: Slice[u8], start: int, stop: int, from_end: bool) -> int:
    length: int = len(data)
    if start > length:
        return -1
    first, last = ranges.clamped(start, length), ranges.clamped(stop, length)
    if first > last:
        return -1
    part = data[u64(first) : u64(last)]
    at = find_last_bytes(part, wanted) if from_end else find_bytes(part, wanted, 0)
    return -1 if at < 0 else first + at


def index(data: Slice[u8], wanted: Slice[u8], start: int = 0, stop: int = LARGEST) -> int:
    """Like `find`.

    Raises:
        ValueError: it is not there.
    """
    return required(find(data, wanted, start, stop))


def rindex(data: Slice[u8], wanted: Slice[u8], start: int = 0, stop: int = LARGEST) -> int:
    """Like `rfind`.

    Raises:
        ValueError: it is not there.
    """
    return required(rfind(data, wanted, start, stop))


def required(place: int) -> int:
    if place < 0:
        raise ValueError("subsection not found")
    return place


def count(data: Slice[u8], wanted: Slice[u8], start: int = 0, stop: int = LARGEST) -> int:
    """Return how often `wanted` comes in `data[start:stop]` without overlapping."""
    length: int = len(data)
    if start > length:
        return 0
    first, last = ranges.clamped(start, length), ranges.clamped(stop, length)
    if first > last:
        return 0
    if len(wanted) == 0:
        return last - first + 1
    part = data[u64(first) : u64(last)]
    result = 0
    at = find_bytes(part, wanted, 0)
    while at >= 0:
        result += 1
        at = find_bytes(part, wanted, u64(at) + len(wanted))
    return result


def startswith(data: Slice[u8], prefix: Slice[u8], start: int = 0, stop: int = LARGEST) -> bool:
    part = within(data, start, stop)
    return len(prefix) <= len(part) and part[: len(prefix)] == prefix and start <= len(data)


def endswith(data: Slice[u8], suffix: Slice[u8], start: int = 0, stop: int = LARGEST) -> bool:
    part = within(data, start, stop)
    if len(suffix) > len(part) or start > len(data):
        return False
    return part[len(part) - len(suffix) :] == suffix


def within(data: Slice[u8], start: int, stop: int) -> Slice[u8]:
    length: int = len(data)
    first = ranges.clamped(start, length)
    return data[u64(first) : u64(max(ranges.clamped(stop, length), first))]


# Parts -----------------------------------------------------------------------------------------


def replace(data: Slice[u8], old: Slice[u8], new: Slice[u8], count: int = -1) -> bytes:
    """Return the bytes with `old` replaced, as often as `count` says if that is not negative."""
    out = Building(0)
    done: u64 = 0
    left = count
    while left != 0:
        at = find_bytes(data, old, done)
        if at < 0 or u64(at) > len(data):
            break
        out.add(data[done : u64(at)], 0)
        out.add(new, 0)
        done = u64(at) + len(old)
        left -= 1
        if len(old) == 0:
            if done == len(data):
                break
            out.add(data[done : done + 1], 0)
            done += 1
    out.add(data[done:], 0)
    return copied(Slice[u8](out.data, out.used))


def join(separator: Slice[u8], items: list[bytes]) -> bytes:
    out = Building(0)
    for index in range(items.used):
        if index > 0:
            out.add(separator, 0)
        out.add(items[index], 0)
    return copied(Slice[u8](out.data, out.used))


def split(data: Slice[u8], sep: bytes | None = None, maxsplit: int = -1) -> list[bytes]:
    """Return the parts between separators; without one, between runs of white space.

    Raises:
        ValueError: the separator is empty.
    """
    if sep is None:
        return split_by_space(data, maxsplit)
    if len(sep) == 0:
        raise ValueError("empty separator")
    result = list[bytes]()
    done: u64 = 0
    left = maxsplit
    while left != 0:
        at = find_bytes(data, sep, done)
        if at < 0:
            break
        result.append(copied(data[done : u64(at)]))
        done = u64(at) + len(sep)
        left -= 1
    result.append(copied(data[done:]))
    return result


def split_by_space(data: Slice[u8], maxsplit: int) -> list[bytes]:
    result = list[bytes]()
    at = after_space(data, 0)
    left = maxsplit
    while at < len(data):
        stop = at
        while stop < len(data) and not is_space(data[stop]):
            stop += 1
        if left == 0:
            stop = len(data)
        result.append(copied(data[at:stop]))
        left -= 1
        at = after_space(data, stop)
    return result


def rsplit(data: Slice[u8], sep: bytes | None = None, maxsplit: int = -1) -> list[bytes]:
    """Like `split`, from the end.

    Raises:
        ValueError: the separator is empty.
    """
    if maxsplit < 0:
        return split(data, sep)
    result = list[bytes]()
    stop = len(data)
    left = maxsplit
    if sep is None:
        stop = before_space(data, stop)
        while left != 0 and stop > 0:
            start = stop
            while start > 0 and not is_space(data[start - 1]):
                start -= 1
            result.append(copied(data[start:stop]))
            stop = before_space(data, start)
            left -= 1
        if stop > 0:
            result.append(copied(data[:stop]))
        result.reverse()
        return result
    if len(sep) == 0:
        raise ValueError("empty separator")
    while left != 0:
        at = find_last_bytes(data[:stop], sep)
        if at < 0:
            break
        result.append(copied(data[u64(at) + len(sep) : stop]))
        stop = u64(at)
        left -= 1
    result.append(copied(data[:stop]))
    result.reverse()
    return result


def splitlines(data: Slice[u8], keepends: bool = False) -> list[bytes]:
    """Return the lines, which end at line feeds and carriage returns."""
    result = list[bytes]()
    start: u64 = 0
    at: u64 = 0
    while at < len(data):
        if data[at] != 10 and data[at] != 13:
            at += 1
            continue
        is_pair = data[at] == 13 and at + 1 < len(data) and data[at + 1] == 10
        after = at + 2 if is_pair else at + 1
        result.append(copied(data[start : after if keepends else at]))
        start = after
        at = after
    if start < len(data):
        result.append(copied(data[start:]))
    return result


def partition(data: Slice[u8], sep: Slice[u8]) -> tuple[bytes, bytes, bytes]:
    """Return what is before the first separator, the separator, and what is after it.

    Raises:
        ValueError: the separator is empty.
    """
    if len(sep) == 0:
        raise ValueError("empty separator")
    at = find_bytes(data, sep, 0)
    if at < 0:
        return copied(data), b"", b""
    return copied(data[: u64(at)]), copied(sep), copied(data[u64(at) + len(sep) :])


def rpartition(data: Slice[u8], sep: Slice[u8]) -> tuple[bytes, bytes, bytes]:
    """Return what is before the last separator, the separator, and what is after it.

    Raises:
        ValueError: the separator is empty.
    """
    if len(sep) == 0:
        raise ValueError("empty separator")
    at = find_last_bytes(data, sep)
    if at < 0:
        return b"", b"", copied(data)
    return copied(data[: u64(at)]), copied(sep), copied(data[u64(at) + len(sep) :])


def removeprefix(data: Slice[u8], prefix: Slice[u8]) -> bytes:
    return copied(data[len(prefix) :] if startswith(data, prefix) else data)


def removesuffix(data: Slice[u8], suffix: Slice[u8]) -> bytes:
    return copied(data[: len(data) - len(suffix)] if endswith(data, suffix) else data)


def strip(data: Slice[u8], chars: bytes | None = None) -> bytes:
    stop = last_kept(data, chars)
    return copied(data[min(first_kept(data, chars), stop) : stop])


def lstrip(data: Slice[u8], chars: bytes | None = None) -> bytes:
    return copied(data[first_kept(data, chars) :])


def rstrip(data: Slice[u8], chars: bytes | None = None) -> bytes:
    return copied(data[: last_kept(data, chars)])


def first_kept(data: Slice[u8], chars: bytes | None) -> u64:
    at: u64 = 0
    while at < len(data) and is_stripped(data[at], chars):
        at += 1
    return at


def last_kept(data: Slice[u8], chars: bytes | None) -> u64:
    stop = len(data)
    while stop > 0 and is_stripped(data[stop - 1], chars):
        stop -= 1
    return stop


def is_stripped(byte: u8, chars: bytes | None) -> bool:
    return is_space(byte) if chars is None else holds(chars, int(byte))
