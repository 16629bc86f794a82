"""The display's registers are set in the order that it demands, and one that does not take the mode is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.testing import native

HERE = Path(__file__).parent
TESTS = HERE.parents[2]
IDENTITY, ENABLED_LINEAR = 0xB0C5, 0x41


@pytest.fixture(scope="module")
def subject():
    return native(
        HERE / "mode_subject.py",
        replace={
            "kernel.cpu.mmio": HERE / "registers_model.py",
            "kernel.cpu.instructions": TESTS / "kernel/cpu/no_instructions.py",
            "kernel.cpu.processor": TESTS / "kernel/cpu/threads_as_processors.py",
        },
    )


def test_the_mode_is_set_while_the_display_is_off(subject) -> None:
    subject.begin(IDENTITY, 1600)
    subject.set_mode(1280, 800)
    assert [subject.register(number) for number in range(1, 5)] == [1280, 800, 32, ENABLED_LINEAR]
    assert subject.changes_while_enabled() == 0


def test_a_display_that_shows_fewer_pixels_is_none(subject) -> None:
    subject.begin(IDENTITY, 640)
    with pytest.raises(Exception, match="NotUsable"):
        subject.set_mode(1280, 800)


@pytest.mark.parametrize("identity", [0, 0xB0D0, 0xFFFF])
def test_what_says_that_it_is_something_else_is_left_alone(subject, identity: int) -> None:
    subject.begin(identity, 1600)
    with pytest.raises(Exception, match="NotUsable"):
        subject.set_mode(1280, 800)
    assert subject.register(1) == 0
