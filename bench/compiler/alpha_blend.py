"""Alpha blending: a translucent picture over an opaque one, as a window manager composes them.

Pixels are ARGB with 8 bits a channel, and premultiplied: no channel exceeds the alpha. Two
channels are scaled at once, each with eight free bits above it.

Source: Porter and Duff, "Compositing Digital Images", SIGGRAPH 1984.
"""

from __future__ import annotations

from bench.compiler.xorshift import XorShift
from lang import Array, Slice, export, rotate_left, truncate, u8, u32, u64

WIDTH = 128
HEIGHT = 96
TWO_CHANNELS = 0x00FF00FF

window: Array[Array[u32, WIDTH], HEIGHT]
screen: Array[Array[u32, WIDTH], HEIGHT]


@export("run")
def run(rounds: u64) -> u64:
    """Blend the window over the screen, one pixel further right each time."""
    random = XorShift(2463534242)
    for y in range(HEIGHT):
        for x in range(WIDTH):
            window[y][x] = grey(truncate(u8, random.next()))
            screen[y][x] = 0xFF000000 | truncate(u32, random.next())
    total = u64(0)
    for round in range(rounds):
        for y in range(HEIGHT):
            blend_row(screen[y][round % 16 :], window[y][:])
        total = rotate_left(total, 5) ^ screen[round % HEIGHT][round % WIDTH]
    return total


def grey(alpha: u8) -> u32:
    """Return a half-bright pixel."""
    return u32(alpha) << 24 | u32(alpha // 2) * 0x010101


def blend_row(under: Slice[u32], over: Slice[u32]) -> None:
    """Lay one row of pixels over another, as far as both reach."""
    for x in range(min(len(under), len(over))):
        under[x] = blend(under[x], over[x])


def blend(under: u32, over: u32) -> u32:
    transparency = 256 - (over >> 24)
    red_blue = (under & TWO_CHANNELS) * transparency >> 8 & TWO_CHANNELS
    alpha_green = (under >> 8 & TWO_CHANNELS) * transparency & ~TWO_CHANNELS
    return over + (red_blue | alpha_green)
