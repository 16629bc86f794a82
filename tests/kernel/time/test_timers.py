"""A processor's timers: when the device is set, and what it is set to."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.testing import native

HERE = Path(__file__).parent
MOST = 5_000_000
LEAST = 1000
NOW = 1_000_000_000


@pytest.fixture
def subject():
    timers = native(
        HERE / "timers_subject.py",
        replace={
            "kernel.cpu.instructions": HERE / "counting_instructions.py",
            "kernel.cpu.processor": HERE.parent / "cpu" / "threads_as_processors.py",
            "kernel.cpu.port": HERE.parent / "io" / "serial_model.py",
        },
    )
    timers.begin()
    for index in range(8):
        timers.stop(index)
    timers.set_time(NOW)
    return timers


def test_the_device_is_set_for_the_first_deadline(subject) -> None:
    subject.start(0, NOW + 300_000)
    assert subject.state()[0] == pytest.approx(300_000, abs=100)
    subject.start(1, NOW + 200_000)
    assert subject.state()[0] == pytest.approx(200_000, abs=100)
    subject.set_time(NOW)
    subject.start(2, NOW + 250_000)
    assert subject.state()[0] == 0


def test_what_has_come_due_is_called_and_the_device_set_for_the_rest(subject) -> None:
    for index, wait in enumerate([300_000, 100_000, 200_000]):
        subject.start(index, NOW + wait)
    subject.set_time(NOW + 250_000)
    subject.expire()
    wait, fired = subject.state()
    assert fired == 0b110
    assert wait == pytest.approx(50_000, abs=200)


def test_a_deadline_beyond_what_the_device_counts_is_reached_in_steps(subject) -> None:
    subject.start(0, NOW + 3 * MOST)
    assert subject.state()[0] == MOST
    subject.set_time(NOW + MOST)
    subject.expire()
    assert subject.state() == (MOST, 0)


def test_a_deadline_that_has_passed_comes_at_once(subject) -> None:
    subject.start(0, NOW - 5)
    assert subject.state()[0] == LEAST
    subject.expire()
    assert subject.state()[1] == 1


def test_a_timer_that_was_stopped_is_not_called(subject) -> None:
    subject.start(0, NOW + 1000)
    assert subject.stop(0)
    assert not subject.stop(0)
    assert not subject.stop(5)
    subject.set_time(NOW + 2000)
    subject.expire()
    assert subject.state() == (0, 0)


def test_an_action_that_is_always_due_does_not_keep_the_processor(subject) -> None:
    subject.repeat_at_once(1_000_000)
    subject.start(0, NOW - 5)
    subject.expire()
    wait, fired = subject.state()
    assert fired == 1
    assert wait == LEAST
    subject.repeat_at_once(0)


def test_an_action_may_start_its_timer_again(subject) -> None:
    subject.repeat(1)
    subject.start(0, NOW + 1000)
    subject.set_time(NOW + 2000)
    subject.expire()
    wait, fired = subject.state()
    assert fired == 1
    assert wait == pytest.approx(100_000, abs=200)


def test_the_device_that_was_measured_again_is_set_for_the_first_deadline(subject) -> None:
    subject.start(0, NOW + 1_000_000)
    subject.set_time(NOW)
    before = subject.measure()
    assert subject.measure() == before + 1
    assert subject.state()[0] == pytest.approx(1_000_000, abs=1000)
