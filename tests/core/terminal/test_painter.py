"""The painter: what is on the surface is what is in the grid, drawn with the font that is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native
from tools import fonts
from tools.image import ROOT_FILES

FONT = ROOT_FILES / "base" / "data" / "fonts" / "dejavumono-regular16.grf"
WIDTH, HEIGHT, PADDING = 219, 84, 4
CELL_WIDTH, CELL_HEIGHT = 10, 19
COLUMNS, ROWS = 21, 4
PAPER, INK, RED = 0x1B2A33, 0xFFF3DC, 0xE76F51


@pytest.fixture(scope="module")
def painter():
    subject = native(Path(__file__).parent / "painter_subject.py")
    subject.read(FONT.read_bytes())
    return subject


@pytest.fixture
def begun(painter):
    assert painter.begin(WIDTH, HEIGHT) == (COLUMNS, ROWS)
    return painter


def mix(below: int, above: int, grey: int) -> int:
    """A colour over another, as far as a glyph covers the pixel."""
    cover = grey + (grey >> 7)
    parts = [
        ((below >> shift & 0xFF) * (256 - cover) + (above >> shift & 0xFF) * cover) >> 8
        for shift in (16, 8, 0)
    ]
    return parts[0] << 16 | parts[1] << 8 | parts[2]


def drawn(character: str, ink: int, paper: int) -> list[list[int]]:
    """The pixels of a cell, after the file of the font."""
    cell = [[paper] * CELL_WIDTH for _ in range(CELL_HEIGHT)]
    if character == " ":
        return cell
    left, top, width, grey = fonts.glyph_in(FONT.read_bytes(), ord(character))
    _, ascender, _, _ = fonts.HEADER.unpack_from(FONT.read_bytes())
    for index, value in enumerate(grey):
        x, y = left + index % width, ascender - top + index // width
        if 0 <= x < CELL_WIDTH and 0 <= y < CELL_HEIGHT:
            cell[y][x] = mix(paper, ink, value)
    return cell


def shown(painter, row: int, column: int) -> list[list[int]]:
    left = (WIDTH - COLUMNS * CELL_WIDTH) // 2 + column * CELL_WIDTH
    top = (HEIGHT - ROWS * CELL_HEIGHT) // 2 + row * CELL_HEIGHT
    return [
        [painter.pixel((top + y) * WIDTH + left + x) for x in range(CELL_WIDTH)]
        for y in range(CELL_HEIGHT)
    ]


@pytest.mark.parametrize("character", ["A", "g", "é", "€", "─", "█", "\ufffd"])
def test_a_character_is_drawn_as_the_font_has_it(begun, character: str) -> None:
    begun.write(f"x\x1b[31;44m{character}\x1b[?25l".encode(), 0)
    assert shown(begun, 0, 1) == drawn(character, RED, 0x5B94B8)
    assert shown(begun, 0, 2) == drawn(" ", INK, PAPER)


def test_what_the_font_does_not_have_is_marked(begun) -> None:
    begun.write("\U0001f600".encode(), 0)
    assert shown(begun, 0, 0) == drawn("\ufffd", INK, PAPER)


def test_the_cursor_is_a_cell_turned_around(begun) -> None:
    begun.write(b"abc\b", 0)
    assert shown(begun, 0, 2) == drawn("c", PAPER, INK)
    begun.write(b"\x1b[?25l", 0)
    assert shown(begun, 0, 2) == drawn("c", INK, PAPER)


def test_what_is_underlined_has_a_line(begun) -> None:
    begun.write(b"\x1b[4mA", 0)
    assert shown(begun, 0, 0)[16] == [INK] * CELL_WIDTH


TEXTS = st.lists(
    st.tuples(st.text("ab\n\x1bM\x1b[31m[7mé", max_size=40), st.integers(0, 4)), max_size=6
)


@given(TEXTS)
@settings(max_examples=15)
def test_drawing_what_has_changed_is_enough(painter, texts: list[tuple[str, int]]) -> None:
    painter.begin(WIDTH, HEIGHT)
    back = 0
    for text, back in texts:
        painter.write(text.encode(), back)
    changed = painter.all_pixels()
    painter.paint_all()
    painter.write(b"", back)
    assert painter.all_pixels() == changed


def test_lines_that_have_left_are_shown_again(begun) -> None:
    begun.write("".join(f"{n}\n" for n in range(6)).encode(), 3)
    assert [shown(begun, row, 0) for row in range(3)] == [drawn(c, INK, PAPER) for c in "012"]


@pytest.mark.parametrize("size", [(0, 0), (8, 8), (17, 100), (100, 26)])
def test_a_surface_that_is_too_small_has_no_places(painter, size: tuple[int, int]) -> None:
    columns, rows = painter.begin(*size)
    assert columns * rows == 0


def test_a_surface_of_many_pixels_has_larger_letters(painter) -> None:
    assert painter.begin(2008, 30 + 2 * PADDING) == (100, 0)
