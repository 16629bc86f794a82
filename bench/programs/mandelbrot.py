"""Mandelbrot: which points of a grid stay near when they are squared and moved again and again?"""

from __future__ import annotations

WIDTH = 96
HEIGHT = 64
LIMIT = 100


def escape(cx: float, cy: float) -> int:
    """Return after how many steps a point is farther than 2 away; LIMIT if it stays."""
    x = 0.0
    y = 0.0
    for step in range(LIMIT):
        xx = x * x
        yy = y * y
        if xx + yy > 4.0:
            return step
        y = 2.0 * x * y + cy
        x = xx - yy + cx
    return LIMIT


def run(rounds: int) -> int:
    """Return the sum of all steps, each image shifted a bit."""
    total = 0
    for round in range(rounds):
        shift = (round % 16) * 0.001
        for row in range(HEIGHT):
            cy = 2.0 * row / HEIGHT - 1.0 + shift
            for column in range(WIDTH):
                total += escape(3.0 * column / WIDTH - 2.0, cy)
    return total
