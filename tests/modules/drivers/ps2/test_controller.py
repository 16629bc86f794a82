"""The controller of keyboard and mouse, whole, in part, broken and absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.testing import native

HERE = Path(__file__).parent
TESTS = HERE.parents[2]
FIRST, SECOND = 0, 1


@pytest.fixture(scope="module")
def subject():
    return native(
        HERE / "controller_subject.py",
        replace={
            "kernel.cpu.port": HERE / "controller_model.py",
            "kernel.cpu.instructions": TESTS / "kernel/cpu/no_instructions.py",
            "kernel.cpu.processor": TESTS / "kernel/cpu/threads_as_processors.py",
            "kernel.module.linked": TESTS / "kernel/module/no_modules.py",
        },
    )


@pytest.mark.parametrize("ports", [1, 2])
def test_it_is_silent_and_does_not_translate_afterwards(subject, ports: int) -> None:
    subject.prepare(ports, 3, 0, 4)
    has_first, has_second, configuration = subject.begin()
    assert (has_first, has_second) == (True, ports == 2)
    assert configuration & 0b111_0011 == 0b011_0000  # both off, no translation, no interrupts


def test_what_was_typed_before_is_thrown_away(subject) -> None:
    subject.prepare(2, 3, 0, 4)
    subject.send_noise(16)
    assert subject.begin()[:2] == (True, True)


@pytest.mark.parametrize("wrong", range(3))
def test_one_that_is_not_there_or_does_not_work_is_not_used(subject, wrong: int) -> None:
    subject.prepare(2, 3, 0, 4)
    subject.break_it(*(index == wrong for index in range(3)))
    with pytest.raises(Exception, match="NotUsable"):
        subject.begin()


def test_a_port_without_a_device_is_noticed(subject) -> None:
    subject.prepare(2, 1, 0, 4)
    subject.begin()
    subject.reset(FIRST)
    with pytest.raises(Exception, match="NoAnswer"):
        subject.reset(SECOND)


def test_what_a_device_does_not_understand_is_sent_again(subject) -> None:
    subject.prepare(2, 3, 2, 4)
    subject.begin()
    subject.reset(FIRST)
    assert [subject.told(index) for index in range(subject.told_count())] == [0xFF]


def test_one_that_never_understands_is_given_up(subject) -> None:
    subject.prepare(2, 3, 3, 4)
    subject.begin()
    with pytest.raises(Exception, match="NoAnswer"):
        subject.reset(FIRST)


@pytest.mark.parametrize("kind", [0, 3, 4])
def test_a_mouse_tells_as_much_as_it_can(subject, kind: int) -> None:
    subject.prepare(2, 3, 0, kind)
    subject.begin()
    assert subject.protocol() == kind
