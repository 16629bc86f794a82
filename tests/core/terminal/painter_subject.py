"""Target code for the tests of the painter."""

from __future__ import annotations

from core.graphics.surface import Surface
from core.terminal import colours
from core.terminal.grid import Cell
from core.terminal.painter import Painter
from core.terminal.stream import Stream
from lang import Array, Slice, address_of, u8, u32, u64, usize

font: Array[u8, 262144]
pixels: Array[u32, 65536]
cells: Array[Cell, 4096]
shown: Array[Cell, 1024]
stream: Stream
painter: Painter
width: usize
height: usize


def read(file: Slice[u8]) -> None:
    font[: len(file)].copy_from(file)
    painter.font.read(font[: len(file)])


def begin(columns: usize, rows: usize) -> tuple[u64, u64]:
    """Begin on a surface of so many pixels; return how many columns and rows there are."""
    global width, height
    width, height = columns, rows
    painter.measure(width, height)
    if painter.columns > 0 and painter.rows > 0:
        stream.grid.begin(
            cells[: painter.columns * (painter.rows + 4)], painter.columns, painter.rows
        )
        stream.begin()
        paint_all()
    return painter.columns, painter.rows


def surface() -> Surface:
    return Surface(address_of(pixels[0]), width, height, width)


def paint_all() -> None:
    painter.begin(surface(), shown[: painter.columns * painter.rows], colours.PAPER)


def write(text: Slice[u8], back: usize) -> None:
    """Write, and show what was some lines ago."""
    stream.write(text)
    painter.paint(surface(), stream, min(back, stream.grid.kept))


def pixel(index: usize) -> u32:
    return pixels[index]


def all_pixels() -> Slice[u8]:
    return Slice[u8](address_of(pixels[0]).cast(u8), width * height * 4)
