"""The run queue against the paper, in exact arithmetic."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native

HERE = Path(__file__).parent
NOBODY = 9999
UNITS = 1 << 10  # of virtual time in a ns
MASK = (1 << 64) - 1
MS = 1_000_000
SLICE = 3 * MS


@pytest.fixture(scope="module")
def subject():
    return native(HERE / "run_queue_subject.py")


class Queue:
    """One queue under test, with what a plain implementation would know."""

    def __init__(self, subject, number: int = 0, start: int = 0) -> None:
        self.subject = subject
        self.number = number
        self.now = start
        self.members: dict[int, int] = {}  # weight by number
        self.running = NOBODY
        subject.begin(number, start)

    def add(self, number: int, weight: int, slice_ns: int = SLICE, keeps_lag: bool = False) -> None:
        self.subject.set_share(number, weight, slice_ns)
        if not keeps_lag:
            self.subject.forget(number)
        self.pass_time(0)
        self.subject.join(self.number, number)
        self.members[number] = weight

    def remove(self, number: int) -> None:
        self.pass_time(0)
        self.subject.leave(self.number, number)
        del self.members[number]
        if self.running == number:
            self.running = NOBODY

    def empty(self) -> None:
        for number in list(self.members):
            self.remove(number)

    def pass_time(self, ns: int) -> None:
        self.now += ns
        self.subject.charge(self.number, self.now)

    def pick(self) -> int:
        self.running = self.subject.pick(self.number)
        return self.running

    def eligible(self, number: int) -> int:
        """Return an entity's eligible time, counted from that of any member so that it does not wrap."""
        anchor = self.subject.eligible(next(iter(self.members)))
        return signed(self.subject.eligible(number) - anchor)

    def deadline(self, number: int) -> int:
        ahead = signed(self.subject.deadline(number) - self.subject.eligible(number))
        return self.eligible(number) + ahead

    def virtual_time(self) -> Fraction:
        total = sum(weight * self.eligible(number) for number, weight in self.members.items())
        return Fraction(total, sum(self.members.values()))

    def lag_ns(self, number: int) -> Fraction:
        behind = self.virtual_time() - self.eligible(number)
        return self.members[number] * behind / UNITS

    def best_deadline(self) -> int:
        time = self.virtual_time()
        return min(
            self.deadline(number) for number in self.members if self.eligible(number) <= time
        )

    def run(self, ns: int, quantum: int = SLICE) -> None:
        """Let time pass as the scheduler does: whoever is picked runs to the end of its request."""
        end = self.now + ns
        while self.now < end:
            self.pick()
            self.pass_time(min(self.subject.slice_left(self.number), quantum, end - self.now))


def signed(value: int) -> int:
    value &= MASK
    return value - (1 << 64) if value >> 63 else value


weights = st.integers(1, 64)
steps = st.lists(
    st.tuples(
        st.sampled_from(["join", "join", "leave", "run", "run", "pick", "yield"]),
        st.integers(0, 39),
        weights,
        st.integers(0, 12 * MS),
    ),
    max_size=80,
)


@given(steps, st.integers(0, 1 << 50))
@settings(max_examples=400, deadline=None)
def test_the_eligible_entity_with_the_earliest_deadline_runs(subject, steps, start) -> None:
    queue = Queue(subject, start=start)
    try:
        for name, number, weight, amount in steps:
            if name == "join" and number not in queue.members:
                queue.add(number, weight, max(amount % (10 * MS), 1000), keeps_lag=number % 2 == 0)
            elif name == "leave" and number in queue.members:
                queue.remove(number)
            elif name == "run":
                queue.pass_time(amount)
            elif name == "yield":
                subject.give_up_slice(0)
            elif queue.members:
                chosen = queue.pick()
                assert queue.eligible(chosen) <= queue.virtual_time()
                assert queue.deadline(chosen) == queue.best_deadline()
            elif name == "pick":
                assert queue.pick() == NOBODY
            assert subject.weight(0) == sum(queue.members.values())
            assert sum(subject.lag(0, number) for number in queue.members) == 0
    finally:
        queue.empty()


