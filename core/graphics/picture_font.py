"""Fonts of pictures (.grf): each glyph a rectangle of grey, drawn beforehand from an outline.

`tools/fonts.py` describes the format and makes such files. `read` proves once that a file is whole, and everything else
relies on that.
"""

from __future__ import annotations

from typing import Final

from core import endian
from core.errors import BadMessage
from lang import Ptr, Slice, i32, no_raise, struct, u8, u16, u32, u64, usize

MAGIC: Final[u32] = 0x4752_4630
MORE_MAGIC: Final[u32] = 0x4752_4658
ASCENDER: Final = 4  # offsets
DESCENDER: Final = 6
LINE_HEIGHT: Final = 8
OFFSETS: Final = 10
LATIN: Final[u32] = 256
HEADER_SIZE: Final = 2058
GLYPH_SIZE: Final = 12
MORE_SIZE: Final = 8
END_SIZE: Final = 8
NONE: Final[u32] = 0xFFFF_FFFF


@struct
class Glyph:
    """One character, drawn. Its first row is `top` pixels above the baseline."""

    left: i32
    top: i32
    advance: i32
    width: usize
    height: usize
    grey: Slice[u8]  # row after row; 255 is opaque

    @no_raise
    def row(self, number: usize) -> Slice[u8]:
        return self.grey[number * self.width : (number + 1) * self.width]


@struct
class PictureFont:
    """A font; zeros are none."""

    start: Ptr[u8] | None
    size: u64  # in bytes
    ascender: i32
    line_height: i32
    more: u64  # where the characters beyond Latin-1 begin
    more_count: u64

    def read(self, file: Slice[u8]) -> None:
        """Be the font that some memory holds, which must stay where it is.

        Raises:
            BadMessage: it holds none, or a damaged one.
        """
        if len(file) < HEADER_SIZE or endian.load_u32(file, 0) != MAGIC:
            raise BadMessage
        self.start = file.pointer
        self.size = len(file)
        self.ascender = signed(endian.load_u16(file, ASCENDER))
        self.line_height = signed(endian.load_u16(file, LINE_HEIGHT))
        if self.line_height <= 0:
            raise BadMessage
        self.find_more()
        self.check_glyphs()

    def find_more(self) -> None:
        """Find the characters beyond Latin-1, if there are any."""
        self.more = self.size
        self.more_count = 0
        if (
            self.size < HEADER_SIZE + END_SIZE
            or endian.load_u32(self.bytes, self.size - 4) != MORE_MAGIC
        ):
            return
        count = u64(endian.load_u32(self.bytes, self.size - END_SIZE))
        if count > (self.size - HEADER_SIZE - END_SIZE) // MORE_SIZE:
            raise BadMessage
        self.more_count = count
        self.more = self.size - END_SIZE - count * MORE_SIZE

    def check_glyphs(self) -> None:
        for code in range(LATIN):
            place = self.find(code)
            if place is not None:
                self.check_glyph(place)
        last: u32 = LATIN - 1
        for index in range(self.more_count):
            if self.code(index) <= last:
                raise BadMessage
            last = self.code(index)
            self.check_glyph(self.place(index))

    def check_glyph(self, place: u64) -> None:
        """Check that a glyph lies within the file, and before the list of characters."""
        if place > self.more or self.more - place < GLYPH_SIZE:
            raise BadMessage
        width = u64(endian.load_u16(self.bytes, place + 8))
        height = u64(endian.load_u16(self.bytes, place + 10))
        if width * height > self.more - place - GLYPH_SIZE:
            raise BadMessage

    @property
    @no_raise
    def bytes(self) -> Slice[u8]:
        start = self.start
        assert start is not None, "a font was read"
        return Slice[u8](start, self.size)

    @no_raise
    def find(self, character: u32) -> u64 | None:
        """Return where the glyph of a character is; None if there is none."""
        if character < LATIN:
            offset = endian.load_u32(self.bytes, OFFSETS + usize(character) * 4)
            return None if offset == NONE else u64(HEADER_SIZE) + offset
        low: u64 = 0
        high = self.more_count
        while low < high:
            middle = (low + high) // 2
            found = self.code(middle)
            if found == character:
                return self.place(middle)
            if found < character:
                low = middle + 1
            else:
                high = middle
        return None

    @no_raise
    def glyph_at(self, place: u64) -> Glyph:
        """Return the glyph at a place that `find` gave."""
        width = usize(endian.load_u16(self.bytes, place + 8))
        height = usize(endian.load_u16(self.bytes, place + 10))
        start = place + GLYPH_SIZE
        return Glyph(
            signed(endian.load_u16(self.bytes, place)),
            signed(endian.load_u16(self.bytes, place + 2)),
            signed(endian.load_u16(self.bytes, place + 4)),
            width,
            height,
            self.bytes[start : start + width * height],
        )

    @no_raise
    def code(self, index: u64) -> u32:
        return endian.load_u32(self.bytes, self.more + index * MORE_SIZE)

    @no_raise
    def place(self, index: u64) -> u64:
        return u64(HEADER_SIZE) + endian.load_u32(self.bytes, self.more + index * MORE_SIZE + 4)


@no_raise
def signed(value: u16) -> i32:
    return i32(value) - (0x10000 if value >= 0x8000 else 0)
