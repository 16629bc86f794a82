"""Target code for the tests of the terminal."""

from __future__ import annotations

from core.terminal.grid import CHARACTER, UNDERLINED, Cell
from core.terminal.stream import Stream
from lang import Array, Slice, u8, u32, u64, usize

cells: Array[Cell, 4096]
data: Array[u8, 4096]
stream: Stream


def begin(columns: usize, rows: usize, lines: usize) -> None:
    stream.grid.begin(cells[: columns * lines], columns, rows)
    stream.begin()


def write(text: Slice[u8]) -> None:
    stream.write(text)


def character(row: usize, column: usize, back: usize) -> u32:
    return stream.grid.line_before(row, back)[column].character & CHARACTER


def look(row: usize, column: usize) -> tuple[u32, u32, bool]:
    """Return ink, paper, and whether it is underlined."""
    line = stream.grid.line(row)
    return line[column].ink, line[column].paper, line[column].character & UNDERLINED != 0


def cursor() -> tuple[u64, u64, bool]:
    return stream.grid.row, stream.grid.column, stream.has_cursor


def kept() -> usize:
    return stream.grid.kept


def answer() -> usize:
    """Return how long the answer is, and have it again in `data`."""
    size = stream.answer_size
    data[:size].copy_from(stream.answer[:size])
    stream.answer_size = 0
    return size


def get(index: usize) -> u8:
    return data[index]
