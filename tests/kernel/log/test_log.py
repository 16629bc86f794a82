"""Lines of the log as they appear."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.testing import native

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def subject():
    log = native(
        HERE / "log_subject.py",
        replace={
            "kernel.cpu.instructions": HERE.parent / "cpu" / "no_instructions.py",
            "kernel.cpu.processor": HERE.parent / "cpu" / "threads_as_processors.py",
            "kernel.cpu.port": HERE.parent / "io" / "serial_model.py",
            "kernel.time.clock": HERE / "set_clock.py",
        },
    )
    log.begin()
    return log


def said(subject, action) -> str:
    """What an action adds to the log."""
    start = subject.end()
    action()
    length = subject.read(start)
    assert start + length == subject.end()
    return bytes(subject.byte(index) for index in range(length)).decode()


@pytest.mark.parametrize(
    ("time_ns", "head"),
    [
        (0, "[   0.000-00-I] "),
        (747_999_999, "[   0.747-00-I] "),
        (59_001_000_000, "[  59.001-00-I] "),
        (1_234_567_000_000, "[1234.567-00-I] "),
        ((1 << 64) - 1, "[18446744073.709-00-I] "),
    ],
)
def test_a_line_says_when_and_where(subject, time_ns: int, head: str) -> None:
    subject.at(time_ns)
    assert said(subject, lambda: subject.say(3)) == f"{head}line 3 of 32\n"


def test_a_line_says_how_much_it_matters(subject) -> None:
    subject.at(0)
    assert said(subject, subject.say_all_levels).splitlines() == [
        "[   0.000-00-I] an info",
        "[   0.000-00-W] a warning",
        "[   0.000-00-E] an error",
        "[   0.000-00-D] shown",
    ]


def test_a_line_that_is_too_long_is_cut(subject) -> None:
    subject.at(0)
    zeros = "0" * 230
    assert said(subject, lambda: subject.say_much(123456)) == f"[   0.000-00-I] {zeros}123456\n"
    assert said(subject, lambda: subject.say_much(1234567)) == f"[   0.000-00-I] {zeros}123456\n"


def test_what_an_interrupt_says_is_shown_afterwards(subject) -> None:
    subject.at(0)
    lines = said(subject, lambda: subject.say_while_someone_shows(3)).splitlines()
    assert lines == [f"[   0.000-00-I] line {number} of 32" for number in range(4)]


def test_lines_without_room_are_lost_and_counted(subject) -> None:
    subject.at(0)
    lines = said(subject, lambda: subject.say_while_someone_shows(40)).splitlines()
    assert lines == [
        "[   0.000-00-W] 9 lines are lost, for they came faster than they could be shown",
        *(f"[   0.000-00-I] line {number} of 32" for number in range(32)),
    ]


def test_whoever_dies_shows_what_is_left(subject) -> None:
    subject.at(0)
    assert said(subject, subject.finish_while_someone_shows) == "[   0.000-00-I] line 7 of 32\n"
