"""Times in ISO's form: HH:MM:SS.ffffff, or less of it."""

from __future__ import annotations


def check_time(hour: int, minute: int, second: int, microsecond: int) -> None:
    if not 0 <= hour <= 23:
        raise ValueError("hour must be in 0..23")
    if not 0 <= minute <= 59:
        raise ValueError("minute must be in 0..59")
    if not 0 <= second <= 59:
        raise ValueError("second must be in 0..59")
    if not 0 <= microsecond <= 999_999:
        raise ValueError("microsecond must be in 0..999999")


def time_text(hour: int, minute: int, second: int, microsecond: int, timespec: str) -> str:
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


def time_of(text: str, whole: str) -> tuple[int, int, int, int]:
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
