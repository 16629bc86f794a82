"""The parts of a moment."""

from __future__ import annotations

from lib.python.dates import calendar


class Fields:
    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    microsecond: int

    def __init__(
        self,
        year: int,
        month: int,
        day: int,
        hour: int = 0,
        minute: int = 0,
        second: int = 0,
        microsecond: int = 0,
    ) -> None:
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond

    def ordinal(self) -> int:
        """Return the number of the day."""
        return calendar.ordinal_of(self.year, self.month, self.day)

    def second_of_day(self) -> int:
        return (self.hour * 60 + self.minute) * 60 + self.second