@given(
    st.lists(weights, min_size=1, max_size=12),
    st.lists(st.integers(100_000, 10 * MS), min_size=12, max_size=12),
)
@settings(max_examples=60, deadline=None)
def test_no_lag_exceeds_a_slice(subject, shares, slices) -> None:
    queue = Queue(subject)
    try:
        for number, weight in enumerate(shares):
            queue.add(number, weight, slices[number])
        longest = max(slices[: len(shares)])
        for _ in range(60):
            queue.pick()
            queue.pass_time(subject.slice_left(0))
            for number in queue.members:
                assert -longest - 1000 < queue.lag_ns(number) < longest + 1000
    finally:
        queue.empty()


@given(st.lists(weights, min_size=2, max_size=10), st.integers(50, 400))
@settings(max_examples=60, deadline=None)
def test_shares_are_proportional_to_weights_within_two_slices(subject, shares, ms) -> None:
    queue = Queue(subject)
    try:
        for number, weight in enumerate(shares):
            queue.add(number, weight)
        queue.run(100 * MS)
        before = [subject.ran_ns(number) for number in range(len(shares))]
        queue.run(ms * MS)
        for number, weight in enumerate(shares):
            ideal = ms * MS * weight / sum(shares)
            ran = subject.ran_ns(number) - before[number]
            assert abs(ran - ideal) <= 2 * SLICE
    finally:
        queue.empty()


@given(st.lists(weights, min_size=2, max_size=10), st.integers(0, 100 * MS), st.data())
@settings(max_examples=100, deadline=None)
def test_lag_is_kept_while_away_and_the_others_keep_theirs(subject, shares, ns, data) -> None:
    """The paper's rule: after a departure the lags of the rest still cancel, each moved in proportion."""
    queue, other = Queue(subject), Queue(subject, 1)
    try:
        for number, weight in enumerate(shares):
            queue.add(number, weight)
        other.add(100, 7)
        other.add(101, 20)
        queue.run(ns)
        other.run(ns)
        leaving = data.draw(st.sampled_from(range(len(shares))))
        lag = queue.lag_ns(leaving)
        time, anchor = queue.virtual_time(), subject.eligible((leaving + 1) % len(shares))
        time += signed(subject.eligible(next(iter(queue.members))) - anchor)
        queue.remove(leaving)
        rest = sum(queue.members.values())
        after = queue.virtual_time()
        after += signed(subject.eligible(next(iter(queue.members))) - anchor)
        assert after - time == lag * UNITS / rest

        target = other if data.draw(st.booleans()) else queue
        target.add(leaving, shares[leaving], keeps_lag=True)
        assert abs(target.lag_ns(leaving) - lag) <= Fraction(4 * 64, UNITS)
    finally:
        queue.empty()
        other.empty()


def test_nobody_starves_among_a_thousand(subject) -> None:
    queue = Queue(subject)
    try:
        for number in range(1000):
            queue.add(number, 1 + number % 64)
        before = [subject.ran_ns(number) for number in range(1000)]
        for _ in range(1000 * 64):
            queue.pick()
            queue.pass_time(SLICE)
        assert all(subject.ran_ns(number) > before[number] for number in range(1000))
    finally:
        queue.empty()


def test_a_single_entity_runs_for_days(subject) -> None:
    queue = Queue(subject)
    queue.add(0, 64)
    assert queue.pick() == 0
    queue.pass_time(90 * 86_400 * 1_000_000_000)
    queue.add(1, 1)
    queue.run(400 * MS)
    assert subject.ran_ns(1) > 4 * MS
    queue.empty()


def test_equals_take_turns(subject) -> None:
    queue = Queue(subject)
    queue.add(0, 1)
    queue.add(1, 1)
    turns = []
    for _ in range(6):
        turns.append(queue.pick())
        queue.pass_time(subject.slice_left(0))
    assert turns == [0, 1, 0, 1, 0, 1]
    queue.empty()


def test_who_gives_up_its_slice_comes_after_the_others(subject) -> None:
    queue = Queue(subject)
    queue.add(0, 1)
    queue.add(1, 1)
    first = queue.pick()
    subject.give_up_slice(0)
    assert queue.pick() != first
    queue.empty()
