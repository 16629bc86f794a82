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
from core.containers import ranges, storage
from core.containers.ascii_letters import letter
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


def hash_of(text: str) -> u64:
    """Return the hash of a text, which is computed once."""
    object = borrow(text)
    if object.hash == 0:
        object.hash = hashing.of_words(text.encode()) | 1
    return object.hash
