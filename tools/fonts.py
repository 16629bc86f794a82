"""Makes fonts that the system reads: pictures of glyphs (.grf), from outlines (TrueType, OpenType).

    header      magic u32; ascender, descender, line height i16; 256 offsets of glyphs u32; 256 of kerning u32
    glyphs      left, top, advance, 0 i16; width, height u16; then width * height grey bytes, 255 opaque
    more        code point u32, offset u32, in the order of the code points
    end         how many those are u32; MORE_MAGIC u32

All numbers are little-endian; offsets count from the end of the header. The 256 glyphs are those of Latin-1; whoever knows
only them does not look behind the glyphs. A glyph is drawn `left` to the right of the pen, its first row `top` above the
baseline. There is no kerning, as the fonts that it is used for are of one width.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from PIL import ImageFont

from tools.failure import Failure

MAGIC, MORE_MAGIC = 0x4752_4630, 0x4752_4658
HEADER = struct.Struct("<Ihhh")
OFFSETS = struct.Struct("<256I")
GLYPH = struct.Struct("<hhhhHH")
MORE = struct.Struct("<II")
NONE = 0xFFFF_FFFF
NO_CHARACTER = "\uffff"  # which no font has
REPLACEMENT = 0xFFFD
SIZES = range(6, 129)

RANGES = [
    (0x20, 0x7F),
    (0xA0, 0x180),  # Latin-1 and Latin Extended-A
    (0x370, 0x400),  # Greek
    (0x400, 0x460),  # Cyrillic
    (0x2010, 0x2028),  # dashes, quotation marks
    (0x2030, 0x203B),
    (0x2070, 0x208F),  # raised and lowered digits
    (0x20A0, 0x20BE),  # currencies
    (0x2100, 0x2150),  # letter-like symbols
    (0x2190, 0x2200),  # arrows
    (0x2200, 0x2300),  # mathematics
    (0x2500, 0x2600),  # lines, blocks, shapes
    (0x2600, 0x2680),
    (0x2713, 0x2719),
    (0x2800, 0x2900),  # Braille, in which programs draw
    (REPLACEMENT, REPLACEMENT + 1),
]


@dataclass(frozen=True)
class Glyph:
    left: int
    top: int
    advance: int
    width: int
    height: int
    grey: bytes

    def pack(self) -> bytes:
        return GLYPH.pack(self.left, self.top, self.advance, 0, self.width, self.height) + self.grey


def convert(outlines: Path, size: int) -> bytes:
    """Return the font as pictures of some height in pixels: the same bytes for the same file.

    Raises:
        Failure: it is no font, or the size is not a sensible one.
    """
    if size not in SIZES:
        raise Failure(f"a font has {SIZES[0]} to {SIZES[-1]} pixels, not {size}")
    try:
        font = ImageFont.truetype(str(outlines), size, layout_engine=ImageFont.Layout.BASIC)
    except OSError as error:
        raise Failure(f"{outlines} is not a font that can be read: {error}") from None
    ascent, descent = font.getmetrics()
    missing = _draw(font, NO_CHARACTER, ascent)
    data, latin, more = bytearray(), [NONE] * 256, []
    for first, end in RANGES:
        for code in range(first, end):
            glyph = _draw(font, chr(code), ascent)
            if glyph == missing and code != REPLACEMENT:
                continue
            if code < len(latin):
                latin[code] = len(data)
            else:
                more.append(MORE.pack(code, len(data)))
            data += glyph.pack()
    header = HEADER.pack(MAGIC, ascent, -descent, ascent + descent)
    end = struct.pack("<II", len(more), MORE_MAGIC)
    return header + OFFSETS.pack(*latin) + OFFSETS.pack(*[NONE] * 256) + data + b"".join(more) + end


def glyph_in(font: bytes, code: int) -> tuple[int, int, int, bytes]:
    """Return left, top, width and grey of a character's glyph in a font that `convert` has made.

    Raises:
        KeyError: the font does not have it.
    """
    offsets = dict(enumerate(OFFSETS.unpack_from(font, HEADER.size)))
    count, _ = struct.unpack("<II", font[-8:])
    more = len(font) - 8 - count * MORE.size
    offsets |= dict(MORE.iter_unpack(font[more : len(font) - 8]))
    if offsets[code] == NONE:
        raise KeyError(code)
    start = HEADER.size + 2 * OFFSETS.size + offsets[code]
    left, top, _, _, width, height = GLYPH.unpack_from(font, start)
    return left, top, width, font[start + GLYPH.size : start + GLYPH.size + width * height]


def _draw(font: ImageFont.FreeTypeFont, character: str, ascent: int) -> Glyph:
    mask, (left, down) = font.getmask2(character, mode="L")
    width, height = mask.size
    advance = round(font.getlength(character))
    if width == 0 or height == 0:
        return Glyph(0, 0, advance, 0, 0, b"")
    return Glyph(left, ascent - down, advance, width, height, bytes(mask))
