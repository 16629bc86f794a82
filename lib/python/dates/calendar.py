"""The calendar: days by their numbers, 1 being the first of January of the year 1.

It is Gregory's for all years. A week belongs to the year of its Thursday.

Source: Python Library Reference, module datetime; ISO 8601-1:2019, section 3.1.1.23 (calendar week number).
"""

from __future__ import annotations

from typing import Final

MINYEAR: Final = 1
MAXYEAR: Final = 9999
LAST_DAY: Final = 3_652_059  # the last of December of the last year
EPOCH: Final = 719_163  # the day of 1970-01-01
SECOND: Final = 1_000_000  # in microseconds
DAY: Final = 86_400 * SECOND
DAYS_BEFORE: Final = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
DAYS: Final = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DAY_NAMES: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
MONTH_NAMES: Final = (
    "January February March April May June July August September October November December"
)


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    return 29 if month == 2 and is_leap(year) else DAYS[month]


def days_before_year(year: int) -> int:
    before = year - 1
    return before * 365 + before // 4 - before // 100 + before // 400


def days_before_month(year: int, month: int) -> int:
    return DAYS_BEFORE[month] + (1 if month > 2 and is_leap(year) else 0)


def date_of(ordinal: int) -> tuple[int, int, int]:
    """Return the year, month and day of a day's number."""
    year = ordinal * 400 // 146_097 + 1
    while days_before_year(year) >= ordinal:
        year -= 1
    while days_before_year(year + 1) < ordinal:
        year += 1
    rest = ordinal - days_before_year(year)
    month = 12
    while days_before_month(year, month) >= rest:
        month -= 1
    return year, month, rest - days_before_month(year, month)


def ordinal_of(year: int, month: int, day: int) -> int:
    """Return the number of a day."""
    return days_before_year(year) + days_before_month(year, month) + day


def weekday_of(ordinal: int) -> int:
    """Return the day of the week, 0 being Monday."""
    return (ordinal + 6) % 7


def week_of(ordinal: int) -> tuple[int, int]:
    """Return the year that a day's week belongs to, and its number there."""
    thursday = ordinal - weekday_of(ordinal) + 3
    year, _, _ = date_of(thursday)
    return year, (thursday - ordinal_of(year, 1, 1)) // 7 + 1


def check_date(year: int, month: int, day: int) -> None:
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"year {year} is out of range")
    if not 1 <= month <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= day <= days_in_month(year, month):
        raise ValueError("day is out of range for month")
