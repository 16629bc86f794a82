"""The pictures of the scheduler show what a booted machine did, and does today."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from tools.commands.pictures import FOLDER, TRACE
from tools.pictures import machine_trace, scheduler
from tools.pictures.machine_trace import UNITS_PER_MS, Trace

PAGE = FOLDER.parent / "scheduler.md"
SLICE_MS = 3

PRINTED = """\
[   0.012-00-W] no initial files
trace nap
thread 7 A
thread 8 B
thread 9 B
joins 1000 7 32 18446744073709551000 90 18446744073709551000
stops 1500 3 64 5 90 18446744073709551610
leaves 1500 3 64 5 90 18446744073709551610
runs 1500 7 32 18446744073709551000 90 18446744073709551610
stops 2000 7 32 10 90 20
runs 2000 9 8 6 91 20
joins 2500 3 64 30 90 30
stops 2600 9 8 50 91 40
trace is over
"""


@pytest.fixture(scope="module")
def kept() -> str:
    return (FOLDER / TRACE).read_text()


@pytest.fixture(scope="module")
def pictures(kept) -> dict[str, str]:
    return scheduler.draw_all(kept)


@pytest.fixture(scope="module")
def traces(kept) -> dict[str, Trace]:
    return machine_trace.read(kept)


def test_the_pictures_in_the_book_are_those_of_the_trace_that_is_kept(pictures) -> None:
    for name, text in pictures.items():
        assert (FOLDER / name).read_text() == text, "./patchwork pictures makes them anew"


@pytest.mark.timeout(900)  # a release build of a kernel of its own
def test_a_machine_that_boots_today_does_what_is_kept(traces) -> None:
    today = machine_trace.read(machine_trace.record())
    assert list(today) == list(traces)
    for name, trace in traces.items():
        assert [who for who, _, _ in today[name].turns] == [who for who, _, _ in trace.turns]
        for now, then in zip(today[name].turns, trace.turns, strict=True):
            assert now[1:] == pytest.approx(then[1:], abs=0.1), "./patchwork pictures records anew"


def test_the_book_shows_every_picture(pictures) -> None:
    page = PAGE.read_text()
    assert all(f"(pictures/{name})" in page for name in pictures)


def test_pictures_are_well_formed_and_nothing_lies_outside(pictures) -> None:
    for text in pictures.values():
        picture = ElementTree.fromstring(text)
        width, height = float(picture.get("width")), float(picture.get("height"))
        for line in picture.iter("{http://www.w3.org/2000/svg}polyline"):
            for point in line.get("points").split():
                x, y = map(float, point.split(","))
                assert 0 <= x <= width
                assert 0 <= y <= height


def test_a_trace_shows_turns_without_gaps_and_shares_by_weight(traces) -> None:
    turns = traces["turns"].turns
    assert turns[0][1] == 0
    assert turns[-1][2] == pytest.approx(63, abs=0.01)
    assert all(before[2] == after[1] for before, after in pairwise(turns))
    ran = [sum(end - start for who, start, end in turns if who == name) for name in "ABC"]
    assert ran == pytest.approx([36, 18, 9], abs=0.01)


def test_in_a_trace_lags_cancel_and_stay_within_a_slice(traces) -> None:
    lags = traces["turns"].lags
    last = {name: dict(points) for name, points in lags.items()}
    for time in last["A"]:
        assert sum(last[name][time] for name in last) == pytest.approx(0, abs=1e-9)
    assert all(abs(lag) < SLICE_MS for points in lags.values() for _, lag in points)


def test_the_kernels_virtual_time_is_the_mean_that_is_drawn(traces) -> None:
    """It is, to a microsecond, but where other threads are still there: before the first turn, and at the end."""
    for trace in traces.values():
        drawn = {}
        for time, value in trace.virtual:
            drawn.setdefault(time, []).append(value * UNITS_PER_MS)
        for event in trace.events:
            if event.kind != "ends" and event.time_ns > 0:
                values = drawn[event.time_ns / machine_trace.MS]
                assert min(abs(value - event.virtual) for value in values) < 1000


def test_a_thread_that_slept_with_a_debt_is_back_as_if_it_had_stayed(traces) -> None:
    trace = traces["sleep"]
    (_, left, back), (_, _, late) = (each for each in trace.absences if each[0] == "S")
    assert (left, back, late) == pytest.approx((2.9, 8, 46), abs=0.01)
    steps = [value for time, value in trace.virtual if time == back]
    assert steps[-1] * 4 * 32 == pytest.approx(back, abs=0.01)


def test_what_a_machine_prints_is_kept_of_the_threads_that_are_drawn() -> None:
    assert machine_trace.kept(PRINTED).splitlines() == [
        "trace nap",
        "joins 0 A 32 -610 96 -610",
        "runs 0 A 32 -610 96 0",
        "stops 500 A 32 16 96 26",
        "runs 500 B2 8 12 97 26",
        "ends 1000 B2 64 36 96 36",
    ]
