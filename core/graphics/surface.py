"""Surfaces: rectangles of pixels in memory, such as the firmware's frame buffer, and drawing on them.

A pixel is a u32, 0xRRGGBB in the low 24 bits. Row `y` starts `y * stride` pixels after `pixels`;
stride >= width. Everything drawn is clipped to the surface.
"""

from __future__ import annotations

from core.graphics import font
from lang import Ptr, Slice, no_raise, struct, truncate, u8, u32, usize


@struct
class Surface:
    """A view of pixels that someone else owns."""

    pixels: Ptr[u32]
    width: usize
    height: usize
    stride: usize  # pixels from one row to the next

    def fill(self, colour: u32) -> None:
        self.fill_rectangle(0, 0, self.width, self.height, colour)

    def fill_rectangle(
        self, left: usize, top: usize, width: usize, height: usize, colour: u32
    ) -> None:
        """Paint `width` by `height` pixels from (left, top) on."""
        if left >= self.width or top >= self.height:
            return
        columns = min(width, self.width - left)
        rows = min(height, self.height - top)
        for y in range(top, top + rows):
            Slice[u32](self.pixels + (y * self.stride + left), columns).fill(colour)

    @no_raise
    def row(self, left: usize, top: usize, width: usize) -> Slice[u32]:
        """Return pixels of a row, which are on the surface."""
        return Slice[u32](self.pixels + (top * self.stride + left), width)

    def draw_text(
        self, left: usize, top: usize, text: Slice[u8], scale: usize, colour: u32
    ) -> None:
        """Draw a line of ASCII, each pixel of the glyphs `scale` by `scale` pixels large."""
        x = left
        for character in text:
            self.draw_glyph(x, top, character, scale, colour)
            x += (font.GLYPH_WIDTH + 1) * scale

    def draw_glyph(self, left: usize, top: usize, character: u8, scale: usize, colour: u32) -> None:
        for column in range(usize(font.GLYPH_WIDTH)):
            bits = font.column(character, column)
            for row in range(usize(font.GLYPH_HEIGHT)):
                if (bits >> row) & 1 != 0:
                    x, y = left + column * scale, top + row * scale
                    self.fill_rectangle(x, y, scale, scale, colour)


def text_width(length: usize, scale: usize) -> usize:
    """Return how many pixels a line of `length` characters takes."""
    return length * (font.GLYPH_WIDTH + 1) * scale


def blend(below: u32, above: u32, alpha: u32) -> u32:
    """Return `above` over `below`; alpha from 0 (below) to 256 (above)."""
    keep = 256 - alpha
    red_blue = ((below & 0xFF00FF) * keep + (above & 0xFF00FF) * alpha) >> 8
    green = ((below & 0x00FF00) * keep + (above & 0x00FF00) * alpha) >> 8
    return truncate(u32, (red_blue & 0xFF00FF) | (green & 0x00FF00))
