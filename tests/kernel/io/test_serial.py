"""A serial port that is missing or stuck does not hold the kernel up."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.testing import native

HERE = Path(__file__).parent
GOOD, ABSENT, STUCK = range(3)


@pytest.fixture(scope="module")
def subject():
    model = HERE / "serial_model.py"
    return native(HERE / "serial_subject.py", replace={"kernel.cpu.port": model})


def test_a_line_is_sent_with_a_carriage_return(subject) -> None:
    subject.begin(GOOD)
    assert subject.write() == 4
    assert bytes(subject.sent(index) for index in range(4)) == b"hi\r\n"


def test_without_a_port_nothing_is_tried(subject) -> None:
    subject.begin(ABSENT)
    assert subject.write() == 0
    assert subject.reads() == 0


def test_a_port_without_room_is_given_up_once(subject) -> None:
    subject.begin(STUCK)
    assert subject.write() == 0
    looks = subject.reads()
    assert subject.write() == 0
    assert subject.reads() == looks
