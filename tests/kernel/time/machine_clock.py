"""The clock goes, as fast as others do, and knows the day."""

from __future__ import annotations

from kernel.time import clock, wall_clock
from lang import u64, wrapping_sub
from modules.drivers import pm_timer

MS = 1_000_000
SECONDS_PER_YEAR = 31_557_600


def test_time_passes_as_fast_as_on_another_clock() -> None:
    """
    Machine: icount=0
    """
    start, first = clock.uptime(), pm_timer.read()
    elapsed: u64 = 0
    while elapsed < 50 * 3579:
        elapsed = wrapping_sub(pm_timer.read(), first) & pm_timer.COUNT_MASK
    assert 49 * MS < clock.uptime() - start < 51 * MS


def test_time_never_goes_back() -> None:
    last = clock.uptime()
    assert last > 0
    for _ in range(100_000):
        now = clock.uptime()
        assert now >= last
        last = now


def test_the_time_of_day_is_known() -> None:
    years = wall_clock.now() // clock.NS_PER_SECOND // SECONDS_PER_YEAR
    assert 2025 - 1970 <= years < 2100 - 1970
