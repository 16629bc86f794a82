"""str: text that is made while a program runs, and the methods and operators of all text.

A literal is a static object; a `Text` has the same fields in the same places, so that every `str` is
read in one way and only its end differs: a Text either owns its bytes or lies in those of another str,
which it keeps alive. So slicing and splitting copy no bytes.

    s.method(...)      the function of that name here, `s` being its first argument
    a + b, a * n       add, multiply
    s[i], s[a:b:c]     character, get_slice
    x in s, for c in s contains, characters
    f"...", str(x)     from_format

Positions in the interface are those of code points. Where all are ASCII they are those of bytes, too.

Invariant: the bytes are valid UTF-8, and `length` counts their code points.
Source: Python Library Reference, "Text Sequence Type".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NoReturn, final

from core import hash as hashing
from core import memory
from core.containers import ranges, storage
from core.containers.ascii_letters import letter
from core.containers.list import list
from core.object import Header
from core.text import format, parse, utf8
from core.text.buffer import TextBuffer
from lang import (
    Array,
    Format,
    Order,
    Ptr,
    Slice,
    bit_cast,
    borrow,
    cold,
    inline,
    noinline,
    retain,
    truncate,
    u8,
    u32,
    u64,
    wrapping_add,
    wrapping_sub,
)

SPACE: Final = u8(ord(" "))
CASE_BIT: Final = 0x20
LARGEST: Final = (1 << 63) - 1
LEAST_CAPACITY: Final = u64(32)  # of a text to which something was appended


@final
class Text:
    """A str that is no literal. The fields lie where those of a literal's object do."""

    data: Ptr[u8]
    size: u64  # in bytes
    length: u64  # in code points
    hash: u64  # 0: not computed
    owner: str | None  # None: the bytes are its own

    # Only here.
    capacity: u64  # bytes of storage of its own, of which `size` are in use

    def __init__(
        self, data: Ptr[u8], size: u64, length: u64, owner: str | None, capacity: u64
    ) -> None:
        self.data = data
        self.size = size
        self.length = length
        self.hash = 0
        self.owner = owner
        self.capacity = capacity

    def __del__(self) -> None:
        if self.capacity > 0:
            storage.give_back(self.data, self.capacity)


# Making text ---------------------------------------------------------------------------------


class Building:
    """Text that is being put together."""

    data: Ptr[u8]
    used: u64
    capacity: u64
    length: u64

    def __init__(self, capacity: u64) -> None:
        self.data = storage.take(capacity) if capacity > 0 else storage.nowhere()
        self.used = 0
        self.capacity = capacity
        self.length = 0

    def __del__(self) -> None:
        if self.capacity > 0:
            storage.give_back(self.data, self.capacity)

    def add(self, bytes: Slice[u8], length: u64) -> None:
        """Append the bytes of `length` code points."""
        needed = self.used + len(bytes)
        if needed > self.capacity:
            self.grow(max(needed, self.capacity * 2, u64(32)))
        Slice[u8](self.data + self.used, len(bytes)).copy_from(bytes)
        self.used = needed
        self.length += length

    def add_text(self, text: str) -> None:
        self.add(text.encode(), borrow(text).length)

    def add_code_point(self, code: u32) -> None:
        room = Array[u8, 4]()
        size = utf8.encode(code, room[:])
        self.add(room[:size], 1)

    def grow(self, capacity: u64) -> None:
        larger = storage.take(capacity)
        Slice[u8](larger, self.used).copy_from(Slice[u8](self.data, self.used))
        if self.capacity > 0:
            storage.give_back(self.data, self.capacity)
        self.data = larger
        self.capacity = capacity

    def finish(self) -> str:
        """Return what was put together; nothing is left here."""
        if self.used == 0:
            return ""
        if self.used < self.capacity:
            self.shrink()
        result = Text(self.data, self.used, self.length, None, self.used)
        self.capacity = 0
        return result

    def shrink(self) -> None:
        exact = storage.take(self.used)
        Slice[u8](exact, self.used).copy_from(Slice[u8](self.data, self.used))
        storage.give_back(self.data, self.capacity)
        self.data = exact
        self.capacity = self.used


def with_room(size: u64, length: u64) -> Text:
    """Return text of its own whose bytes, at least one, are still to be written."""
    return with_more_room(size, length, size)


def with_more_room(size: u64, length: u64, capacity: u64) -> Text:
    """Like `with_room`; it can grow to a size of `capacity` where it is."""
    result = Text(storage.nowhere(), size, length, None, 0)
    result.data = storage.take(capacity)  # which may fail, and then there is nothing to give back
    result.capacity = capacity
    return result


def from_bytes(bytes: Slice[u8]) -> str:
    """Return text of its own with these bytes, which are UTF-8."""
    if len(bytes) == 0:
        return ""
    result = with_room(len(bytes), utf8.count(bytes))
    Slice[u8](result.data, len(bytes)).copy_from(bytes)
    return result


