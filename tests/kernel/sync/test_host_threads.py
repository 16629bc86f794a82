"""Locks, wait queues, futexes and RCU among threads of the host, which run at the same time; PATCHWORK_LONG=1 for a hundred times as long."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from compiler.cache import PROJECT
from compiler.testing import native
from tests.kernel.sync.explored import EXPLORED, REPLACED

TIMES = 1000
ROUNDS = 100 if os.environ.get("PATCHWORK_LONG") else 1


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


def time_out_and_wake(subject) -> bool:
    """Return whether those who were woken are those who say so; enough must be, and enough must give up."""
    subject.reset()
    subject.expect(2)
    in_threads(subject, [*[lambda: subject.wait_in_vain(5000)] * 2, subject.wake_all_along])
    assert subject.total + subject.given_up == 10_000
    assert min(subject.total, subject.given_up) > 0
    return subject.woken == subject.total


def test_who_times_out_was_not_woken() -> None:
    subject = subject_of("futex")
    assert all(time_out_and_wake(subject) for _ in range(ROUNDS))


def test_a_wake_up_that_meets_a_time_out_is_noticed() -> None:
    text = (PROJECT / "kernel" / "sync" / "futex.py").read_text()
    right = "return WakeReason.WOKEN if leave(bucket, waiter) else reason"
    assert right in text
    wrong = text.replace(right, "leave(bucket, waiter)\n    return reason")
    subject = subject_of("futex", {"kernel.sync.futex": wrong})
    assert not all(time_out_and_wake(subject) for _ in range(50))


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


def add_together(subject) -> bool:
    subject.expect(3)
    in_threads(subject, [lambda: subject.add_for_long(TIMES)] * 3)
    return subject.total == 3 * TIMES


def read_beside_writers(subject) -> bool:
    subject.expect(4)
    writers = [lambda: subject.write_pairs(TIMES)] * 2
    in_threads(subject, [*writers, *[lambda: subject.read_pairs(TIMES)] * 2])
    return subject.wrong == 0 and subject.first == subject.second == 2 * TIMES


def read_what_changes(subject) -> bool:
    subject.expect(4)
    writers = [lambda: subject.write_sequences(TIMES)] * 2
    in_threads(subject, [*writers, *[lambda: subject.read_sequences(TIMES)] * 2])
    return subject.wrong == 0 and subject.first == subject.second == 2 * TIMES


def take_turns(subject) -> bool:
    subject.expect(3)
    in_threads(subject, [lambda mine=mine: subject.take_turns(mine, 3, TIMES) for mine in range(3)])
    return subject.wrong == 0 and subject.total == 3 * TIMES


def take_what_is_ready(subject) -> bool:
    subject.expect(3)
    takers = [lambda: subject.take_often(TIMES)] * 2
    in_threads(subject, [*takers, lambda: subject.hand_over_often(2 * TIMES)])
    return subject.wrong == 0 and subject.total == 2 * TIMES


def take_in_time(subject) -> bool:
    subject.expect(3)
    takers = [subject.take_impatiently] * 2
    in_threads(subject, [*takers, lambda: subject.hand_over_and_close(TIMES)])
    assert subject.given_up > 0
    return subject.total == TIMES


@pytest.mark.parametrize(
    "goes_well",
    [
        add_together,
        read_beside_writers,
        read_what_changes,
        take_turns,
        take_what_is_ready,
        take_in_time,
    ],
)
def test_locks_hold_for_long(goes_well: Callable[[object], bool]) -> None:
    subject = subject_of("locks")
    for _ in range(ROUNDS):
        subject.reset()
        assert goes_well(subject)


BUGS = {
    "a mutex is taken in two steps": (
        "mutex",
        "self.word.compare_exchange(FREE, HELD, Order.ACQUIRE) != FREE",
        "self.word.load() != FREE",
        add_together,
    ),
    "readers enter beside a writer": (
        "rw_lock",
        "may_enter = word & in_the_way == 0",
        "may_enter = word & in_the_way == 0 or entry == READER",
        read_beside_writers,
    ),
    "a reader does not look again": (
        "seq_lock",
        "return self.sequence.load(Order.RELAXED) != sequence",
        "return sequence % 2 != 0",
        read_what_changes,
    ),
    "a sleeper looks before it says that it sleeps": (
        "wait_queue",
        "sleep.begin_sleep()\n            self.join(waiter)\n            if condition():",
        "is_true = condition()\n            sleep.until(0)\n            sleep.begin_sleep()\n            self.join(waiter)\n            if is_true:",
        take_turns,
    ),
    "who times out says so, whatever it has taken": (
        "wait_queue",
        "return WakeReason.WOKEN if condition() else reason",
        "condition()\n                return reason",
        take_in_time,
    ),
}


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_met(bug: str) -> None:
    module, right, wrong, goes_well = BUGS[bug]
    text = (PROJECT / "kernel" / "sync" / f"{module}.py").read_text()
    assert right in text
    subject = subject_of("locks", {f"kernel.sync.{module}": text.replace(right, wrong, 1)})

    def goes_wrong() -> bool:
        subject.reset()
        try:
            return not goes_well(subject)
        except AssertionError:  # a thread waited for ever
            return True

    assert any(goes_wrong() for _ in range(50))
