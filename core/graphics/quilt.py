"""The quilt: patches of cloth with stitches, which stands on the screen while the system starts.

The screen is divided into square patches. A patch's colour comes from a hash of its place, so that
neighbours differ and every start looks the same; a weave darkens alternate threads, and a dashed
seam runs inside each edge.
"""

from __future__ import annotations

from typing import Final

from core.graphics import surface
from core.graphics.surface import Surface
from lang import Array, Slice, comptime, u8, u32, usize, wrapping_add, wrapping_mul

PATCH: Final = 80  # pixels from one patch to the next
SEAM: Final = 6  # pixels from a patch's edge to its stitches
STITCH: Final = 8  # pixels of a stitch, and of the gap after it
LABEL_HEIGHT: Final = 118

CLOTH: Final = Array[u32, 8](
    0x264653, 0xE9C46A, 0x2A9D8F, 0xF4A261, 0x457B9D, 0xE76F51, 0x8AB17D, 0x9D4E6F
)
ODD: Final = 0xBF58476D1CE4E5B9  # a multiplier that spreads its argument's bits
THREAD: Final = 0xFFF3DC
INK: Final = 0x1B2A33

PLAIN, WOVEN, EDGE, STITCHED = range(4)  # the tones of a patch's cloth


@comptime
def _pattern() -> bytes:
    """Return the tone of each pixel of a patch, row by row: what the patches have in common."""
    return bytes(_tone_at(x, y) for y in range(PATCH) for x in range(PATCH))


@comptime
def _tone_at(x: int, y: int) -> int:
    if x == 0 or y == 0:
        return EDGE
    if _is_stitch(x, y) or _is_stitch(y, x):
        return STITCHED
    return WOVEN if ((x >> 1) + (y >> 1)) & 1 == 0 else PLAIN


@comptime
def _is_stitch(across: int, along: int) -> bool:
    """True on a stitch of the seam that runs at `across` from the edge."""
    near = across in (SEAM, PATCH - SEAM)
    return near and SEAM <= along <= PATCH - SEAM and (along // STITCH) & 1 == 0


PATTERN: Final = _pattern()


def paint(target: Surface, title: Slice[u8], line: Slice[u8]) -> None:
    """Cover `target` with the quilt, and sew a label with a title and a line of text onto it."""
    tones = Array[u32, 4]()
    for top in range(0, target.height, PATCH):
        for left in range(0, target.width, PATCH):
            _choose_tones(patch_colour(left // PATCH, top // PATCH), tones)
            _paint_patch(target, left, top, tones)
    _sew_label(target, title, line)


def _paint_patch(target: Surface, left: usize, top: usize, tones: Array[u32, 4]) -> None:
    """Paint what is on the surface of a patch."""
    width, height = min(PATCH, target.width - left), min(PATCH, target.height - top)
    for y in range(height):
        row = target.pixels + ((top + y) * target.stride + left)
        pattern = PATTERN[y * PATCH : y * PATCH + width]
        for x in range(width):
            row[x] = tones[pattern[x]]


def pixel(x: usize, y: usize) -> u32:
    """Return the quilt's colour at one place."""
    tones = Array[u32, 4]()
    _choose_tones(patch_colour(x // PATCH, y // PATCH), tones)
    return tones[PATTERN[y % PATCH * PATCH + x % PATCH]]


def _choose_tones(colour: usize, tones: Array[u32, 4]) -> None:
    cloth = CLOTH[colour]
    tones[PLAIN] = cloth
    tones[WOVEN] = surface.blend(cloth, INK, 24)
    tones[EDGE] = surface.blend(cloth, INK, 96)
    tones[STITCHED] = surface.blend(cloth, THREAD, 200)


def patch_colour(column: usize, row: usize) -> usize:
    """Return the index of a patch's cloth; neighbours differ, as the colours of a chessboard do."""
    place = wrapping_add(wrapping_mul(row, 0x9E3779B97F4A7C15), wrapping_mul(column, ODD))
    mixed = wrapping_mul(place ^ (place >> 31), 0x94D049BB133111EB)
    return (mixed >> 61 & 6) + ((column + row) & 1)


def label_bottom(target: Surface) -> usize:
    """Return the first row below the label."""
    return (target.height + LABEL_HEIGHT) // 2


def _sew_label(target: Surface, title: Slice[u8], line: Slice[u8]) -> None:
    width = max(surface.text_width(len(title), 6), surface.text_width(len(line), 2)) + 48
    if width > target.width or LABEL_HEIGHT > target.height:
        return
    left, top = (target.width - width) // 2, (target.height - LABEL_HEIGHT) // 2
    target.fill_rectangle(left, top, width, LABEL_HEIGHT, INK)
    target.fill_rectangle(left + 4, top + 4, width - 8, LABEL_HEIGHT - 8, THREAD)
    target.draw_text(left + 24, top + 24, title, 6, INK)
    target.draw_text(left + 24, top + 82, line, 2, INK)
