"""strftime: a moment as text, by a format.

Source: Python Library Reference, module datetime, "strftime() and strptime() Format Codes".
"""

from __future__ import annotations

from lib.python.dates import calendar
from lib.python.dates.fields import Fields


def formatted(format: str, at: Fields) -> str:
    """Return what strftime makes of a format."""
    parts: list[str] = []
    place = 0
    while place < len(format):
        if format[place] != "%" or place + 1 == len(format):
            parts.append(format[place])
            place += 1
            continue
        parts.append(directive(format[place + 1], at))
        place += 2
    return "".join(parts)


def directive(letter: str, at: Fields) -> str:
    """Return what one letter of a format stands for."""
    day = at.ordinal()
    weekday = calendar.weekday_of(day)
    day_of_year = day - calendar.ordinal_of(at.year, 1, 1) + 1
    match letter:
        case "a":
            return calendar.DAY_NAMES.split()[weekday][:3]
        case "A":
            return calendar.DAY_NAMES.split()[weekday]
        case "b" | "h":
            return calendar.MONTH_NAMES.split()[at.month - 1][:3]
        case "B":
            return calendar.MONTH_NAMES.split()[at.month - 1]
        case "c":
            return formatted("%a %b %e %H:%M:%S %Y", at)
        case "C":
            return f"{at.year // 100:02d}"
        case "d":
            return f"{at.day:02d}"
        case "D" | "x":
            return formatted("%m/%d/%y", at)
        case "e":
            return f"{at.day:2d}"
        case "f":
            return f"{at.microsecond:06d}"
        case "F":
            return formatted("%Y-%m-%d", at)
        case "G":
            return f"{calendar.week_of(day)[0]:04d}"
        case "H":
            return f"{at.hour:02d}"
        case "I":
            return f"{(at.hour + 11) % 12 + 1:02d}"
        case "j":
            return f"{day_of_year:03d}"
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
            return formatted("%I:%M:%S %p", at)
        case "R":
            return formatted("%H:%M", at)
        case "s":
            return f"{(day - calendar.EPOCH) * 86_400 + at.second_of_day()}"
        case "S":
            return f"{at.second:02d}"
        case "t":
            return "\t"
        case "T" | "X":
            return formatted("%H:%M:%S", at)
        case "u":
            return f"{weekday + 1}"
        case "U":
            return f"{(day_of_year + 6 - (weekday + 1) % 7) // 7:02d}"
        case "V":
            return f"{calendar.week_of(day)[1]:02d}"
        case "w":
            return f"{(weekday + 1) % 7}"
        case "W":
            return f"{(day_of_year + 6 - weekday) // 7:02d}"
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
