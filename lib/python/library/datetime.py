"""Python's module datetime, for programs: dates, times and durations without time zones.

A date is the number of its day, 1 being the first of January of the year 1; a duration is days, seconds
and microseconds, of which only the days may be negative.

Source: Python Library Reference, module datetime.
"""

from __future__ import annotations

import time as clock
from collections.abc import Iterator
from typing import Final

MINYEAR: Final = 1
MAXYEAR: Final = 9999
DAYS_BEFORE: Final = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
DAYS: Final = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DAY_NAMES: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
MONTH_NAMES: Final = (
    "January February March April May June July August September October November December"
)
SECOND: Final = 1_000_000  # in microseconds
DAY: Final = 86_400 * SECOND
EPOCH: Final = 719_163  # the day of 1970-01-01


# Calendar ------------------------------------------------------------------------------------


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_in_month(year: int, month: int) -> int:
    return 29 if month == 2 and _is_leap(year) else DAYS[month]


def _days_before_year(year: int) -> int:
    before = year - 1
    return before * 365 + before // 4 - before // 100 + before // 400


def _days_before_month(year: int, month: int) -> int:
    return DAYS_BEFORE[month] + (1 if month > 2 and _is_leap(year) else 0)


def _date_of(ordinal: int) -> tuple[int, int, int]:
    """Return the year, month and day of a day's number."""
    year = ordinal * 400 // 146_097 + 1
    while _days_before_year(year) >= ordinal:
        year -= 1
    while _days_before_year(year + 1) < ordinal:
        year += 1
    rest = ordinal - _days_before_year(year)
    month = 12
    while _days_before_month(year, month) >= rest:
        month -= 1
    return year, month, rest - _days_before_month(year, month)


def _check_date(year: int, month: int, day: int) -> None:
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"year {year} is out of range")
    if not 1 <= month <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= day <= _days_in_month(year, month):
        raise ValueError("day is out of range for month")


def _check_time(hour: int, minute: int, second: int, microsecond: int) -> None:
    if not 0 <= hour <= 23:
        raise ValueError("hour must be in 0..23")
    if not 0 <= minute <= 59:
        raise ValueError("minute must be in 0..59")
    if not 0 <= second <= 59:
        raise ValueError("second must be in 0..59")
    if not 0 <= microsecond <= 999_999:
        raise ValueError("microsecond must be in 0..999999")


def _time_text(hour: int, minute: int, second: int, microsecond: int, timespec: str) -> str:
    whole = f"{hour:02d}:{minute:02d}:{second:02d}"
    match timespec:
        case "auto":
            return f"{whole}.{microsecond:06d}" if microsecond != 0 else whole
        case "hours":
            return f"{hour:02d}"
        case "minutes":
            return f"{hour:02d}:{minute:02d}"
        case "seconds":
            return whole
        case "milliseconds":
            return f"{whole}.{microsecond // 1000:03d}"
        case "microseconds":
            return f"{whole}.{microsecond:06d}"
        case _:
            raise ValueError("Unknown timespec value")


# Durations -----------------------------------------------------------------------------------


