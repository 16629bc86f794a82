"""The spin lock under contention, with threads of the host as processors."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from compiler.testing import native

HERE = Path(__file__).parent
THREADS = 4
ROUNDS = 2000


@pytest.fixture(scope="module")
def subject():
    return native(
        HERE / "spin_lock_subject.py",
        replace={
            "kernel.cpu.instructions": HERE.parent / "cpu" / "no_instructions.py",
            "kernel.cpu.processor": HERE.parent / "cpu" / "threads_as_processors.py",
        },
    )


def in_threads(function, count: int) -> None:
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            function(number)
        except BaseException as failure:  # noqa: BLE001 - shown by the test, not by the thread
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_one_processor_at_a_time_is_inside(subject) -> None:
    subject.total = 0
    in_threads(lambda number: subject.add(number, ROUNDS), THREADS)
    assert subject.total == THREADS * ROUNDS
    assert not subject.is_held()


def test_locks_nest(subject) -> None:
    subject.total = 0
    in_threads(lambda number: subject.add_nested(number, ROUNDS), THREADS)
    assert subject.total == THREADS * ROUNDS


def test_whoever_waits_longest_is_next(subject) -> None:
    """Threads queue one after the other while the lock is held; each writes down its turn."""
    subject.turn = 0
    subject.take(0)
    threads = []
    for number in range(1, 5):
        thread = threading.Thread(target=subject.note_turn, args=(number,))
        thread.start()
        threads.append(thread)
        while subject.waiting() != number + 1:
            pass
    subject.release()
    for thread in threads:
        thread.join()
    assert [subject.turn_of(number) for number in range(1, 5)] == [1, 2, 3, 4]


def test_interrupts_are_as_before_afterwards(subject) -> None:
    for enabled in (True, False):
        assert subject.interrupts_around(enabled) == (enabled, False, enabled)
