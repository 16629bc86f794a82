"""Futexes and RCU among threads of the host, which run at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from compiler.cache import PROJECT
from compiler.testing import native
from tests.kernel.sync.explored import EXPLORED, REPLACED


def subject_of(name: str, replaced: dict[str, str | Path] | None = None):
    return native(
        EXPLORED / f"{name}_subject.py", replace={**REPLACED, **(replaced or {})}, build="release"
    )


def in_threads(subject, bodies: list[Callable[[], None]]) -> None:
    """Run each on a processor of its own."""
    failures: list[BaseException] = []

    def run(number: int, body: Callable[[], None]) -> None:
        try:
            subject.become(number)
            body()
        except BaseException as failure:  # noqa: BLE001 - shown by the test, not by the thread
            failures.append(failure)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(bodies)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_a_lock_made_of_a_word_lets_one_in() -> None:
    subject = subject_of("futex")
    subject.reset()
    in_threads(subject, [lambda: subject.add_for_long(5000)] * 3)
    assert subject.total == 15000


def test_two_threads_take_turns_by_a_word() -> None:
    subject = subject_of("futex")
    subject.reset()
    in_threads(subject, [lambda mine=mine: subject.take_turns(mine, 5000) for mine in range(2)])
    assert subject.total == 10000


def read_and_replace(subject) -> int:
    """Return how often something was read that was freed."""
    subject.reset()
    readers = [lambda: subject.read_often(100_000)] * 2
    in_threads(subject, [*readers, lambda: subject.replace_for_readers(2)])
    return subject.wrong


def test_what_is_read_is_not_freed() -> None:
    subject = subject_of("rcu")
    assert sum(read_and_replace(subject) for _ in range(3)) == 0


def test_readers_notice_what_is_freed_too_early() -> None:
    text = (PROJECT / "kernel" / "sync" / "rcu.py").read_text()
    right = "scheduler.picks_of(number) != picks"
    assert right in text
    wrong = text.replace(right, "scheduler.picks_of(number) >= picks")
    subject = subject_of("rcu", {"kernel.sync.rcu": wrong})
    assert any(read_and_replace(subject) > 0 for _ in range(20))
