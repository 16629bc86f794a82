"""More methods of str: what looks at parts of a text, and what puts characters into other ones.

Source: Python Library Reference, "String Methods".
"""

from __future__ import annotations

from core.containers import ranges
from core.containers.dict import dict
from core.containers.letters import is_part_of_name, is_start_of_name
from core.containers.list import list
from core.containers.searching import ends, find_bytes, starts
from core.containers.splitting import space_size
from core.containers.text import LARGEST, Building, character, get_slice, offset_of, part
from core.text import utf8
from lang import borrow, u64


def count(text: str, wanted: str, start: int = 0, stop: int = LARGEST) -> int:
    """Return how often `wanted` comes in `text[start:stop]` without overlapping."""
    length = int(borrow(text).length)
    if start > length:
        return 0
    first, last = ranges.clamped(start, length), ranges.clamped(stop, length)
    if first > last:
        return 0
    if borrow(wanted).size == 0:
        return last - first + 1
    data = text.encode()[offset_of(text, first) : offset_of(text, last)]
    result = 0
    at = find_bytes(data, wanted.encode(), 0)
    while at >= 0:
        result += 1
        at = find_bytes(data, wanted.encode(), u64(at) + borrow(wanted).size)
    return result


def startswith(text: str, prefix: str, start: int = 0, stop: int = LARGEST) -> bool:
    if start == 0 and stop == LARGEST:
        return starts(text, prefix)
    if start > int(borrow(text).length):
        return False
    return starts(get_slice(text, start, stop, None), prefix)


def endswith(text: str, suffix: str, start: int = 0, stop: int = LARGEST) -> bool:
    if start == 0 and stop == LARGEST:
        return ends(text, suffix)
    if start > int(borrow(text).length):
        return False
    return ends(get_slice(text, start, stop, None), suffix)


def starts_with_any(text: str, prefixes: list[str], start: int = 0, stop: int = LARGEST) -> bool:
    for prefix in prefixes:
        if startswith(text, prefix, start, stop):
            return True
    return False


def ends_with_any(text: str, suffixes: list[str], start: int = 0, stop: int = LARGEST) -> bool:
    for suffix in suffixes:
        if endswith(text, suffix, start, stop):
            return True
    return False


def rsplit(text: str, separator: str | None = None, maxsplit: int = -1) -> list[str]:
    """Return the parts between separators, or between white space, split from the end.

    Raises:
        ValueError: the separator is empty.
    """
    found = list[str]()
    end = borrow(text).size
    data = text.encode()
    while maxsplit < 0 or len(found) < maxsplit:
        if separator is None:
            end = _before_space(text, end)
            start = _word_start(text, end)
            if start == end:
                break
            found.append(part(text, start, end))
            end = start
            continue
        at = _last(text, separator, end)
        if at < 0:
            break
        found.append(part(text, u64(at) + borrow(separator).size, end))
        end = u64(at)
    if separator is None:
        end = _before_space(text, end)
        start = u64(0)
        while start < end and space_size(data[start:]) > 0:
            start += space_size(data[start:])
        if start < end:
            found.append(part(text, start, end))
    else:
        found.append(part(text, 0, end))
    found.reverse()
    return found


def _last(text: str, separator: str, end: u64) -> int:
    """Return where a separator comes last before an end; -1 if it does not."""
    size = borrow(separator).size
    if size == 0:
        raise ValueError("empty separator")
    at = int(end) - int(size)
    while at >= 0:
        if text.encode()[u64(at) : u64(at) + size] == separator.encode():
            return at
        at -= 1
    return -1


def _previous(text: str, end: u64) -> u64:
    """Return where the code point before an end starts."""
    return utf8.floor_boundary(text.encode(), end - 1)


def _before_space(text: str, end: u64) -> u64:
    """Return the end of what stands before the white space before an end."""
    at = end
    while at > 0 and space_size(text.encode()[_previous(text, at) :]) > 0:
        at = _previous(text, at)
    return at


def _word_start(text: str, end: u64) -> u64:
    at = end
    while at > 0 and space_size(text.encode()[_previous(text, at) :]) == 0:
        at = _previous(text, at)
    return at


def expandtabs(text: str, tabsize: int = 8) -> str:
    """Return the text with its tabs as spaces."""
    building = Building(borrow(text).size)
    column = 0
    for index in range(int(borrow(text).length)):
        each = character(text, index)
        if each == "\t":
            count = tabsize - column % tabsize if tabsize > 0 else 0
            for _ in range(count):
                building.add_text(" ")
            column += count
            continue
        building.add_text(each)
        column = 0 if each == "\n" or each == "\r" else column + 1
    return building.finish()


def isidentifier(text: str) -> bool:
    data = text.encode()
    offset: u64 = 0
    while offset < len(data):
        code, size = utf8.decode(data[offset:])
        is_fine = is_start_of_name(code) if offset == 0 else is_part_of_name(code)
        if not is_fine:
            return False
        offset += size
    return len(data) > 0


def translate(text: str, table: dict[int, str]) -> str:
    """Return the text with the characters that a table has, by their code points, replaced."""
    building = Building(borrow(text).size)
    data = text.encode()
    offset: u64 = 0
    while offset < len(data):
        code, size = utf8.decode(data[offset:])
        if int(code) in table:
            building.add_text(table[int(code)])
        else:
            building.add(data[offset : offset + size], 1)
        offset += size
    return building.finish()


def pairs_table(x: str, y: str, z: str = "") -> dict[int, str]:
    """Return the table that puts the characters of y into the place of those of x, and drops those of
    z; what `str.maketrans` gives.

    Raises:
        ValueError: x and y are not of one length.
    """
    if borrow(x).length != borrow(y).length:
        raise ValueError("the first two maketrans arguments must have equal length")
    table = dict[int, str]()
    for index in range(int(borrow(x).length)):
        code, _ = utf8.decode(character(x, index).encode())
        table[int(code)] = character(y, index)
    for index in range(int(borrow(z).length)):
        code, _ = utf8.decode(character(z, index).encode())
        table[int(code)] = ""
    return table


def names_table(table: dict[str, str]) -> dict[int, str]:
    """Return a table of characters as one of code points.

    Raises:
        ValueError: a key is no character.
    """
    result = dict[int, str]()
    for key, value in table.items():
        if borrow(key).length != 1:
            raise ValueError("string keys in translate table must be of length 1")
        code, _ = utf8.decode(key.encode())
        result[int(code)] = value
    return result