def from_format(message: Format) -> str:
    """Return what an f-string says. What is longer than the first room is written a second time."""
    room = Array[u8, 512]()
    out = TextBuffer(room[:])
    message.write_to(out)
    if out.lost == 0:
        return from_bytes(out.text())
    size = out.used + out.lost
    result = with_room(size, 0)
    again = TextBuffer(Slice[u8](result.data, size))
    message.write_to(again)
    result.length = utf8.count(again.text())
    return result


def from_int(value: int) -> str:
    """Return what str() of an int is."""
    room = Array[u8, 24]()
    out = TextBuffer(room[:])
    format.write_i64(out, value)
    result = with_room(out.used, out.used)
    Slice[u8](result.data, out.used).copy_from(out.text())
    return result


def from_code_point(code: int) -> str:
    """Return the text of one code point; what chr() gives.

    Raises:
        ValueError: there is no such code point.
    """
    if code < 0 or code > utf8.LARGEST:
        raise ValueError("chr() arg not in range(0x110000)")
    building = Building(4)
    building.add_code_point(u32(code))
    return building.finish()


def part(text: str, start: u64, stop: u64) -> str:
    """Return the text between two positions of bytes; it lies in the bytes of the whole."""
    whole = borrow(text)
    if start >= stop:
        return ""
    if start == 0 and stop == whole.size:
        return text
    if stop - start == 1:
        return retain(letter(whole.data[start]).cast(Text))
    length = stop - start
    if whole.size != whole.length:
        length = _wide_length(text, start, stop)
    owner = whole.owner
    if owner is None:
        owner = text
    return Text(whole.data + start, stop - start, length, owner, 0)


@noinline
def _wide_length(text: str, start: u64, stop: u64) -> u64:
    return utf8.count(text.encode()[start:stop])


def is_ascii(text: str) -> bool:
    return borrow(text).size == borrow(text).length


# Positions -----------------------------------------------------------------------------------


def offset_of(text: str, position: int) -> u64:
    """Return where the code point at a position starts in the bytes."""
    if is_ascii(text):
        return u64(position)
    return utf8.prefix_size(text.encode(), u64(position))


def position_of(text: str, offset: u64) -> int:
    """Return which code point starts at an offset in the bytes."""
    return int(offset) if is_ascii(text) else int(utf8.count(text.encode()[:offset]))


@inline
def character(text: str, index: int) -> str:
    """Return the code point at an index, which may count from the end.

    Raises:
        IndexError: there is none.
    """
    whole = borrow(text)
    length = bit_cast(int, whole.length)
    position = index if index >= 0 else wrapping_add(index, length)
    if position < 0 or position >= length:
        _no_character()
    if whole.size == whole.length:
        return retain(letter(whole.data[position]).cast(Text))
    return _wide_character(text, u64(position))


@inline
def character_code(text: str, index: int) -> int:
    """Return the code point at an index: what `ord(text[index])` is, and what comparisons compare.

    Raises:
        IndexError: there is none.
    """
    whole = borrow(text)
    length = bit_cast(int, whole.length)
    position = index if index >= 0 else wrapping_add(index, length)
    if position < 0 or position >= length:
        _no_character()
    if whole.size == whole.length:
        return int(whole.data[position])
    return _wide_code(whole.data, u64(position))


@cold
@noinline
def _no_character() -> NoReturn:
    raise IndexError("string index out of range")


@noinline
def _wide_character(text: str, position: u64) -> str:
    """Return the code point at a position of a text that has others than those of ASCII."""
    start = utf8.prefix_size(text.encode(), position)
    return part(text, start, start + utf8.sequence_size(text.encode()[start:]))


@cold
@noinline
def _wide_code(data: Ptr[u8], position: u64) -> int:
    """Return the code point at a position of valid UTF-8 that holds more.

    It only reads, and by pointers, which cannot fail: so LLVM knows that the objects of a loop over characters
    are after a call of it what they were before.
    """
    at = data
    left = position
    while left > 0:
        at += 1
        if at[0] & 0xC0 != 0x80:  # another code point begins
            left = wrapping_sub(left, 1)
    first = u64(at[0])
    if first < 0x80:
        return bit_cast(int, first)
    second = u64(at[1]) & 0x3F
    if first < 0xE0:
        return bit_cast(int, (first & 0x1F) << 6 | second)
    third = u64(at[2]) & 0x3F
    if first < 0xF0:
        return bit_cast(int, (first & 0x0F) << 12 | second << 6 | third)
    return bit_cast(int, (first & 0x07) << 18 | second << 12 | third << 6 | u64(at[3]) & 0x3F)


def get_slice(text: str, start: int | None, stop: int | None, step: int | None) -> str:
    """Return `text[start:stop:step]`.

    Raises:
        ValueError: the step is 0.
    """
    taken = ranges.part(start, stop, step, int(borrow(text).length))
    if taken.step == 1:
        first = offset_of(text, taken.start)
        rest = text.encode()[first:]
        size = u64(taken.count)
        if not is_ascii(text):
            size = utf8.prefix_size(rest, size)
        return part(text, first, first + size)
    building = Building(u64(taken.count))
    position = taken.start
    for _ in range(taken.count):
        building.add_text(character(text, position))
        position += taken.step
    return building.finish()


