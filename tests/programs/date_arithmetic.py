"""Days between dates and weekdays, by hand."""

from __future__ import annotations

from dataclasses import dataclass

NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@dataclass(order=True, frozen=True)
class Date:
    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"month {self.month}")
        if not 1 <= self.day <= self.days_in_month():
            raise ValueError(f"day {self.day}")

    def days_in_month(self) -> int:
        return 29 if self.month == 2 and is_leap(self.year) else DAYS[self.month - 1]

    def number(self) -> int:
        y = self.year - 1
        before = sum(DAYS[: self.month - 1]) + (1 if self.month > 2 and is_leap(self.year) else 0)
        return y * 365 + y // 4 - y // 100 + y // 400 + before + self.day

    def weekday(self) -> str:
        return NAMES[(self.number() - 1) % 7]

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


def parse(text: str) -> Date:
    year, month, day = [int(part) for part in text.split("-")]
    return Date(year, month, day)


def main() -> None:
    dates = [parse(t) for t in ["2024-02-29", "2000-01-01", "1999-12-31", "2023-11-27"]]
    for date in sorted(dates):
        print(date, date.weekday(), date.number(), repr(date))
    print(dates[0].number() - dates[1].number(), dates[0] > dates[3], max(dates))
    for bad in ["2023-02-29", "2023-13-01", "x-1-1"]:
        try:
            print(parse(bad))
        except ValueError as error:
            print(error)


if __name__ == "__main__":
    main()
