"""Dates, times and durations."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

d = date(2024, 2, 28)
print(
    d + timedelta(days=2),
    d.isoformat(),
    d.weekday(),
    (date(2024, 3, 1) - d).days,
    d.strftime("%Y/%m/%d"),
)
print(
    repr(d),
    d < date(2025, 1, 1),
    d.year,
    d.replace(day=1),
    d.toordinal(),
    d.isoweekday(),
    str(d),
    f"{d:%d.%m.%y}",
)
print(
    d - timedelta(weeks=1),
    timedelta(days=1) + d,
    date.fromisoformat("2020-01-31"),
    max(d, date(2023, 1, 1)),
)
m = datetime(2024, 2, 28, 12, 30)
print(
    m,
    m + timedelta(hours=20),
    m.strftime("%H:%M:%S %p %I %j %A %B %a %b %f %U %W %V %G %u %w %%"),
    m.date(),
    m.time(),
)
print(
    m.isoformat(),
    repr(m),
    datetime.strptime("2024-01-02", "%Y-%m-%d"),
    datetime.fromisoformat("2024-01-02T03:04:05"),
)
print(
    datetime(2024, 1, 1, 1, 2, 3, 45),
    m - datetime(2024, 1, 1),
    m > datetime(2024, 1, 1),
    m.replace(hour=3),
    m.weekday(),
)
print(
    datetime.strptime("3 Mar 2021 4:05:06 PM", "%d %b %Y %I:%M:%S %p"),
    datetime.combine(d, time(1, 2)),
    m - timedelta(days=1),
)
t = timedelta(days=1, hours=2, minutes=3, seconds=4)
print(
    t,
    t.total_seconds(),
    t.days,
    t.seconds,
    t * 2,
    t / 2,
    repr(t),
    t > timedelta(0),
    t // timedelta(hours=1),
    -t,
    abs(-t),
)
print(
    timedelta(seconds=-1),
    timedelta(milliseconds=1500),
    timedelta(hours=1.5),
    timedelta(),
    timedelta(days=-2),
    3 * t,
    t + t,
)
print(
    timedelta(minutes=90) / timedelta(hours=1),
    t % timedelta(hours=1),
    sum([t, t], timedelta()),
    timedelta(microseconds=5),
)
print(
    time(1, 2),
    time(1, 2, 3, 4),
    repr(time(5)),
    time(1) < time(2),
    time.fromisoformat("04:05:06.7"),
    time(23, 59).strftime("%H-%M"),
)
for year in range(1999, 2030, 3):
    for month in (1, 2, 3, 12):
        day = date(year, month, 28)
        print(
            day.isocalendar()[1],
            day.strftime("%a %d %b %Y %j %U %W %V"),
            date.fromordinal(day.toordinal()) == day,
            day.isocalendar(),
        )
stamps = [datetime(2024, 5, 1, 10), datetime(2023, 5, 1), datetime(2024, 5, 1, 9)]
print(sorted(stamps), min(stamps), {d: 1}[date(2024, 2, 28)], {m, m})
for text, form in (
    ("2024-13-01", "%Y-%m-%d"),
    ("x", "%Y"),
    ("2024-01-01x", "%Y-%m-%d"),
    ("1", "%Q"),
):
    try:
        print(datetime.strptime(text, form))
    except ValueError as error:
        print(error)
for month, day_of in ((13, 1), (2, 30), (0, 1)):
    try:
        print(date(2023, month, day_of))
    except ValueError as error:
        print(error)
try:
    print(date(9999, 12, 31) + timedelta(days=1))
except OverflowError as error:
    print(error)