class timedelta:
    """A duration."""

    days: int
    seconds: int  # 0 to 86399
    microseconds: int  # 0 to 999999

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
        self.days = whole // DAY
        self.seconds = whole % DAY // SECOND
        self.microseconds = whole % SECOND
        if abs(self.days) > 999_999_999:
            raise OverflowError(f"days={self.days}; must have magnitude <= 999999999")

    def total_seconds(self) -> float:
        return self._total() / 1_000_000

    def _total(self) -> int:
        """Return the duration in microseconds."""
        return self.days * DAY + self.seconds * SECOND + self.microseconds

    def __add__(self, other: timedelta) -> timedelta:
        return _duration(self._total() + other._total())

    def __add____date(self, other: date) -> date:
        return other + self

    def __add____datetime(self, other: datetime) -> datetime:
        return other + self

    def __sub__(self, other: timedelta) -> timedelta:
        return _duration(self._total() - other._total())

    def __neg__(self) -> timedelta:
        return _duration(-self._total())

    def __pos__(self) -> timedelta:
        return self

    def __abs__(self) -> timedelta:
        return -self if self.days < 0 else self

    def __mul__(self, factor: int) -> timedelta:
        return _duration(self._total() * factor)

    def __mul____float(self, factor: float) -> timedelta:
        return _duration(round(self._total() * factor))

    def __rmul__(self, factor: int) -> timedelta:
        return _duration(self._total() * factor)

    def __floordiv__(self, divisor: int) -> timedelta:
        return _duration(self._total() // divisor)

    def __floordiv____duration(self, divisor: timedelta) -> int:
        return self._total() // divisor._total()

    def __truediv__(self, divisor: timedelta) -> float:
        return self._total() / divisor._total()

    def __truediv____int(self, divisor: int) -> timedelta:
        return _duration(_nearest(self._total(), divisor))

    def __mod__(self, divisor: timedelta) -> timedelta:
        return _duration(self._total() % divisor._total())

    def __bool__(self) -> bool:
        return self._total() != 0

    def __eq__(self, other: timedelta) -> bool:
        return self._total() == other._total()

    def __lt__(self, other: timedelta) -> bool:
        return self._total() < other._total()

    def __le__(self, other: timedelta) -> bool:
        return self._total() <= other._total()

    def __gt__(self, other: timedelta) -> bool:
        return self._total() > other._total()

    def __ge__(self, other: timedelta) -> bool:
        return self._total() >= other._total()

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
    made.days = microseconds // DAY
    made.seconds = microseconds % DAY // SECOND
    made.microseconds = microseconds % SECOND
    if abs(made.days) > 999_999_999:
        raise OverflowError(f"days={made.days}; must have magnitude <= 999999999")
    return made


# Dates ---------------------------------------------------------------------------------------


class date:
    """A day."""

    year: int
    month: int
    day: int

    def __init__(self, year: int, month: int, day: int) -> None:
        _check_date(year, month, day)
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
        year, month, day = _date_of(ordinal)
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
        return _days_before_year(self.year) + _days_before_month(self.year, self.month) + self.day

    def weekday(self) -> int:
        """Return the day of the week, 0 being Monday."""
        return (self.toordinal() + 6) % 7

    def isoweekday(self) -> int:
        return self.weekday() + 1

    def isocalendar(self) -> IsoCalendarDate:
        """Return the week that the day belongs to, which is the year's of its Thursday."""
        thursday = date.fromordinal(self.toordinal() - self.weekday() + 3)
        week = (thursday.toordinal() - date(thursday.year, 1, 1).toordinal()) // 7 + 1
        return IsoCalendarDate(thursday.year, week, self.isoweekday())

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
        return _formatted(format, datetime(self.year, self.month, self.day))

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
    if not 1 <= ordinal <= 3_652_059:
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
        _check_time(hour, minute, second, microsecond)
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
        hour, minute, second, microsecond = _time_of(text, text)
        return time(hour, minute, second, microsecond)

    def isoformat(self, timespec: str = "auto") -> str:
        return _time_text(self.hour, self.minute, self.second, self.microsecond, timespec)

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
        at = datetime(1900, 1, 1, self.hour, self.minute, self.second, self.microsecond)
        return _formatted(format, at)

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
        _check_date(year, month, day)
        _check_time(hour, minute, second, microsecond)
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
        hour, minute, second, microsecond = _time_of(text[11:], text)
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
        return _Reader(text, format).read()

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
        of_day = _time_text(self.hour, self.minute, self.second, self.microsecond, timespec)
        return f"{self.date().isoformat()}{sep}{of_day}"

    def strftime(self, format: str) -> str:
        return _formatted(format, self)

    def ctime(self) -> str:
        return self.strftime("%a %b %e %H:%M:%S %Y")

    def __add__(self, other: timedelta) -> datetime:
        return _moment(self._total() + other._total())

    def __sub__(self, other: datetime) -> timedelta:
        return _duration(self._total() - other._total())

    def __sub____duration(self, other: timedelta) -> datetime:
        return _moment(self._total() - other._total())

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
    year, month, day = _date_of(ordinal)
    seconds, microsecond = divmod(rest, SECOND)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return datetime(year, month, day, hour, minute, second, microsecond)


# Text ----------------------------------------------------------------------------------------


def _time_of(text: str, whole: str) -> tuple[int, int, int, int]:
    """Return the parts of a time in ISO's form.

    Raises:
        ValueError: it has another.
    """
    plain, _, fraction = text.partition(".")
    parts = plain.split(":")
    shape = [len(part) for part in parts]
    is_time = len(parts) <= 3 and shape == [2] * len(parts)
    if not is_time or not (plain.replace(":", "") + fraction).isdecimal():
        raise ValueError(f"Invalid isoformat string: {whole!r}")
    numbers = [int(part) for part in parts] + [0, 0]
    microsecond = int((fraction + "000000")[:6])
    return numbers[0], numbers[1], numbers[2], microsecond


def _formatted(format: str, at: datetime) -> str:
    """Return what strftime makes of a format."""
    parts: list[str] = []
    place = 0
    while place < len(format):
        if format[place] != "%" or place + 1 == len(format):
            parts.append(format[place])
            place += 1
            continue
        parts.append(_directive(format[place + 1], at))
        place += 2
    return "".join(parts)


def _directive(letter: str, at: datetime) -> str:
    """Return what one letter of a format stands for."""
    day = at.date()
    week_of = day.toordinal() - date(at.year, 1, 1).toordinal() + 7
    match letter:
        case "a":
            return DAY_NAMES.split()[day.weekday()][:3]
        case "A":
            return DAY_NAMES.split()[day.weekday()]
        case "b" | "h":
            return MONTH_NAMES.split()[at.month - 1][:3]
        case "B":
            return MONTH_NAMES.split()[at.month - 1]
        case "c":
            return at.strftime("%a %b %e %H:%M:%S %Y")
        case "C":
            return f"{at.year // 100:02d}"
        case "d":
            return f"{at.day:02d}"
        case "D" | "x":
            return at.strftime("%m/%d/%y")
        case "e":
            return f"{at.day:2d}"
        case "f":
            return f"{at.microsecond:06d}"
        case "F":
            return at.strftime("%Y-%m-%d")
        case "G":
            return f"{day.isocalendar().year:04d}"
        case "H":
            return f"{at.hour:02d}"
        case "I":
            return f"{(at.hour + 11) % 12 + 1:02d}"
        case "j":
            return f"{week_of - 6:03d}"
        case "k":
            return f"{at.hour:2d}"
        case "l":
            return f"{(at.hour + 11) % 12 + 1:2d}"
        case "m":
            return f"{at.month:02d}"
        case "M":
            return f"{at.minute:02d}"
        case "n":
            return "\n"
        case "p":
            return "AM" if at.hour < 12 else "PM"
        case "P":
            return "am" if at.hour < 12 else "pm"
        case "r":
            return at.strftime("%I:%M:%S %p")
        case "R":
            return at.strftime("%H:%M")
        case "s":
            return f"{(at._total() - EPOCH * DAY) // SECOND}"
        case "S":
            return f"{at.second:02d}"
        case "t":
            return "\t"
        case "T" | "X":
            return at.strftime("%H:%M:%S")
        case "u":
            return f"{day.isoweekday()}"
        case "U":
            return f"{(week_of - day.isoweekday() % 7) // 7:02d}"
        case "V":
            return f"{day.isocalendar().week:02d}"
        case "w":
            return f"{day.isoweekday() % 7}"
        case "W":
            return f"{(week_of - day.weekday()) // 7:02d}"
        case "y":
            return f"{at.year % 100:02d}"
        case "Y":
            return f"{at.year}"
        case "z" | "Z":
            return ""
        case "%":
            return "%"
        case _:
            return f"%{letter}"


class _Reader:
    """Reads a moment by a format."""

    text: str
    format: str
    at: int
    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    microsecond: int
    is_afternoon: bool
    day_of_year: int

    def __init__(self, text: str, format: str) -> None:
        self.text = text
        self.format = format
        self.at = 0
        self.year, self.month, self.day = 1900, 1, 1
        self.hour, self.minute, self.second, self.microsecond = 0, 0, 0, 0
        self.is_afternoon = False
        self.day_of_year = 0

    def read(self) -> datetime:
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
        made = datetime(
            self.year, self.month, self.day, self.hour, self.minute, self.second, self.microsecond
        )
        if self.day_of_year > 0:
            return made + timedelta(days=self.day_of_year - 1)
        return made

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
                self.year = self.number(4, 0, 9999)
            case "y":
                short = self.number(2, 0, 99)
                self.year = short + (1900 if short >= 69 else 2000)
            case "m":
                self.month = self.number(2, 1, 12)
            case "d":
                self.day = self.number(2, 1, 31)
            case "j":
                self.day_of_year = self.number(3, 1, 366)
            case "H":
                self.hour = self.number(2, 0, 23)
            case "I":
                self.hour = self.number(2, 1, 12) % 12 + (12 if self.is_afternoon else 0)
            case "p":
                is_afternoon = self.name(["AM", "PM"]) == 1
                if is_afternoon and self.hour < 12:
                    self.hour += 12
                self.is_afternoon = is_afternoon
            case "M":
                self.minute = self.number(2, 0, 59)
            case "S":
                self.second = self.number(2, 0, 61)
            case "f":
                start = self.at
                value = self.number(6, 0, 999_999)
                self.microsecond = value * 10 ** (6 - (self.at - start))
            case "b" | "h":
                names = [name[:3] for name in MONTH_NAMES.split()]
                self.month = self.name(names) + 1
            case "B":
                self.month = self.name(MONTH_NAMES.split()) + 1
            case "a":
                self.name([name[:3] for name in DAY_NAMES.split()])
            case "A":
                self.name(DAY_NAMES.split())
            case "%":
                self.expect("%")
            case _:
                raise ValueError(f"{letter!r} is a bad directive in format {self.format!r}")
