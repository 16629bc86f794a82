"""The painter: shows a grid of characters on a surface, and draws only what has changed since.

`shown` says what stands in each place of the surface, so that nothing is read from it, which is slow for a screen. So text
that moves up costs as much as there is text that differs from what was in its place.

Glyphs have smooth edges: a pixel is mixed of ink and paper by how much of it the outline covers.
"""

from __future__ import annotations

from typing import Final

from core.graphics import surface
from core.graphics.picture_font import PictureFont
from core.graphics.surface import Surface
from core.terminal.grid import BLANK, CHARACTER, UNDERLINED, Cell
from core.terminal.stream import Stream
from core.text import utf8
from lang import Array, Ptr, Slice, copy, i32, isize, no_raise, struct, u8, u32, u64, usize

MOST_WIDTH: Final = 64  # pixels of a cell
WIDE: Final = 2000  # pixels of a surface from which on each of a glyph's is drawn as two by two
PADDING: Final = 4  # pixels between the edges and the text
NEVER_SHOWN: Final[u32] = 0xFFFF_FFFF


@struct(pinned=True)
class Painter:
    font: PictureFont
    cell_width: usize
    cell_height: usize
    scale: usize
    columns: usize
    rows: usize
    left: usize  # of the first column, in pixels
    top: usize
    shown: Ptr[Cell] | None  # rows * columns

    @no_raise
    def measure(self, width: usize, height: usize) -> None:
        """Find how many columns and rows fit onto a surface; none if the font has no sensible width."""
        self.columns, self.rows = 0, 0
        if min(width, height) <= 2 * PADDING:
            return
        place = self.font.find(77)  # M
        if place is None:
            return
        advance = self.font.glyph_at(place).advance
        if not 1 <= advance <= MOST_WIDTH:
            return
        self.scale = 2 if width >= WIDE else 1
        self.cell_width = usize(advance)
        self.cell_height = usize(self.font.line_height)
        self.columns = (width - 2 * PADDING) // (self.cell_width * self.scale)
        self.rows = (height - 2 * PADDING) // (self.cell_height * self.scale)
        self.left = (width - self.columns * self.cell_width * self.scale) // 2
        self.top = (height - self.rows * self.cell_height * self.scale) // 2

    @no_raise
    def begin(self, target: Surface, shown: Slice[Cell], paper: u32) -> None:
        """Have all of the surface drawn with the next `paint`.

        shown: rows * columns, as `measure` found them.
        """
        self.shown = shown.pointer
        for index in range(len(shown)):
            shown[index].character = NEVER_SHOWN
        target.fill(paper)

    @no_raise
    def paint(self, target: Surface, stream: Stream, back: usize) -> None:
        """Show what the grid is now, or what it was some lines ago."""
        for row in range(self.rows):
            line = stream.grid.line_before(row, back)
            for column in range(self.columns):
                has_cursor = stream.has_cursor and back == 0 and row == stream.grid.row
                cell = copy(line[column])
                if has_cursor and column == stream.grid.column:
                    cell.ink, cell.paper = cell.paper, cell.ink
                self.show(target, row, column, cell)

    @no_raise
    def show(self, target: Surface, row: usize, column: usize, cell: Cell) -> None:
        """Let a place show a cell."""
        shown = self.shown
        assert shown is not None, "the painter has begun"
        place = row * self.columns + column
        before = shown + place
        if (
            before.character == cell.character
            and before.ink == cell.ink
            and before.paper == cell.paper
        ):
            return
        before.character, before.ink, before.paper = cell.character, cell.ink, cell.paper
        self.draw(target, row, column, cell)

    @no_raise
    def draw(self, target: Surface, row: usize, column: usize, cell: Cell) -> None:
        place = self.place_of(cell.character & CHARACTER)
        pixels = Array[u32, MOST_WIDTH]()
        for y in range(self.cell_height):
            line = pixels[: self.cell_width]
            line.fill(cell.paper)
            if place is not None:
                self.draw_row(line, place, y, cell)
            if cell.character & UNDERLINED != 0 and isize(y) == isize(self.font.ascender) + 1:
                line.fill(cell.ink)
            self.put(target, row, column, y, line)

    @no_raise
    def place_of(self, character: u32) -> u64 | None:
        """Return where the glyph for a character is; None: nothing is drawn."""
        if character == BLANK:
            return None
        place = self.font.find(character)
        return place if place is not None else self.font.find(utf8.REPLACEMENT)

    @no_raise
    def draw_row(self, line: Slice[u32], place: u64, y: usize, cell: Cell) -> None:
        """Mix one row of a glyph into the pixels of a row of its cell."""
        glyph = self.font.glyph_at(place)
        number = i32(y) - self.font.ascender + glyph.top
        if not 0 <= number < i32(glyph.height):
            return
        grey = glyph.row(usize(number))
        for index in range(glyph.width):
            x = i32(index) + glyph.left
            if 0 <= x < i32(len(line)) and grey[index] != 0:
                line[x] = surface.blend(cell.paper, cell.ink, cover_of(grey[index]))

    @no_raise
    def put(self, target: Surface, row: usize, column: usize, y: usize, line: Slice[u32]) -> None:
        """Copy a row of pixels of a cell onto the surface, which it lies within."""
        left = self.left + column * self.cell_width * self.scale
        top = self.top + (row * self.cell_height + y) * self.scale
        if self.scale == 1:
            target.row(left, top, self.cell_width).copy_from(line)
            return
        for down in range(self.scale):
            wide = target.row(left, top + down, self.cell_width * self.scale)
            for index in range(len(wide)):
                wide[index] = line[index // self.scale]


@no_raise
def cover_of(grey: u8) -> u32:
    """Return how much of a pixel is covered, of 256."""
    return u32(grey) + (grey >> 7)
