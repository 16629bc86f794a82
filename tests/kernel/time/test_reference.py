"""The clock is set by the finest device whose rate is known, as long as nobody relies on its rate."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.testing import native

HERE = Path(__file__).parent
SECOND = 10**9
COARSE, FINE = False, True
COARSE_FS, FINE_FS = 279_365_114, 10_000_000


@pytest.fixture(scope="module")
def subject():
    return native(
        HERE / "reference_subject.py",
        replace={
            "kernel.cpu.instructions": HERE / "counting_instructions.py",
            "kernel.cpu.processor": HERE.parent / "cpu" / "threads_as_processors.py",
            "kernel.cpu.port": HERE.parent / "io" / "serial_model.py",
        },
    )


def is_exact(second: int) -> bool:
    return second == pytest.approx(SECOND, rel=2e-5)


def is_by_the_coarse_one(second: int) -> bool:
    return second == pytest.approx(SECOND * 1.0001, rel=5e-5)


def test_a_finer_reference_sets_the_clock_again(subject) -> None:
    subject.start(2 * 10**9, False)
    subject.offer(COARSE)
    subject.begin(0)
    assert is_by_the_coarse_one(subject.second())
    subject.offer(FINE)
    assert is_exact(subject.second())


def test_a_coarser_one_does_not(subject) -> None:
    subject.start(2 * 10**9, False)
    subject.offer(FINE)
    subject.begin(0)
    subject.offer(COARSE)
    assert is_exact(subject.second())
    subject.take_back_fine()
    assert subject.finest() == COARSE_FS
    assert is_exact(subject.second())


def test_the_clock_goes_when_the_first_reference_comes(subject) -> None:
    subject.start(2 * 10**9, False)
    subject.begin(0)
    assert subject.second() == 0
    subject.offer(FINE)
    assert is_exact(subject.second())


def test_once_others_rely_on_the_rate_it_stays(subject) -> None:
    subject.start(2 * 10**9, False)
    subject.offer(COARSE)
    subject.begin(0)
    subject.settle()
    subject.offer(FINE)
    assert is_by_the_coarse_one(subject.second())
    assert subject.finest() == FINE_FS


def test_one_that_does_not_count_is_none(subject) -> None:
    subject.start(2 * 10**9, True)
    subject.offer(COARSE)
    subject.offer(FINE)
    subject.begin(0)
    assert is_by_the_coarse_one(subject.second())
    assert subject.finest() == COARSE_FS


def test_what_the_processor_says_counts_most(subject) -> None:
    subject.start(2 * 10**9, False)
    subject.begin(2 * 10**9)
    subject.offer(FINE)
    assert subject.second() == SECOND


def test_more_references_than_there_is_room_for_do_no_harm(subject) -> None:
    subject.start(2 * 10**9, False)
    for _ in range(20):
        subject.offer(COARSE)
    subject.begin(0)
    assert is_by_the_coarse_one(subject.second())
