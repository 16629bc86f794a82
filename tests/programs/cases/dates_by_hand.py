"""Days of the week, leap years and calendars, computed."""

from __future__ import annotations


NAMES = "Mon Tue Wed Thu Fri Sat Sun"


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in(year: int, month: int) -> int:
    return (
        29
        if month == 2 and is_leap(year)
        else [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    )


def days_from_civil(y: int, m: int, d: int) -> int:
    y -= m <= 2
    era = y // 400
    yoe = y - era * 400
    doy = (153 * (m + (-3 if m > 2 else 9)) + 2) // 5 + d - 1
    doe = yoe * 365 + yoe // 4 - yoe // 100 + doy
    return era * 146097 + doe - 719468


def weekday(y: int, m: int, d: int) -> int:
    return (days_from_civil(y, m, d) + 3) % 7


def calendar(year: int, month: int) -> str:
    lines = [f"{year}-{month:02}".center(20).rstrip(), " ".join(name[:2] for name in NAMES.split())]
    cells = ["  "] * weekday(year, month, 1) + [
        f"{d:2}" for d in range(1, days_in(year, month) + 1)
    ]
    for start in range(0, len(cells), 7):
        lines.append(" ".join(cells[start : start + 7]))
    return "\n".join(lines)


def main() -> None:
    print([y for y in range(1890, 2025, 4) if not is_leap(y)], is_leap(2000))
    for y, m, d in ((1970, 1, 1), (2000, 2, 29), (1600, 3, 1), (2024, 12, 25), (1, 1, 1)):
        print(f"{y:04}-{m:02}-{d:02}", days_from_civil(y, m, d), NAMES.split()[weekday(y, m, d)])
    print(calendar(2024, 2))
    print(calendar(2023, 10))
    print(sum(weekday(y, m, 1) == 6 for y in range(1901, 2001) for m in range(1, 13)))


if __name__ == "__main__":
    main()
