"""Locks and wait queues in every order of the steps of two or three threads; and each planted bug is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from compiler.cache import PROJECT
from compiler.testing import native
from tests.kernel.sync.explored import EXPLORED, REPLACED
from tests.kernel.sync.explored.explorer import Explorer

Check = Callable[[object], bool]


@dataclass(frozen=True)
class Scenario:
    """Threads that do something at the same time, and what holds when they have."""

    subject: str
    threads: list[list[str]]  # the functions of each
    is_right: Check = lambda subject: True
    servants: int = 0  # of the last threads, which never end
    bound: int | None = None  # of preemptions; three threads have too many orders with two


SCENARIOS = {
    "spin": Scenario("locks", [["add_with_spin"]] * 3, lambda subject: subject.total == 3),
    "mutex": Scenario("locks", [["add_with_mutex"] * 2] * 2, lambda subject: subject.total == 4),
    "rw_lock": Scenario(
        "locks",
        [["write_pair"], ["read_pair"], ["write_pair"]],
        lambda subject: subject.first == 2,
    ),
    "seq_lock": Scenario(
        "locks",
        [["write_sequence"] * 2, ["read_sequence"]],
        lambda subject: subject.second == 2,
    ),
    "wait": Scenario(
        "locks", [["wait_until_ready"], ["make_ready"]], lambda subject: subject.is_ready
    ),
    "hand_over": Scenario(
        "locks",
        [["take_ready"], ["take_ready"], ["hand_over"] * 2],
        lambda subject: not subject.is_ready,
    ),
    "either": Scenario(
        "locks", [["wait_for_either"], ["make_ready"]], lambda subject: subject.is_ready
    ),
    "rcu_wait": Scenario("rcu", [["read"] * 2, ["replace_and_wait"] * 2]),
    "rcu_nested": Scenario("rcu", [["read_inside"], ["replace_and_wait"]]),
    "rcu_call": Scenario(
        "rcu",
        [["replace_and_go_on"] * 2 + ["finish"], ["read"], ["collect"]],
        lambda subject: subject.freed == 2,
        servants=1,
    ),
    "rcu_collect": Scenario("rcu", [["replace_and_go_on"], ["read"], ["collect_once"]], bound=2),
    "futex_flag": Scenario("futex", [["wait_for_flag"], ["raise_flag"]]),
    "futex_flags": Scenario("futex", [["wait_for_flag"], ["wait_for_flag"], ["raise_flag"]]),
    "futex_lock": Scenario(
        "futex", [["add_with_lock"] * 2] * 2, lambda subject: subject.total == 4
    ),
    "futex_count": Scenario(
        "futex",
        [["wait_once"], ["raise_and_count"]],
        lambda subject: subject.woken + subject.refused == 1,
    ),
    "futex_refusal": Scenario(
        "futex",
        [["wait_at_no_word"], ["wait_at_no_word"]],
        lambda subject: subject.refused == 2,
    ),
}

# A planted bug: the module, what it says and what it says wrongly, and the scenario in which that shows.
BUGS = {
    "a waiter does not say that it waits": (
        "sync/mutex",
        [
            ("self.word.swap(CONTENDED, Order.ACQUIRE)", "self.word.swap(HELD, Order.ACQUIRE)"),
        ],
        "mutex",
        "wait for each other",
    ),
    "a mutex is taken in two steps": (
        "sync/mutex",
        [
            (
                "if self.word.compare_exchange(FREE, HELD, Order.ACQUIRE) != FREE:\n            self._wait(place)",
                "if self.word.load() != FREE:\n            self._wait(place)\n        self.word.store(HELD)",
            ),
        ],
        "mutex",
        "AssertionError",
    ),
    "a sleeper looks before it says that it sleeps": (
        "sync/wait_queue",
        [
            (
                "sleep.begin_sleep()\n            self.join(waiter)\n            if condition():",
                "is_true = condition()\n            sleep.begin_sleep()\n            self.join(waiter)\n            if is_true:",
            ),
        ],
        "wait",
        "wait for each other",
    ),
    "a thread looks before it is in all queues": (
        "sync/wait_queue",
        [
            (
                "_join_all(waiters)\n        is_true = condition()",
                "is_true = condition()\n        _join_all(waiters)",
            ),
        ],
        "either",
        "wait for each other",
    ),
    "a wake-up that is not needed is kept": (
        "sync/wait_queue",
        [
            ("if was_woken:", "if False:"),
        ],
        "hand_over",
        "wait for each other",
    ),
    "readers enter beside a writer": (
        "sync/rw_lock",
        [
            ("WRITER | WAITING if entry == READER", "WAITING if entry == READER"),
        ],
        "rw_lock",
        "AssertionError",
    ),
    "who is admitted forgets the others": (
        "sync/rw_lock",
        [
            ("word if self.queue.is_empty else word | WAITING", "word"),
        ],
        "rw_lock",
        "wait for each other",
    ),
    "a reader begins amidst a writer": (
        "sync/seq_lock",
        [
            ("while sequence % 2 != 0:", "while sequence % 2 > 1:"),
        ],
        "seq_lock",
        "AssertionError",
    ),
    "a reader does not look again": (
        "sync/seq_lock",
        [
            ("return self.sequence.load(Order.RELAXED) != sequence", "return sequence % 2 != 0"),
        ],
        "seq_lock",
        "AssertionError",
    ),
    "the next one in the queue is not told": (
        "sync/spin_lock",
        [
            ("nodes[behind - 1].is_waiting.store(False", "nodes[behind - 1].is_waiting.store(True"),
        ],
        "spin",
        "wait for each other",
    ),
    "a grace period does not wait for readers": (
        "sync/rcu",
        [
            ("scheduler.picks_of(number) != picks", "scheduler.picks_of(number) >= picks"),
        ],
        "rcu_wait",
        "AssertionError",
    ),
    "calls are taken after the grace period": (
        "sync/rcu",
        [
            (
                "    first: Ptr[Later] | None = None\n    for number",
                "    synchronize()\n    first: Ptr[Later] | None = None\n    for number",
            ),
            ("        return\n    synchronize()\n", "        return\n"),
        ],
        "rcu_collect",
        "AssertionError",
    ),
    "who makes the calls looks before it says that it sleeps": (
        "sync/rcu",
        [
            (
                "sleep.begin_sleep()\n        if is_anything_put_off():",
                "is_any = is_anything_put_off()\n        sleep.begin_sleep()\n        if is_any:",
            ),
        ],
        "rcu_call",
        "wait for each other",
    ),
    "a call is put into a list that was taken": (
        "sync/rcu",
        [
            (
                "seen = mine.newest.compare_exchange(newest, later, Order.RELEASE)\n            if seen == newest:\n                break\n            newest = seen",
                "mine.newest.store(later)\n            break",
            ),
        ],
        "rcu_call",
        "wait for each other",
    ),
    "the end of an inner reading is the end of the outer": (
        "sched/preemption",
        [
            (
                "depth = scheduler.preemption_depth.load() - 1",
                "depth = scheduler.preemption_depth.load() * 0",
            ),
        ],
        "rcu_nested",
        "AssertionError",
    ),
    "a futex looks before it is in the list": (
        "sync/futex",
        [
            (
                "    waiter = Waiter()\n",
                "    has_changed = word.read() != expected\n    waiter = Waiter()\n",
            ),
            ("has_changed = word.read() != expected\n    except", "pass\n    except"),
        ],
        "futex_flag",
        "wait for each other",
    ),
    "a futex says late that it sleeps": (
        "sync/futex",
        [
            ("        sleep.begin_sleep()\n", ""),
            ("    reason = sleep.block", "    sleep.begin_sleep()\n    reason = sleep.block"),
        ],
        "futex_lock",
        "wait for each other",
    ),
    "who is woken stays in the list": (
        "sync/futex",
        [
            (
                "                bucket.waiters.remove(waiter.link)\n                if",
                "                if",
            ),
        ],
        "futex_count",
        "AssertionError",
    ),
    "a wake-up goes to who does not need it": (
        "sync/futex",
        [
            (
                "        if leave(bucket, waiter):\n            return WakeReason.WOKEN\n",
                "        leave(bucket, waiter)\n",
            ),
        ],
        "futex_count",
        "AssertionError",
    ),
}


@cache
def explorer() -> Explorer:
    return Explorer()


@cache
def take_step():
    return explorer().step


def explore(scenario: Scenario, replaced: dict[str, str | Path]) -> str | None:
    """Return what went wrong in any order, None if nothing."""
    subject = native(
        EXPLORED / f"{scenario.subject}_subject.py",
        replace={**REPLACED, **replaced},
        build="release",
        step=take_step(),
    )
    threads = scenario.threads
    last = len(threads) - scenario.servants
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
            assert len(done) < last or scenario.is_right(subject)

        return run

    bodies = [body(number, names) for number, names in enumerate(threads)]
    bound = scenario.bound or 4 - len(threads)
    return explorer().explore(prepare, bodies, bound, scenario.servants)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_order_goes_well(scenario: str) -> None:
    assert explore(SCENARIOS[scenario], {}) is None
    assert explorer().runs > 1


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found(bug: str) -> None:
    module, changes, scenario, expected = BUGS[bug]
    text = (PROJECT / "kernel" / f"{module}.py").read_text()
    for right, wrong in changes:
        assert right in text
        text = text.replace(right, wrong, 1)
    failure = explore(SCENARIOS[scenario], {f"kernel.{module.replace('/', '.')}": text})
    assert failure is not None and expected in failure
