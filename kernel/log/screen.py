"""Screen: text on a frame buffer, before any driver exists.

The text is a grid of characters that covers a part of the screen, the whole of it in a panic. `cells`
says what stands where, so that scrolling reads no pixels, which is slow, and draws only characters that
change. When the last row is full, the grid moves up by half: on average a line costs two.

Guarded by being the one who shows lines (merge.py), or the one who panics.
"""

from __future__ import annotations

from typing import Final

from core.graphics import font
from core.graphics.surface import Surface
from lang import Array, Atomic, Ptr, Slice, irq_safe, no_raise, struct, u8, u32, usize

MOST_COLUMNS: Final = 240
MOST_ROWS: Final = 128
CELL_WIDTH: Final = font.GLYPH_WIDTH + 1
CELL_HEIGHT: Final = font.GLYPH_HEIGHT + 3
PADDING: Final = 6  # pixels between the edges and the text
WIDE: Final = 2000  # pixels from which on each of a glyph's is drawn as two by two
INDENTATION: Final = 16  # of what is left of a line that is too long: the width of a line's head

PAPER: Final[u32] = 0x1B2A33
INK: Final[u32] = 0xFFF3DC
BLANK: Final[u8] = 0x20
NEWLINE: Final[u8] = 10


@struct
class Grid:
    """The characters on the screen; those of row r begin at r * columns."""

    pixels: Ptr[u32] | None  # of the whole screen; None: there is no screen
    width: usize
    height: usize
    stride: usize

    left: usize  # where the grid begins, in pixels
    top: usize
    scale: usize
    columns: usize
    rows: usize
    row: usize  # where the next character goes
    column: usize
    cells: Array[u8, MOST_COLUMNS * MOST_ROWS]


grid: Grid
is_given_up: Atomic[bool]


@irq_safe
@no_raise
def show_on(target: Surface, left: usize, top: usize, width: usize, height: usize) -> None:
    """From now on write into this part of the screen, which stays the caller's to keep mapped.

    Whoever writes meanwhile, on another processor, sees either no screen or all of it.
    """
    is_given_up.store(True)
    grid.pixels = target.pixels
    grid.width, grid.height, grid.stride = target.width, target.height, target.stride
    _cover(left, top, width, height)
    is_given_up.store(False)


@irq_safe
@no_raise
def give_up() -> None:
    """From now on write nothing: the screen is somebody else's, until `take_over`."""
    is_given_up.store(True)


@irq_safe
@no_raise
def take_over() -> None:
    """From now on write onto the whole screen, which is empty."""
    is_given_up.store(False)
    _cover(0, 0, grid.width, grid.height)


@irq_safe
@no_raise
def write(text: Slice[u8]) -> None:
    """Write text at the end, if there is a screen."""
    pixels = grid.pixels
    if is_given_up.load() or pixels is None or grid.rows == 0 or grid.columns <= INDENTATION:
        return
    target = Surface(pixels, grid.width, grid.height, grid.stride)
    for character in text:
        if character == NEWLINE:
            _start_row(target, 0)
            continue
        if grid.column == grid.columns:
            _start_row(target, INDENTATION)
        _draw(target, grid.row * grid.columns + grid.column, character)
        grid.column += 1


def _cover(left: usize, top: usize, width: usize, height: usize) -> None:
    pixels = grid.pixels
    if pixels is None:
        return
    target = Surface(pixels, grid.width, grid.height, grid.stride)
    target.fill_rectangle(left, top, width, height, PAPER)
    grid.left, grid.top = left + PADDING, top + PADDING
    grid.scale = 2 if grid.width >= WIDE else 1
    grid.columns = _count(width, CELL_WIDTH * grid.scale, MOST_COLUMNS)
    grid.rows = _count(height, CELL_HEIGHT * grid.scale, MOST_ROWS)
    grid.row, grid.column = 0, 0
    grid.cells[:].fill(BLANK)


def _count(room: usize, size: usize, most: usize) -> usize:
    """Return how many cells fit between the edges."""
    return min((room - 2 * PADDING) // size, most) if room > 2 * PADDING else usize(0)


def _start_row(target: Surface, column: usize) -> None:
    """Go on at a column of the next row; move everything up first if there is none."""
    grid.row += 1
    grid.column = column
    if grid.row == grid.rows:
        distance = (grid.rows + 1) // 2
        _move_up(target, distance)
        grid.row -= distance


def _move_up(target: Surface, distance: usize) -> None:
    used = grid.rows * grid.columns
    shift = distance * grid.columns
    for place in range(used):
        _draw(target, place, grid.cells[place + shift] if place + shift < used else BLANK)


def _draw(target: Surface, place: usize, character: u8) -> None:
    """Let a cell show a character."""
    if grid.cells[place] == character:
        return
    x = grid.left + place % grid.columns * CELL_WIDTH * grid.scale
    y = grid.top + (place // grid.columns * CELL_HEIGHT + 1) * grid.scale
    if grid.cells[place] != BLANK:
        target.fill_rectangle(
            x, y, font.GLYPH_WIDTH * grid.scale, font.GLYPH_HEIGHT * grid.scale, PAPER
        )
    target.draw_glyph(x, y, character, grid.scale, INK)
    grid.cells[place] = character
