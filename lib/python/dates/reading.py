"""strptime: text as a moment, by a format.

Source: Python Library Reference, module datetime, "strftime() and strptime() Format Codes".
"""

from __future__ import annotations

from lib.python.dates import calendar
from lib.python.dates.fields import Fields


class Reader:
    """Reads a moment by a format; `found` is what it has read."""

    text: str
    format: str
    at: int
    found: Fields
    is_afternoon: bool
    day_of_year: int  # 0: the text does not say it

    def __init__(self, text: str, format: str) -> None:
        self.text = text
        self.format = format
        self.at = 0
        self.found = Fields(1900, 1, 1)
        self.is_afternoon = False
        self.day_of_year = 0

    def read(self) -> None:
        """Read all of the text.

        Raises:
            ValueError: it is not in the format.
        """
        place = 0
        while place < len(self.format):
            wanted = self.format[place]
            if wanted == "%" and place + 1 < len(self.format):
                self.read_directive(self.format[place + 1])
                place += 2
            elif wanted.isspace():
                while self.at < len(self.text) and self.text[self.at].isspace():
                    self.at += 1
                place += 1
            else:
                self.expect(wanted)
                place += 1
        if self.at < len(self.text):
            raise ValueError(f"unconverted data remains: {self.text[self.at :]}")

    def fail(self) -> ValueError:
        return ValueError(f"time data {self.text!r} does not match format {self.format!r}")

    def expect(self, wanted: str) -> None:
        if self.text[self.at : self.at + len(wanted)].lower() != wanted.lower():
            raise self.fail()
        self.at += len(wanted)

    def number(self, most: int, low: int, high: int) -> int:
        """Take a number of at most so many digits, as many as keep it between two bounds."""
        end = self.at
        while end < len(self.text) and end < self.at + most and self.text[end].isdecimal():
            end += 1
        while end > self.at and not low <= int(self.text[self.at : end]) <= high:
            end -= 1
        if end == self.at:
            raise self.fail()
        found = int(self.text[self.at : end])
        self.at = end
        return found

    def name(self, names: list[str]) -> int:
        """Take one of some names, and return its index."""
        for index in range(len(names)):
            size = len(names[index])
            if self.text[self.at : self.at + size].lower() == names[index].lower():
                self.at += size
                return index
        raise self.fail()

    def read_directive(self, letter: str) -> None:
        match letter:
            case "Y":
                if not self.text[self.at : self.at + 4].isdecimal() or len(self.text) < self.at + 4:
                    raise self.fail()
                self.found.year = self.number(4, 0, 9999)
            case "y":
                short = self.number(2, 0, 99)
                self.found.year = short + (1900 if short >= 69 else 2000)
            case "m":
                self.found.month = self.number(2, 1, 12)
            case "d":
                self.found.day = self.number(2, 1, 31)
            case "j":
                self.day_of_year = self.number(3, 1, 366)
            case "H":
                self.found.hour = self.number(2, 0, 23)
            case "I":
                self.found.hour = self.number(2, 1, 12) % 12 + (12 if self.is_afternoon else 0)
            case "p":
                is_afternoon = self.name(["AM", "PM"]) == 1
                if is_afternoon and self.found.hour < 12:
                    self.found.hour += 12
                self.is_afternoon = is_afternoon
            case "M":
                self.found.minute = self.number(2, 0, 59)
            case "S":
                self.found.second = self.number(2, 0, 61)
            case "f":
                start = self.at
                value = self.number(6, 0, 999_999)
                self.found.microsecond = value * 10 ** (6 - (self.at - start))
            case "b" | "h":
                names = [name[:3] for name in calendar.MONTH_NAMES.split()]
                self.found.month = self.name(names) + 1
            case "B":
                self.found.month = self.name(calendar.MONTH_NAMES.split()) + 1
            case "a":
                self.name([name[:3] for name in calendar.DAY_NAMES.split()])
            case "A":
                self.name(calendar.DAY_NAMES.split())
            case "%":
                self.expect("%")
            case _:
                raise ValueError(f"{letter!r} is a bad directive in format {self.format!r}")
