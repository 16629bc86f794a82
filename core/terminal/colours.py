"""Colours by number: 16 with names, a cube of 6 * 6 * 6, and 24 greys.

Source: xterm, "XTerm Control Sequences", section on SGR 38; the 16 are our own.
"""

from __future__ import annotations

from typing import Final

from lang import Array, no_raise, u32, usize

PAPER: Final[u32] = 0x1B2A33
INK: Final[u32] = 0xFFF3DC

NAMED: Final = Array[u32, 16](
    0x22343E,  # black, red, green, yellow, blue, magenta, cyan, white
    0xE76F51,
    0x8AB17D,
    0xE9C46A,
    0x5B94B8,
    0xB56C8C,
    0x2A9D8F,
    0xD9D3C3,
    0x5F7482,  # and brighter
    0xFF8A6B,
    0xA7D397,
    0xFFDD87,
    0x83BCE0,
    0xDE92B2,
    0x52CABB,
    0xFFFFFF,
)
FIRST_OF_CUBE: Final[u32] = 16
FIRST_GREY: Final[u32] = 232


@no_raise
def numbered(number: u32) -> u32:
    """Return the colour of a number from 0 to 255, as 0xRRGGBB."""
    if number < FIRST_OF_CUBE:
        return NAMED[usize(number)]
    if number >= FIRST_GREY:
        grey = (number - FIRST_GREY) * 10 + 8
        return grey << 16 | grey << 8 | grey
    index = number - FIRST_OF_CUBE
    return _step(index // 36) << 16 | _step(index // 6 % 6) << 8 | _step(index % 6)


@no_raise
def brighter(colour: u32) -> u32:
    """Return what a colour is in bold, which there is no other font for."""
    if colour == INK:
        return NAMED[15]
    for index in range(usize(8)):
        if NAMED[index] == colour:
            return NAMED[index + 8]
    return colour


@no_raise
def _step(part: u32) -> u32:
    return 0 if part == 0 else part * 40 + 55
