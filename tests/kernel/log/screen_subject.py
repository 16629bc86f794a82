"""Target code for the tests of text on the screen."""

from __future__ import annotations

from core.graphics.surface import Surface
from kernel.log import screen
from lang import Array, address_of, u8, u32, u64, usize

pixels: Array[u32, 300000]
text: Array[u8, 4096]


def begin(
    width: usize, height: usize, left: usize, top: usize, right: usize, bottom: usize
) -> None:
    target = Surface(address_of(pixels[0]), width, height, width)
    target.fill(0x123456)
    screen.show_on(target, left, top, right - left, bottom - top)


def forget() -> None:
    screen.grid.pixels = None


def put(index: usize, character: u8) -> None:
    text[index] = character


def write(length: usize) -> None:
    screen.write(text[:length])


def take_over() -> None:
    screen.take_over()


def size() -> tuple[u64, u64]:
    return screen.grid.columns, screen.grid.rows


def cell(row: usize, column: usize) -> u8:
    return screen.grid.cells[row * screen.grid.columns + column]


def pixel(x: usize, y: usize) -> u32:
    return pixels[y * screen.grid.width + x]
