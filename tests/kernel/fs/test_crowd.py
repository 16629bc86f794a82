"""Eight threads make, move, link, remove, look up, mount and unmount in one tree: it is as if each had been alone.

PATCHWORK_LONG=1 does a million operations.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from compiler.testing import native
from tests.kernel.fs.crowd import FOLDER, REPLACED

THREADS = 8
ROUNDS, OPERATIONS = (250, 500) if os.environ.get("PATCHWORK_LONG") else (20, 250)  # of a thread


@pytest.fixture(scope="module")
def subject():
    return native(FOLDER / "subject.py", replace=REPLACED, build="release")


@contextmanager
def collector(subject) -> Iterator[None]:
    """Have calls made that are put off."""
    is_over = threading.Event()

    def collect() -> None:
        while not is_over.is_set():
            subject.collect()
            time.sleep(0.001)

    thread = threading.Thread(target=collect)
    thread.start()
    yield
    is_over.set()
    thread.join()


def at_once(subject, round: int) -> list[int]:
    """Let all threads work at the same time; return what became of each one's operations."""
    outcomes: list[int] = [0] * THREADS
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            outcomes[number] = subject.work(number, round, OPERATIONS)
        except BaseException as failure:  # noqa: BLE001 - shown by the test, not by the thread
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    return outcomes


def test_a_crowd_leaves_what_each_alone_would_and_nothing_else(subject) -> None:
    with collector(subject):
        subject.begin()
        together = []
        for round in range(ROUNDS):
            together.append(at_once(subject, round))
            assert subject.mistakes() == 0
        left = subject.tree(), subject.mounts()
        assert subject.end() == 0
        objects = subject.live_objects

        subject.begin()
        alone = [
            [subject.work(number, round, OPERATIONS) for round in range(ROUNDS)]
            for number in range(THREADS)
        ]
        assert [list(each) for each in zip(*together, strict=True)] == alone
        assert (subject.tree(), subject.mounts()) == left
        assert subject.end() == 0
        assert subject.live_objects == objects
