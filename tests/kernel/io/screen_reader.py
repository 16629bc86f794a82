"""Reads the text on a screenshot: each cell must be a glyph of the font that is shipped, in colours of the terminal."""

from __future__ import annotations

import functools
import struct
from pathlib import Path

from PIL import Image

from core.terminal import colours
from tools import fonts
from tools.image import ROOT_FILES

FONT = (ROOT_FILES / "base" / "data" / "fonts" / "dejavumono-regular16.grf").read_bytes()
CELL_WIDTH, CELL_HEIGHT, PADDING = 10, 19, 4
CHARACTERS = [chr(code) for code in (*range(0x20, 0x7F), *range(0xA1, 0x100), 0x20AC)]


def read(path: Path) -> list[str]:
    """Return the rows of text on a picture of the screen, without blanks at their ends.

    Raises:
        KeyError: what stands in some place is no character.
    """
    with Image.open(path) as picture:
        image = picture.convert("RGB")
    columns = (image.width - 2 * PADDING) // CELL_WIDTH
    rows = (image.height - 2 * PADDING) // CELL_HEIGHT
    left = (image.width - columns * CELL_WIDTH) // 2
    top = (image.height - rows * CELL_HEIGHT) // 2
    known = _known_cells()
    lines = []
    for row in range(rows):
        y = top + row * CELL_HEIGHT
        cells = (
            image.crop((x, y, x + CELL_WIDTH, y + CELL_HEIGHT)).tobytes()
            for x in range(left, left + columns * CELL_WIDTH, CELL_WIDTH)
        )
        lines.append("".join(known[cell] for cell in cells).rstrip())
    return lines


@functools.cache
def _known_cells() -> dict[bytes, str]:
    """Return which character each picture of a cell stands for, in all colours; drawing them takes seconds."""
    known: dict[bytes, str] = {}
    for ink in (colours.INK, *colours.NAMED):
        known |= {_drawn(character, ink, colours.PAPER): character for character in CHARACTERS}
    known |= {_drawn(character, colours.PAPER, colours.INK): character for character in CHARACTERS}
    return known


def _drawn(character: str, ink: int, paper: int) -> bytes:
    """The pixels of a cell, as a picture has them."""
    cell = bytearray(struct.pack(">I", paper)[1:] * CELL_WIDTH * CELL_HEIGHT)
    if character != " ":
        glyph_left, glyph_top, width, grey = fonts.glyph_in(FONT, ord(character))
        _, ascender, _, _ = fonts.HEADER.unpack_from(FONT)
        for index, value in enumerate(grey):
            x, y = glyph_left + index % width, ascender - glyph_top + index // width
            if 0 <= x < CELL_WIDTH and 0 <= y < CELL_HEIGHT:
                place = (y * CELL_WIDTH + x) * 3
                cell[place : place + 3] = _mix(paper, ink, value)
    return bytes(cell)


def _mix(below: int, above: int, grey: int) -> bytes:
    cover = grey + (grey >> 7)
    return bytes(
        ((below >> shift & 0xFF) * (256 - cover) + (above >> shift & 0xFF) * cover) >> 8
        for shift in (16, 8, 0)
    )
