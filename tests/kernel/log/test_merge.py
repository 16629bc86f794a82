"""Lines of several processors come out in one order, each once, whoever takes them out."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from compiler.testing import native

HERE = Path(__file__).parent
THREADS = 4
LINES = 1000


@pytest.fixture(scope="module")
def subject():
    merge = native(
        HERE / "merge_subject.py",
        replace={
            "kernel.cpu.instructions": HERE.parent / "cpu" / "no_instructions.py",
            "kernel.cpu.processor": HERE.parent / "cpu" / "threads_as_processors.py",
        },
    )
    merge.begin(THREADS)
    return merge


def test_threads_that_write_at_once(subject) -> None:
    threads = [
        threading.Thread(target=subject.write_many, args=(number, LINES))
        for number in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    count = subject.shown_count
    assert count + subject.total_lost() == THREADS * LINES
    entries = [subject.entry(index) for index in range(count)]
    assert [entry >> 16 for entry in entries] == list(range(count))
    if subject.total_lost() == 0:
        for number in range(THREADS):
            digits = [entry & 0xFF for entry in entries if entry >> 8 & 0xFF == number]
            assert digits == [index % 10 for index in range(LINES)]


def test_the_order_is_that_in_which_lines_began(subject) -> None:
    order = [2, 0, 0, 3, 1, 2, 3, 3, 0]
    start = subject.shown_count
    for number in order:
        subject.put(number)
    subject.take_all()
    assert [subject.entry(start + index) >> 8 & 0xFF for index in range(len(order))] == order


def test_a_processor_that_has_no_ring_yet_writes_nothing(subject) -> None:
    start = subject.shown_count
    subject.put(5)
    subject.put(1)
    subject.take_all()
    assert subject.shown_count == start + 1
