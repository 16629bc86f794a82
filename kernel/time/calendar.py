"""Calendar: dates of the Gregorian calendar as seconds since the beginning of 1970, in UTC.

The year is taken to begin in March, so that the leap day is its last. Then the days before a month are
(153 * month + 2) // 5, with month 0 for March, and 400 years are always ERA_DAYS days.

Source: POSIX.1-2017, base definitions, section 4.16; Hinnant, "chrono-Compatible Low-Level Date
Algorithms", 2013.
"""

from __future__ import annotations

from typing import Final

from lang import Array, no_raise, struct, u32, u64

ERA_DAYS: Final[u64] = 146_097
DAYS_BEFORE_1970: Final[u64] = 719_468  # from the first of March of the year 0
SECONDS_PER_DAY: Final[u64] = 86_400
FIRST_YEAR: Final[u32] = 1970
LAST_YEAR: Final[u32] = 9999
LENGTHS: Final = Array[u32, 12](31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@struct
class Date:
    """A moment, to the second."""

    year: u32
    month: u32  # from 1
    day: u32  # from 1
    hour: u32
    minute: u32
    second: u32  # 60 in a leap second

    @no_raise
    def is_valid(self) -> bool:
        """Whether there is such a moment, from 1970 on."""
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.month <= 12):
            return False
        if not 1 <= self.day <= _length_of(self.year, self.month):
            return False
        return self.hour < 24 and self.minute < 60 and self.second <= 60

    @no_raise
    def seconds(self) -> u64:
        """Return the seconds since 1970, of a moment that there is."""
        year = u64(self.year) if self.month > 2 else u64(self.year) - 1
        month = u64(self.month - 3 if self.month > 2 else self.month + 9)
        of_era = year % 400
        of_year = (153 * month + 2) // 5 + self.day - 1
        days = year // 400 * ERA_DAYS + of_era * 365 + of_era // 4 - of_era // 100 + of_year
        in_day = (u64(self.hour) * 60 + self.minute) * 60 + self.second
        return (days - DAYS_BEFORE_1970) * SECONDS_PER_DAY + in_day


@no_raise
def _length_of(year: u32, month: u32) -> u32:
    """Return the days of a month."""
    is_leap_year = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and is_leap_year else LENGTHS[month - 1]
