"""Target code for the tests of fonts of pictures."""

from __future__ import annotations

from core.graphics.picture_font import PictureFont
from lang import Array, Slice, i32, u8, u32, u64, usize

data: Array[u8, 262144]
font: PictureFont


def open(file: Slice[u8]) -> tuple[i32, i32]:
    """Return ascender and line height."""
    data[: len(file)].copy_from(file)
    font.read(data[: len(file)])
    return font.ascender, font.line_height


def has(character: u32) -> bool:
    return font.find(character) is not None


def glyph(character: u32) -> tuple[i32, i32, i32, u64, u64]:
    """Return left, top, advance, width and height."""
    place = font.find(character)
    assert place is not None
    found = font.glyph_at(place)
    return found.left, found.top, found.advance, found.width, found.height


def grey(character: u32, row: usize, column: usize) -> u8:
    place = font.find(character)
    assert place is not None
    return font.glyph_at(place).row(row)[column]
