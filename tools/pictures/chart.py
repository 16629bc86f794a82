"""Charts: values over time, with axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tools.pictures.svg import INK, PALE, Picture


@dataclass(frozen=True)
class Chart:
    """A part of a picture on which time runs to the right and values rise."""

    picture: Picture
    left: float
    top: float
    width: float
    height: float
    end: float  # the time at the right edge; 0 at the left
    low: float
    high: float

    def x(self, time: float) -> float:
        return self.left + time / self.end * self.width

    def y(self, value: float) -> float:
        return self.top + (self.high - value) / (self.high - self.low) * self.height

    def draw_time(self, step: float, unit: str) -> None:
        """Draw the axis of time below, with a number each `step`."""
        bottom = self.top + self.height
        self.picture.line([(self.left, bottom), (self.left + self.width, bottom)])
        time = 0.0
        while time <= self.end:
            self.picture.line([(self.x(time), bottom), (self.x(time), bottom + 4)])
            self.picture.words(self.x(time), bottom + 18, f"{time:g}", anchor="middle", size=11)
            time += step
        self.picture.words(self.left + self.width, bottom + 33, unit, anchor="end", size=11)

    def draw_values(self, values: Sequence[float], unit: str) -> None:
        """Draw the axis at the left, with a pale line across at each of some values."""
        for value in values:
            across = [(self.left, self.y(value)), (self.left + self.width, self.y(value))]
            self.picture.line(across, PALE, 1, "" if value == 0 else "2 3")
            self.picture.words(
                self.left - 6, self.y(value) + 4, f"{value:g}", anchor="end", size=11
            )
        self.picture.line([(self.left, self.top), (self.left, self.top + self.height)])
        self.picture.words(self.left, self.top - 8, unit, size=11)

    def draw(
        self,
        points: Sequence[tuple[float, float]],
        colour: str = INK,
        width: float = 2,
        dashes: str = "",
    ) -> None:
        """Draw a line through points of time and value."""
        self.picture.line(
            [(self.x(time), self.y(value)) for time, value in points], colour, width, dashes
        )
