"""The clock with the battery, in all its ways of writing a time, and out of order."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native

HERE = Path(__file__).parent
CPU = Path("tests/kernel/cpu").resolve()
CENTURY = 0x32


@pytest.fixture(scope="module")
def subject():
    return native(
        HERE / "rtc_subject.py",
        replace={
            "kernel.cpu.port": HERE / "rtc_ports.py",
            "kernel.cpu.instructions": CPU / "no_instructions.py",
            "kernel.module.linked": CPU.parent / "module" / "no_modules.py",
            "kernel.cpu.processor": CPU / "threads_as_processors.py",
        },
    )


def set_clock(subject, moment: datetime, has_24_hours: bool, is_binary: bool) -> None:
    def write(number: int, value: int, extra: int = 0) -> None:
        coded = value if is_binary else value // 10 << 4 | value % 10
        subject.set_register(number, coded | extra)

    subject.set_register(10, 0x26)
    subject.set_register(11, has_24_hours << 1 | is_binary << 2)
    write(0, moment.second)
    write(2, moment.minute)
    if has_24_hours:
        write(4, moment.hour)
    else:
        write(4, moment.hour % 12 or 12, 0x80 if moment.hour >= 12 else 0)
    write(7, moment.day)
    write(8, moment.month)
    write(9, moment.year % 100)
    write(CENTURY, moment.year // 100)


@given(
    st.datetimes(datetime(1970, 1, 1), datetime(2069, 12, 31)),
    st.booleans(),
    st.booleans(),
    st.sampled_from([0, CENTURY]),
    st.integers(0, 100),
)
@settings(max_examples=200)
def test_the_time_is_read(subject, moment, has_24_hours, is_binary, century, busy) -> None:
    set_clock(subject, moment, has_24_hours, is_binary)
    subject.misbehave(busy, 0)
    assert subject.read(century) == moment.timetuple()[:6]


def test_a_time_that_changes_meanwhile_is_read_again(subject) -> None:
    set_clock(subject, datetime(2026, 1, 2, 3, 4, 5), True, True)
    subject.misbehave(0, 2)
    assert subject.read(CENTURY)[5] in (6, 7)


@pytest.mark.parametrize(("busy", "ticks"), [(1_000_000, 0), (0, 1)])
def test_a_clock_that_never_rests_is_given_up(subject, busy: int, ticks: int) -> None:
    set_clock(subject, datetime(2026, 1, 2, 3, 4, 5), True, True)
    subject.misbehave(busy, ticks)
    with pytest.raises(Exception, match="NotUsable"):
        subject.read(CENTURY)
