"""Scalable vector graphics, as text: what the pictures of the book are made of.

Coordinates are in pixels, from the upper left corner.

Source: W3C, "Scalable Vector Graphics (SVG) 1.1", chapters 7, 9 and 10.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

INK = "#222222"
PALE = "#bbbbbb"
FONT = "Helvetica, Arial, DejaVu Sans, sans-serif"


class Picture:
    """A white sheet, drawn on from back to front."""

    def __init__(self, width: int, height: int, title: str) -> None:
        self.width = width
        self.height = height
        size = f'width="{width}" height="{height}"'
        self.parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height}"',
            f'font-family="{FONT}">',
            f"<title>{escape(title)}</title>",
            f'<rect {size} fill="#ffffff"/>',
        ]

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self.parts.append(
            f'<rect x="{_shown(x)}" y="{_shown(y)}" width="{_shown(width)}" '
            f'height="{_shown(height)}" fill="{colour}"/>'
        )

    def circle(self, x: float, y: float, radius: float, fill: str, edge: str, width: float) -> None:
        self.parts.append(
            f'<circle cx="{_shown(x)}" cy="{_shown(y)}" r="{_shown(radius)}" '
            f'fill="{fill}" stroke="{edge}" stroke-width="{_shown(width)}"/>'
        )

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str = INK,
        width: float = 1,
        dashes: str = "",
    ) -> None:
        places = " ".join(f"{_shown(x)},{_shown(y)}" for x, y in points)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self.parts.append(
            f'<polyline points="{places}" fill="none" stroke="{colour}" '
            f'stroke-width="{_shown(width)}"{dashed}/>'
        )

    def words(
        self,
        x: float,
        y: float,
        text: str,
        colour: str = INK,
        anchor: str = "start",
        size: int = 13,
    ) -> None:
        """Write a line whose left end, middle or right end (start, middle, end) stands at a place."""
        self.parts.append(
            f'<text x="{_shown(x)}" y="{_shown(y)}" fill="{colour}" '
            f'text-anchor="{anchor}" font-size="{size}">{escape(text)}</text>'
        )

    def render(self) -> str:
        return "\n".join([*self.parts, "</svg>", ""])


def _shown(value: float) -> str:
    """Show a coordinate to a tenth of a pixel, the same on every host."""
    return f"{value:.1f}".removesuffix(".0")
