"""Python's module datetime, for programs: dates, times and durations without time zones.

Days have numbers, 1 being the first of January of the year 1 (lib/python/dates/calendar.py); a duration is days, seconds
and microseconds, of which only the days may be negative. It is kept as microseconds, so it ends at 2**63 of them,
292,271 years; CPython's ends at 999,999,999 days.

Source: Python Library Reference, module datetime.
"""

from __future__ import annotations

import time as clock
from collections.abc import Iterator

from lib.python.dates.calendar import (
    DAY,
    EPOCH,
    LAST_DAY,
    MAXYEAR,  # noqa: F401 - programs ask for it
    MINYEAR,  # noqa: F401
    SECOND,
    check_date,
    date_of,
    ordinal_of,
    week_of,
    weekday_of,
)
from lib.python.dates.fields import Fields
from lib.python.dates.formats import formatted
from lib.python.dates.iso import check_time, time_of, time_text
from lib.python.dates.reading import Reader

# Durations -----------------------------------------------------------------------------------


class timedelta:
    """A duration."""

    days: int
    seconds: int  # 0 to 86399
    microseconds: int  # 0 to 999999
    _total: int  # all of it, in microseconds

    def __init__(
        self,
        days: float = 0,
        seconds: float = 0,
        microseconds: float = 0,
        milliseconds: float = 0,
        minutes: float = 0,
        hours: float = 0,
        weeks: float = 0,
    ) -> None:
        whole_days = weeks * 7 + days
        whole = _whole(whole_days) * DAY
        rest = (whole_days - float(_whole(whole_days))) * 86_400.0
        for amount in (seconds, minutes * 60, hours * 3600, milliseconds / 1000, rest):
            whole += _whole(amount) * SECOND
            whole += round((amount - float(_whole(amount))) * 1e6)
        whole += round(microseconds)
        self._set(whole)

    def _set(self, total: int) -> None:
        """Be so many microseconds."""
        self._total = total
        self.days = total // DAY
        self.seconds = total % DAY // SECOND
        self.microseconds = total % SECOND

    def total_seconds(self) -> float:
        return self._total / 1_000_000

    def __add__(self, other: timedelta) -> timedelta:
        return _duration(self._total + other._total)

    def __add____date(self, other: date) -> date:
        return other + self

    def __add____datetime(self, other: datetime) -> datetime:
        return other + self

    def __sub__(self, other: timedelta) -> timedelta:
        return _duration(self._total - other._total)

    def __neg__(self) -> timedelta:
        return _duration(-self._total)

    def __pos__(self) -> timedelta:
        return self

    def __abs__(self) -> timedelta:
        return -self if self.days < 0 else self

    def __mul__(self, factor: int) -> timedelta:
        return _duration(self._total * factor)

    def __mul____float(self, factor: float) -> timedelta:
        return _duration(round(self._total * factor))

    def __rmul__(self, factor: int) -> timedelta:
        return _duration(self._total * factor)

    def __floordiv__(self, divisor: int) -> timedelta:
        return _duration(self._total // divisor)

    def __floordiv____duration(self, divisor: timedelta) -> int:
        return self._total // divisor._total

    def __truediv__(self, divisor: timedelta) -> float:
        return self._total / divisor._total

    def __truediv____int(self, divisor: int) -> timedelta:
        return _duration(_nearest(self._total, divisor))

    def __mod__(self, divisor: timedelta) -> timedelta:
        return _duration(self._total % divisor._total)

    def __bool__(self) -> bool:
        return self._total != 0

    def __eq__(self, other: timedelta) -> bool:
        return self._total == other._total

    def __lt__(self, other: timedelta) -> bool:
        return self._total < other._total

    def __le__(self, other: timedelta) -> bool:
        return self._total <= other._total

    def __gt__(self, other: timedelta) -> bool:
        return self._total > other._total

    def __ge__(self, other: timedelta) -> bool:
        return self._total >= other._total

    def __hash__(self) -> int:
        return hash((self.days, self.seconds, self.microseconds))

    def __str__(self) -> str:
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        text = f"{hours}:{minutes:02d}:{seconds:02d}"
        if self.days != 0:
            plural = "" if abs(self.days) == 1 else "s"
            text = f"{self.days} day{plural}, {text}"
        return f"{text}.{self.microseconds:06d}" if self.microseconds != 0 else text

    def __repr__(self) -> str:
        parts: list[str] = []
        if self.days != 0:
            parts.append(f"days={self.days}")
        if self.seconds != 0:
            parts.append(f"seconds={self.seconds}")
        if self.microseconds != 0:
            parts.append(f"microseconds={self.microseconds}")
        return f"datetime.timedelta({', '.join(parts) if parts else '0'})"


def _whole(number: float) -> int:
    """Return a number without its fraction."""
    return int(number)


def _nearest(a: int, b: int) -> int:
    """Return a / b rounded to a whole number, half to even."""
    quotient, rest = divmod(a, b)
    double = 2 * rest
    is_more = double > b if b > 0 else double < b
    return quotient + 1 if is_more or (double == b and quotient % 2 == 1) else quotient


def _duration(microseconds: int) -> timedelta:
    made = timedelta()
    made._set(microseconds)
    return made


# Dates ---------------------------------------------------------------------------------------


class date:
    """A day."""

    year: int
    month: int
    day: int

    def __init__(self, year: int, month: int, day: int) -> None:
        check_date(year, month, day)
        self.year = year
        self.month = month
        self.day = day

    @staticmethod
    def today() -> date:
        return date.fromordinal(EPOCH + int(clock.time()) // 86_400)

    @staticmethod
    def fromordinal(ordinal: int) -> date:
        """Return the day with a number.

        Raises:
            ValueError: there is none.
        """
        if ordinal < 1:
            raise ValueError("ordinal must be >= 1")
        year, month, day = date_of(ordinal)
        return date(year, month, day)

    @staticmethod
    def fromtimestamp(timestamp: float) -> date:
        return date.fromordinal(EPOCH + int(timestamp // 86_400.0))

    @staticmethod
    def fromisoformat(text: str) -> date:
        """Return the day that is written as YYYY-MM-DD.

        Raises:
            ValueError: it is not.
        """
        parts = text.split("-")
        shape = [len(part) for part in parts]
        if shape != [4, 2, 2] or not text.replace("-", "").isdecimal():
            raise ValueError(f"Invalid isoformat string: {text!r}")
        return date(int(parts[0]), int(parts[1]), int(parts[2]))

    def toordinal(self) -> int:
        return ordinal_of(self.year, self.month, self.day)

    def weekday(self) -> int:
        """Return the day of the week, 0 being Monday."""
        return weekday_of(self.toordinal())

    def isoweekday(self) -> int:
        return self.weekday() + 1

    def isocalendar(self) -> IsoCalendarDate:
        """Return the week that the day belongs to."""
        year, week = week_of(self.toordinal())
        return IsoCalendarDate(year, week, self.isoweekday())

    def replace(
        self, year: int | None = None, month: int | None = None, day: int | None = None
    ) -> date:
        return date(
            self.year if year is None else year,
            self.month if month is None else month,
            self.day if day is None else day,
        )

    def isoformat(self) -> str:
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    def strftime(self, format: str) -> str:
        return formatted(format, Fields(self.year, self.month, self.day))

    def ctime(self) -> str:
        return self.strftime("%a %b %e 00:00:00 %Y")

    def __add__(self, other: timedelta) -> date:
        return _day(self.toordinal() + other.days)

    def __sub__(self, other: date) -> timedelta:
        return _duration((self.toordinal() - other.toordinal()) * DAY)

    def __sub____duration(self, other: timedelta) -> date:
        return _day(self.toordinal() - other.days)

    def __eq__(self, other: date) -> bool:
        return self.toordinal() == other.toordinal()

    def __lt__(self, other: date) -> bool:
        return self.toordinal() < other.toordinal()

    def __le__(self, other: date) -> bool:
        return self.toordinal() <= other.toordinal()

    def __gt__(self, other: date) -> bool:
        return self.toordinal() > other.toordinal()

    def __ge__(self, other: date) -> bool:
        return self.toordinal() >= other.toordinal()

    def __hash__(self) -> int:
        return hash((self.year, self.month, self.day))

    def __str__(self) -> str:
        return self.isoformat()

    def __format__(self, spec: str) -> str:
        return self.isoformat() if spec == "" else self.strftime(spec)

    def __repr__(self) -> str:
        return f"datetime.date({self.year}, {self.month}, {self.day})"


def _day(ordinal: int) -> date:
    if not 1 <= ordinal <= LAST_DAY:
        raise OverflowError("date value out of range")
    return date.fromordinal(ordinal)


class IsoCalendarDate:
    """A day by its week."""

    year: int
    week: int
    weekday: int

    def __init__(self, year: int, week: int, weekday: int) -> None:
        self.year = year
        self.week = week
        self.weekday = weekday

    def __getitem__(self, index: int) -> int:
        return (self.year, self.week, self.weekday)[index]

    def __iter__(self) -> Iterator[int]:
        yield self.year
        yield self.week
        yield self.weekday

    def __repr__(self) -> str:
        return (
            f"datetime.IsoCalendarDate(year={self.year}, week={self.week}, weekday={self.weekday})"
        )


# Times of day --------------------------------------------------------------------------------


class time:
    """A time of day."""

    hour: int
    minute: int
    second: int
    microsecond: int

    def __init__(
        self, hour: int = 0, minute: int = 0, second: int = 0, microsecond: int = 0
    ) -> None:
        check_time(hour, minute, second, microsecond)
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond

    @staticmethod
    def fromisoformat(text: str) -> time:
        """Return the time that is written as HH:MM[:SS[.ffffff]].

        Raises:
            ValueError: it is not.
        """
        hour, minute, second, microsecond = time_of(text, text)
        return time(hour, minute, second, microsecond)

    def isoformat(self, timespec: str = "auto") -> str:
        return time_text(self.hour, self.minute, self.second, self.microsecond, timespec)

    def replace(
        self,
        hour: int | None = None,
        minute: int | None = None,
        second: int | None = None,
        microsecond: int | None = None,
    ) -> time:
        return time(
            self.hour if hour is None else hour,
            self.minute if minute is None else minute,
            self.second if second is None else second,
            self.microsecond if microsecond is None else microsecond,
        )

    def strftime(self, format: str) -> str:
        at = Fields(1900, 1, 1, self.hour, self.minute, self.second, self.microsecond)
        return formatted(format, at)

    def _key(self) -> int:
        return ((self.hour * 60 + self.minute) * 60 + self.second) * SECOND + self.microsecond

    def __eq__(self, other: time) -> bool:
        return self._key() == other._key()

    def __lt__(self, other: time) -> bool:
        return self._key() < other._key()

    def __le__(self, other: time) -> bool:
        return self._key() <= other._key()

    def __gt__(self, other: time) -> bool:
        return self._key() > other._key()

    def __ge__(self, other: time) -> bool:
        return self._key() >= other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __str__(self) -> str:
        return self.isoformat()

    def __format__(self, spec: str) -> str:
        return self.isoformat() if spec == "" else self.strftime(spec)

    def __repr__(self) -> str:
        text = f"datetime.time({self.hour}, {self.minute}"
        if self.second != 0 or self.microsecond != 0:
            text += f", {self.second}"
        if self.microsecond != 0:
            text += f", {self.microsecond}"
        return text + ")"


# Dates with times ----------------------------------------------------------------------------


class datetime:
    """A day and a time of it. Unlike Python's it is no date: `date()` makes one of it."""

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
        check_date(year, month, day)
        check_time(hour, minute, second, microsecond)
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond

    @staticmethod
    def now() -> datetime:
        return _moment(EPOCH * DAY + clock.time_ns() // 1000)

    @staticmethod
    def utcnow() -> datetime:
        return datetime.now()

    @staticmethod
    def fromtimestamp(timestamp: float) -> datetime:
        return _moment(EPOCH * DAY + round(timestamp * 1e6))

    @staticmethod
    def combine(date: date, time: time) -> datetime:
        return datetime(
            date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond
        )

    @staticmethod
    def fromisoformat(text: str) -> datetime:
        """Return the moment that is written as YYYY-MM-DD[THH:MM[:SS[.ffffff]]].

        Raises:
            ValueError: it is not.
        """
        if len(text) == 10:
            day = date.fromisoformat(text)
            return datetime(day.year, day.month, day.day)
        if len(text) < 12:
            raise ValueError(f"Invalid isoformat string: {text!r}")
        hour, minute, second, microsecond = time_of(text[11:], text)
        parts = text[:10].split("-")
        if len(parts) != 3 or not text[:10].replace("-", "").isdecimal():
            raise ValueError(f"Invalid isoformat string: {text!r}")
        return datetime(
            int(parts[0]), int(parts[1]), int(parts[2]), hour, minute, second, microsecond
        )

    @staticmethod
    def strptime(text: str, format: str) -> datetime:
        """Return the moment that a text says in a format.

        Raises:
            ValueError: it does not.
        """
        reader = Reader(text, format)
        reader.read()
        at = reader.found
        made = datetime(at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond)
        return made + timedelta(days=max(reader.day_of_year - 1, 0))

    def date(self) -> date:
        return date(self.year, self.month, self.day)

    def time(self) -> time:
        return time(self.hour, self.minute, self.second, self.microsecond)

    def timestamp(self) -> float:
        return (self._total() - EPOCH * DAY) / 1_000_000

    def _total(self) -> int:
        seconds = (self.hour * 60 + self.minute) * 60 + self.second
        return self.toordinal() * DAY + seconds * SECOND + self.microsecond

    def toordinal(self) -> int:
        return self.date().toordinal()

    def weekday(self) -> int:
        return self.date().weekday()

    def isoweekday(self) -> int:
        return self.date().isoweekday()

    def isocalendar(self) -> IsoCalendarDate:
        return self.date().isocalendar()

    def replace(
        self,
        year: int | None = None,
        month: int | None = None,
        day: int | None = None,
        hour: int | None = None,
        minute: int | None = None,
        second: int | None = None,
        microsecond: int | None = None,
    ) -> datetime:
        return datetime(
            self.year if year is None else year,
            self.month if month is None else month,
            self.day if day is None else day,
            self.hour if hour is None else hour,
            self.minute if minute is None else minute,
            self.second if second is None else second,
            self.microsecond if microsecond is None else microsecond,
        )

    def isoformat(self, sep: str = "T", timespec: str = "auto") -> str:
        of_day = time_text(self.hour, self.minute, self.second, self.microsecond, timespec)
        return f"{self.date().isoformat()}{sep}{of_day}"

    def strftime(self, format: str) -> str:
        return formatted(format, self._fields())

    def _fields(self) -> Fields:
        return Fields(
            self.year,
            self.month,
            self.day,
            self.hour,
            self.minute,
            self.second,
            self.microsecond,
        )

    def ctime(self) -> str:
        return self.strftime("%a %b %e %H:%M:%S %Y")

    def __add__(self, other: timedelta) -> datetime:
        return _moment(self._total() + other._total)

    def __sub__(self, other: datetime) -> timedelta:
        return _duration(self._total() - other._total())

    def __sub____duration(self, other: timedelta) -> datetime:
        return _moment(self._total() - other._total)

    def __eq__(self, other: datetime) -> bool:
        return self._total() == other._total()

    def __lt__(self, other: datetime) -> bool:
        return self._total() < other._total()

    def __le__(self, other: datetime) -> bool:
        return self._total() <= other._total()

    def __gt__(self, other: datetime) -> bool:
        return self._total() > other._total()

    def __ge__(self, other: datetime) -> bool:
        return self._total() >= other._total()

    def __hash__(self) -> int:
        return hash(self._total())

    def __str__(self) -> str:
        return self.isoformat(" ")

    def __format__(self, spec: str) -> str:
        return self.isoformat(" ") if spec == "" else self.strftime(spec)

    def __repr__(self) -> str:
        text = (
            f"datetime.datetime({self.year}, {self.month}, {self.day}, {self.hour}, {self.minute}"
        )
        if self.second != 0 or self.microsecond != 0:
            text += f", {self.second}"
        if self.microsecond != 0:
            text += f", {self.microsecond}"
        return text + ")"


def _moment(total: int) -> datetime:
    """Return the moment so many microseconds after the day before the first."""
    ordinal, rest = divmod(total, DAY)
    if not 1 <= ordinal <= 3_652_059:
        raise OverflowError("date value out of range")
    year, month, day = date_of(ordinal)
    seconds, microsecond = divmod(rest, SECOND)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return datetime(year, month, day, hour, minute, second, microsecond)
