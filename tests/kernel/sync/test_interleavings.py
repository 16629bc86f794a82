"""Locks and wait queues in every order of the steps of two or three threads; and each planted bug is found."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from compiler.cache import PROJECT
from compiler.testing import native
from tests.kernel.sync.explored.explorer import Explorer

HERE = Path(__file__).parent
EXPLORED = HERE / "explored"
REPLACED = {
    "kernel.cpu.instructions": HERE.parent / "cpu" / "no_instructions.py",
    "kernel.cpu.processor": EXPLORED / "processor.py",
    "kernel.sched.scheduler": EXPLORED / "scheduler.py",
    "kernel.sched.sleep": EXPLORED / "sleep.py",
    "kernel.sched.thread": EXPLORED / "thread.py",
}

# Scenario: the functions of each thread, and what holds at the end.
Check = Callable[[object], bool]
SCENARIOS: dict[str, tuple[list[list[str]], Check]] = {
    "spin": ([["add_with_spin"]] * 3, lambda subject: subject.total == 3),
    "mutex": ([["add_with_mutex"] * 2] * 2, lambda subject: subject.total == 4),
    "rw_lock": (
        [["write_pair"], ["read_pair"], ["write_pair"]],
        lambda subject: subject.first == 2,
    ),
    "seq_lock": (
        [["write_sequence"] * 2, ["read_sequence"]],
        lambda subject: subject.second == 2,
    ),
    "wait": ([["wait_until_ready"], ["make_ready"]], lambda subject: subject.is_ready),
    "hand_over": (
        [["take_ready"], ["take_ready"], ["hand_over"] * 2],
        lambda subject: not subject.is_ready,
    ),
    "either": ([["wait_for_either"], ["make_ready"]], lambda subject: subject.is_ready),
}

# A planted bug: the module, what it says, what it says wrongly, and the scenario in which that shows.
BUGS = {
    "a waiter does not say that it waits": (
        "mutex",
        "self.word.swap(CONTENDED, Order.ACQUIRE)",
        "self.word.swap(HELD, Order.ACQUIRE)",
        "mutex",
        "wait for each other",
    ),
    "a mutex is taken in two steps": (
        "mutex",
        "if self.word.compare_exchange(FREE, HELD, Order.ACQUIRE) != FREE:\n            self._wait()",
        "if self.word.load() != FREE:\n            self._wait()\n        self.word.store(HELD)",
        "mutex",
        "AssertionError",
    ),
    "a sleeper looks before it says that it sleeps": (
        "wait_queue",
        "sleep.begin_sleep()\n            self.join(waiter)\n            if condition():",
        (
            "is_true = condition()\n            sleep.begin_sleep()\n            self.join(waiter)\n"
            "            if is_true:"
        ),
        "wait",
        "wait for each other",
    ),
    "a thread looks before it is in all queues": (
        "wait_queue",
        "_join_all(waiters)\n        is_true = condition()",
        "is_true = condition()\n        _join_all(waiters)",
        "either",
        "wait for each other",
    ),
    "a wake-up that is not needed is kept": (
        "wait_queue",
        "if was_woken:",
        "if False:",
        "hand_over",
        "wait for each other",
    ),
    "readers enter beside a writer": (
        "rw_lock",
        "WRITER | WAITING if entry == READER",
        "WAITING if entry == READER",
        "rw_lock",
        "AssertionError",
    ),
    "who is admitted forgets the others": (
        "rw_lock",
        "word if self.queue.is_empty else word | WAITING",
        "word",
        "rw_lock",
        "wait for each other",
    ),
    "a reader begins amidst a writer": (
        "seq_lock",
        "while sequence % 2 != 0:",
        "while sequence % 2 > 1:",
        "seq_lock",
        "AssertionError",
    ),
    "a reader does not look again": (
        "seq_lock",
        "return self.sequence.load(Order.RELAXED) != sequence",
        "return sequence % 2 != 0",
        "seq_lock",
        "AssertionError",
    ),
    "the next one in the queue is not told": (
        "spin_lock",
        "nodes[behind - 1].is_waiting.store(False",
        "nodes[behind - 1].is_waiting.store(True",
        "spin",
        "wait for each other",
    ),
}


@cache
def explorer() -> Explorer:
    return Explorer()


@cache
def take_step():
    return explorer().step


def explore(scenario: str, replaced: dict[str, str | Path]) -> str | None:
    """Return what went wrong in any order, None if nothing."""
    subject = native(
        EXPLORED / "subject.py",
        replace={**REPLACED, **replaced},
        build="release",
        step=take_step(),
    )
    threads, is_right = SCENARIOS[scenario]
    done: list[int] = []

    def prepare() -> None:
        done.clear()
        subject.reset()

    def body(number: int, names: list[str]) -> Callable[[], None]:
        def run() -> None:
            subject.become(number)
            for name in names:
                getattr(subject, name)()
            done.append(number)
            assert subject.wrong == 0
            assert len(done) < len(threads) or is_right(subject)

        return run

    bodies = [body(number, names) for number, names in enumerate(threads)]
    # Three threads have too many orders with two preemptions.
    return explorer().explore(prepare, bodies, bound=4 - len(threads))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_order_goes_well(scenario: str) -> None:
    assert explore(scenario, {}) is None
    assert explorer().runs > 1


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found(bug: str) -> None:
    module, right, wrong, scenario, expected = BUGS[bug]
    text = (PROJECT / "kernel" / "sync" / f"{module}.py").read_text()
    assert right in text
    failure = explore(scenario, {f"kernel.sync.{module}": text.replace(right, wrong)})
    assert failure is not None and expected in failure
