"""Processors that ask each other, all at once and with interrupts off, all get their answers."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from compiler.testing import native

HERE = Path(__file__).parent
CPU = HERE.parent / "cpu"
ROUNDS = 100


@pytest.fixture(scope="module")
def subject():
    ipi = native(
        HERE / "ipi_subject.py",
        replace={
            "kernel.cpu.instructions": CPU / "no_instructions.py",
            "kernel.cpu.processor": CPU / "threads_as_processors.py",
            "kernel.cpu.port": HERE.parent / "io" / "serial_model.py",
        },
    )
    ipi.begin()
    return ipi


def test_processors_ask_each_other(subject) -> None:
    numbers = [0, 1, 64]
    threads = [
        threading.Thread(target=subject.ask_all, args=(number, len(numbers), ROUNDS))
        for number in numbers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number in numbers:
        assert subject.total(number) == len(numbers) * ROUNDS * (ROUNDS + 1) // 2
    assert subject.sent_count() == len(numbers) * (len(numbers) - 1) * ROUNDS


def test_who_is_not_online_is_not_waited_for(subject) -> None:
    sent, before = subject.sent_count(), subject.total(0)
    subject.ask_nobody(0)
    subject.ask_itself(0)
    assert subject.total(0) == before + 7
    assert subject.sent_count() == sent