def characters(text: str) -> Iterator[str]:
    """Yield the code points."""
    offset: u64 = 0
    while offset < borrow(text).size:
        is_short = borrow(text).data[offset] < 0x80
        after = offset + (1 if is_short else utf8.sequence_size(text.encode()[offset:]))
        yield part(text, offset, after)
        offset = after


def ord_of(text: str) -> int:
    """Return the code point of a text that has one.

    Raises:
        TypeError: it has none, or several.
    """
    if borrow(text).length != 1:
        length = borrow(text).length
        raise TypeError(f"ord() expected a character, but string of length {length} found")
    code, _ = utf8.decode(text.encode())
    return int(code)


def to_int(text: str, base: int = 10) -> int:
    """Return the number that a text is.

    Raises:
        ValueError: it is none in this base.
        OverflowError: it does not fit an int.
    """
    try:
        return int(parse.parse_i64(text.encode(), u32(base)))
    except ValueError:
        raise ValueError(f"invalid literal for int() with base {base}: {text!r}") from None


# Operators -----------------------------------------------------------------------------------


def add(left: str, right: str) -> str:
    if borrow(right).size == 0:
        return left
    if borrow(left).size == 0:
        return right
    a, b = borrow(left), borrow(right)
    result = with_room(a.size + b.size, a.length + b.length)
    Slice[u8](result.data, a.size).copy_from(left.encode())
    Slice[u8](result.data + a.size, b.size).copy_from(right.encode())
    return result


@noinline
def extended(left: str, right: str) -> str:
    """Return `left + right`, for a local that holds `left` and is about to hold the result instead.

    If nobody else has `left`, that is `left` itself with more bytes.

    Raises:
        MemoryError: there is none; `left` is as it was.
    """
    a, b = borrow(left), borrow(right)
    size = a.size + b.size
    if not _may_grow(a) or a == b:
        return _copied_with_room(left, right)
    if size > a.capacity:
        _grow(a, size + size // 2)
    _append(a.data + a.size, b)
    a.size = size
    a.length += b.length
    a.hash = 0
    return left


@inline
def extended_by(left: str, code: int) -> str:
    """Like `extended`, by one code point."""
    a = borrow(left)
    size = a.size
    if code >= 0x80 or not _may_grow(a) or size == a.capacity:
        return _extended_elsewhere(left, code)
    a.data[size] = truncate(u8, code)
    a.size = wrapping_add(size, 1)
    a.length = wrapping_add(a.length, 1)
    a.hash = 0
    return left


@noinline
def _extended_elsewhere(left: str, code: int) -> str:
    if code >= 0x80:
        return extended(left, from_code_point(code))
    a = borrow(left)
    size = a.size + 1
    capacity = max(size, LEAST_CAPACITY) if not _may_grow(a) else size + size // 2
    result = with_more_room(size, a.length + 1, capacity)
    _append(result.data, a)
    result.data[size - 1] = truncate(u8, code)
    return result


@inline
def _may_grow(text: Ptr[Text]) -> bool:
    """Whether the one reference of whoever asks is all there is to a text with bytes of its own. It is no literal then."""
    return text.cast(Header).strong.load(Order.ACQUIRE) == 1 and text.capacity > 0


def _copied_with_room(left: str, right: str) -> str:
    """Return `left + right` with room for as much again as a letter or a few more."""
    if borrow(right).size == 0:
        return left
    if borrow(left).size == 0:
        return right
    a, b = borrow(left), borrow(right)
    size = a.size + b.size
    result = with_more_room(size, a.length + b.length, max(size, LEAST_CAPACITY))
    _append(result.data, a)
    _append(result.data + a.size, b)
    return result


def _append(target: Ptr[u8], text: Ptr[Text]) -> None:
    """Copy the bytes of a text, which is often one letter."""
    if text.size == 1:
        target[0] = text.data[0]
    else:
        Slice[u8](target, text.size).copy_from(Slice[u8](text.data, text.size))


@noinline
def _grow(text: Ptr[Text], capacity: u64) -> None:
    """Move the bytes of a text that has its own to larger storage."""
    larger = storage.take(capacity)
    Slice[u8](larger, text.size).copy_from(Slice[u8](text.data, text.size))
    storage.give_back(text.data, text.capacity)
    text.data = larger
    text.capacity = capacity


def multiply(text: str, count: int) -> str:
    if count <= 0:
        return ""
    building = Building(borrow(text).size * u64(count))
    for _ in range(count):
        building.add_text(text)
    return building.finish()


def contains(text: str, wanted: str) -> bool:
    return find_bytes(text.encode(), wanted.encode(), 0) >= 0


def hash_of(text: str) -> u64:
    """Return the hash of a text, which is computed once."""
    object = borrow(text)
    if object.hash == 0:
        object.hash = hashing.of_words(text.encode()) | 1
    return object.hash


# Searching -----------------------------------------------------------------------------------


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


# Splitting and joining -----------------------------------------------------------------------


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


# Padding -------------------------------------------------------------------------------------


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
