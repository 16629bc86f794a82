"""The pictures of the scheduler show what its code does today."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from compiler.testing import native
from tools.pictures import scheduler

FOLDER = Path(__file__).parents[3] / "docs" / "pictures"
PAGE = FOLDER.parent / "scheduler.md"


@pytest.fixture(scope="module")
def pictures() -> dict[str, str]:
    return scheduler.draw_all()


def test_the_pictures_in_the_book_are_those_of_the_code(pictures) -> None:
    for name, text in pictures.items():
        assert (FOLDER / name).read_text() == text, "./patchwork pictures makes them anew"


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


def test_a_trace_shows_lags_that_cancel_and_turns_without_gaps() -> None:
    trace = scheduler.share_of_three(native("tools.pictures.run_queue_trace"), 63 * scheduler.MS)
    last = {number: dict(lags) for number, lags in trace.lags.items()}
    for time in last[0]:
        assert sum(last[number][time] for number in last) == pytest.approx(0, abs=1e-9)
    ends = [until for _, _, until in trace.turns]
    assert [start for _, start, _ in trace.turns] == [0, *ends[:-1]]
    ran = [sum(end - start for who, start, end in trace.turns if who == n) for n in range(3)]
    assert ran == pytest.approx([36, 18, 9], abs=0.001)
