"""The clock, its calibration, and the calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from compiler.testing import native

HERE = Path(__file__).parent
PM_TIMER_FS = 279_365_114


@pytest.fixture(scope="module")
def subject():
    return native(
        HERE / "time_subject.py",
        replace={"kernel.cpu.instructions": HERE / "counting_instructions.py"},
    )


@given(st.integers(11 * 10**6, 10**10), st.integers(0, 10**12), st.sampled_from([24, 32, 64]))
@settings(max_examples=100)
def test_the_rate_of_the_counter_is_found(subject, hz: int, now: int, bits: int) -> None:
    subject.set_device(PM_TIMER_FS, (1 << bits) - 1)
    subject.set_counter(hz, now)
    subject.set_stuck(False)
    assert subject.measure() == pytest.approx(hz, rel=2e-4)


def test_a_device_that_does_not_count_gives_nothing(subject) -> None:
    subject.set_device(PM_TIMER_FS, (1 << 24) - 1)
    subject.set_counter(10**9, 0)
    subject.set_stuck(True)
    assert subject.measure() == 0
    subject.set_device(0, (1 << 24) - 1)
    assert subject.measure() == 0


def test_a_counter_that_no_processor_has_is_not_believed(subject) -> None:
    subject.set_device(PM_TIMER_FS, (1 << 24) - 1)
    subject.set_stuck(False)
    for hz in (0, 10**6, 10**12):
        subject.set_counter(hz, 0)
        assert subject.measure() == 0


@given(st.integers(10**7, 10**10), st.integers(0, (1 << 64) - 1))
@settings(max_examples=300)
def test_ticks_are_so_many_nanoseconds(subject, hz: int, ticks: int) -> None:
    exact = ticks * 10**9 // hz
    assume(exact < 1 << 64)
    subject.set_rate(hz)
    error = ticks // 2**32 + 1  # the scale is cut to 32 bits behind the point
    assert exact - error <= subject.to_ns(ticks) <= exact


def test_the_clock_begins_with_the_start(subject) -> None:
    subject.set_counter(3 * 10**9, 5_000_000)
    subject.begin()
    subject.set_rate(3 * 10**9)
    subject.set_counter(3 * 10**9, 8_000_000)
    assert subject.uptime() == pytest.approx(3_000_000, abs=20)


@given(st.integers(2 * 10**7, 10**10), st.integers(900, 1100), st.integers(100, 10**9))
@settings(max_examples=100)
def test_a_clock_that_is_set_again_goes_on(subject, hz: int, thousandths: int, now: int) -> None:
    subject.set_counter(hz, 0)
    subject.begin()
    subject.set_rate(hz * thousandths // 1000)
    subject.set_counter(hz, now)
    before = subject.uptime()
    subject.set_rate(hz)
    assert before <= subject.uptime() < before + 200
    start = subject.uptime()
    subject.set_counter(hz, now + 1_000_000)
    assert 999_000 <= subject.uptime() - start <= 1_001_000


@given(st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 31, 23, 59, 59)))
@settings(max_examples=300)
def test_dates_are_those_of_python(subject, moment: datetime) -> None:
    fields = moment.timetuple()[:6]
    assert subject.is_valid(*fields)
    exact = moment.replace(microsecond=0, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    assert subject.seconds(*fields) == exact // timedelta(seconds=1)


small = st.integers(0, 70)


@given(st.sampled_from([1969, 1970, 1900, 2000, 2023, 2024, 2100, 9999, 10000]), *[small] * 5)
@settings(max_examples=500)
def test_only_dates_that_there_are_are_valid(subject, year, month, day, hour, minute, second):
    try:
        moment = datetime(year, month, day, hour, minute, 59 if second == 60 else second)
        exists = moment.year >= 1970
    except ValueError:
        exists = False
    assert subject.is_valid(year, month, day, hour, minute, second) == exists
