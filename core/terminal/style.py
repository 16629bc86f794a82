"""How characters look: SGR, the control function with the letter m.

Source: ECMA-48, section 8.3.117; ISO/IEC 8613-6 for colours by number and by their parts.
"""

from __future__ import annotations

from core.terminal import colours
from core.terminal.grid import Grid
from lang import Slice, no_raise, u32, usize


@no_raise
def select(grid: Grid, numbers: Slice[u32]) -> None:
    """Let what is written from now on look as the parameters say; one that is not known is skipped."""
    index: usize = 0
    while index < len(numbers):
        number = numbers[index]
        if number == 38 or number == 48:
            index += select_colour(grid, numbers[index:])
            continue
        index += 1
        if 30 <= number <= 37:
            grid.ink = colours.numbered(number - 30 + (8 if grid.is_bright else 0))
        elif 40 <= number <= 47:
            grid.paper = colours.numbered(number - 40)
        elif 90 <= number <= 97:
            grid.ink = colours.numbered(number - 90 + 8)
        elif 100 <= number <= 107:
            grid.paper = colours.numbered(number - 100 + 8)
        else:
            select_manner(grid, number)


@no_raise
def select_manner(grid: Grid, number: u32) -> None:
    match number:
        case 0:
            grid.reset_style()
        case 1:
            grid.is_bright = True
            grid.ink = colours.brighter(grid.ink)
        case 4:
            grid.is_underlined = True
        case 7:
            grid.is_reversed = True
        case 22:
            grid.is_bright = False
        case 24:
            grid.is_underlined = False
        case 27:
            grid.is_reversed = False
        case 39:
            grid.ink = colours.INK
        case 49:
            grid.paper = colours.PAPER
        case _:
            pass


@no_raise
def select_colour(grid: Grid, numbers: Slice[u32]) -> usize:
    """Set a colour by its number (38;5;n) or its parts (38;2;r;g;b); return how many parameters that took."""
    colour: u32 = 0
    taken: usize = 1
    if len(numbers) >= 3 and numbers[1] == 5:
        colour = colours.numbered(min(numbers[2], u32(255)))
        taken = 3
    elif len(numbers) >= 5 and numbers[1] == 2:
        for part in numbers[2:5]:
            colour = colour << 8 | min(part, u32(255))
        taken = 5
    else:
        return len(numbers)
    if numbers[0] == 38:
        grid.ink = colour
    else:
        grid.paper = colour
    return taken
