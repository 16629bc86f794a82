"""Text on the screen: where it stands, how it scrolls, and that the pixels say the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native
from core.graphics import font

PAPER, INK, AROUND = 0x1B2A33, 0xFFF3DC, 0x123456
LEFT, TOP = 13, 15  # of the text
PADDING = 6
COLUMNS, ROWS = 30, 6


@pytest.fixture(scope="module")
def screen():
    return native(Path(__file__).parent / "screen_subject.py")


def begin(screen) -> None:
    right, bottom = LEFT + COLUMNS * 6 + 5 + PADDING, TOP + ROWS * 10 + 9 + PADDING
    screen.begin(400, 200, LEFT - PADDING, TOP - PADDING, right, bottom)
    assert screen.size() == (COLUMNS, ROWS)


def write(screen, text: str) -> None:
    for index, character in enumerate(text.encode()):
        screen.put(index, character)
    screen.write(len(text))


def shown(screen, columns: int = COLUMNS, rows: int = ROWS) -> list[str]:
    lines = [
        "".join(chr(screen.cell(row, column)) for column in range(columns)) for row in range(rows)
    ]
    return [line.rstrip() for line in lines]


def assert_pixels(screen, lines: list[str]) -> None:
    for row, line in enumerate(lines):
        for column, character in enumerate(line.ljust(COLUMNS)):
            for x in range(6):
                bits = font.column(ord(character), x) if x < 5 else 0
                for y in range(10):
                    is_set = 1 <= y <= 7 and bits >> (y - 1) & 1
                    place = LEFT + column * 6 + x, TOP + row * 10 + y
                    assert screen.pixel(*place) == (INK if is_set else PAPER), (character, x, y)


def model(text: str) -> list[str]:
    """The rows that a text takes, scrolled by half a screen whenever there is no row left."""
    rows = [""]
    for character in text:
        if character == "\n":
            rows.append("")
        else:
            if len(rows[-1]) == COLUMNS:
                rows.append(" " * 16)
            rows[-1] += character
        if len(rows) > ROWS:
            rows = rows[3:]
    return [row.rstrip() for row in rows] + [""] * (ROWS - len(rows))


def test_characters_stand_in_their_cells(screen) -> None:
    begin(screen)
    write(screen, "ab\ncd")
    assert shown(screen) == ["ab", "cd", "", "", "", ""]
    assert_pixels(screen, ["ab", "cd", "", "", "", ""])


def test_nothing_is_drawn_around_the_grid(screen) -> None:
    begin(screen)
    write(screen, "\n".join("x" * 100 for _ in range(20)))
    edge_x, edge_y = LEFT + COLUMNS * 6 + 5 + PADDING, TOP + ROWS * 10 + 9 + PADDING
    for x, y in [(6, 20), (20, 8), (edge_x, 20), (20, edge_y), (399, 199)]:
        assert screen.pixel(x, y) == AROUND


@given(st.lists(st.text("ab~ ", max_size=80), max_size=14).map("\n".join))
@settings(max_examples=15)
def test_any_text_is_wrapped_and_scrolled(screen, text: str) -> None:
    begin(screen)
    write(screen, text)
    assert shown(screen) == model(text)
    assert_pixels(screen, model(text))


def test_a_panic_gets_the_whole_screen(screen) -> None:
    begin(screen)
    write(screen, "before\n")
    screen.take_over()
    write(screen, "dead")
    assert screen.size() == (64, 18)
    assert shown(screen, 64, 18) == ["dead"] + [""] * 17
    assert screen.pixel(399, 199) == PAPER


@pytest.mark.parametrize("right", [LEFT, LEFT + 16 * 6 + PADDING, 1000])
def test_a_screen_that_is_too_small_shows_nothing(screen, right: int) -> None:
    screen.begin(100, 200, LEFT - 6, TOP - 6, right, TOP + (9 if right == 1000 else 100))
    write(screen, "nothing\n" * 20)


def test_a_screen_of_many_pixels_has_larger_letters(screen) -> None:
    screen.begin(2400, 112, 0, 0, 2400, 112)
    assert screen.size() == (199, 5)


def test_without_a_screen_nothing_happens(screen) -> None:
    screen.forget()
    write(screen, "nothing\n")
    screen.take_over()
