"""The run queue against the paper, in exact arithmetic."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native
from tests.kernel.sched.run_queue_model import MS, NOBODY, SLICE, SUBJECT, UNITS, Queue, signed


@pytest.fixture(scope="module")
def subject():
    return native(SUBJECT)


@pytest.fixture
def queue(subject):
    queue = Queue(subject)
    yield queue
    queue.empty()


weights = st.integers(1, 64)
steps = st.lists(
    st.tuples(
        st.sampled_from(["join", "join", "leave", "run", "run", "pick", "yield", "weigh"]),
        st.integers(0, 39),
        weights,
        st.integers(0, 12 * MS),
    ),
    max_size=80,
)


@given(steps, st.integers(0, 1 << 50))
@settings(max_examples=400)
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
            elif name == "yield" and queue.running != NOBODY:
                before, lag = queue.running, queue.lag_ns(queue.running)
                after = queue.pick_other()
                assert (after == before) == (len(queue.members) == 1)
                assert queue.eligible(after) <= queue.virtual_time()
                assert queue.lag_ns(before) <= max(lag, Fraction(64, UNITS))
            elif name == "weigh":
                queue.reweight(number, weight, max(amount % (10 * MS), 1000))
            elif queue.members:
                chosen = queue.pick()
                assert queue.eligible(chosen) <= queue.virtual_time()
                assert queue.deadline(chosen) == queue.best_deadline()
            elif name == "pick":
                assert queue.pick() == NOBODY
            assert subject.is_sound(0)
            assert subject.weight(0) == sum(queue.members.values())
            assert sum(subject.lag(0, number) for number in queue.members) == 0
    finally:
        queue.empty()


@given(
    st.lists(weights, min_size=1, max_size=12),
    st.lists(st.integers(100_000, 10 * MS), min_size=12, max_size=12),
)
@settings(max_examples=60)
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
@settings(max_examples=60)
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
@settings(max_examples=100)
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


@given(st.lists(weights, min_size=2, max_size=10), st.integers(0, 100 * MS), weights, st.data())
@settings(max_examples=100)
def test_a_new_weight_keeps_all_lags(subject, shares, ns, weight, data) -> None:
    queue = Queue(subject)
    try:
        for number, share in enumerate(shares):
            queue.add(number, share)
        queue.run(ns)
        lags = [queue.lag_ns(number) for number in range(len(shares))]
        changed = data.draw(st.sampled_from(range(len(shares))))
        queue.reweight(changed, weight)
        for number, lag in enumerate(lags):
            assert abs(queue.lag_ns(number) - lag) <= Fraction(4 * 64, UNITS)
        queue.run(2 * ns)
        assert sum(queue.lag_ns(number) for number in queue.members) == 0
    finally:
        queue.empty()


@given(st.lists(weights, min_size=2, max_size=10), st.integers(0, 100 * MS), weights, st.data())
@settings(max_examples=100)
def test_a_new_weight_keeps_the_lag_of_one_that_sleeps(subject, shares, ns, weight, data) -> None:
    queue = Queue(subject)
    try:
        for number, share in enumerate(shares):
            queue.add(number, share)
        queue.run(ns)
        sleeper = data.draw(st.sampled_from(range(len(shares))))
        lag = queue.lag_ns(sleeper)
        queue.remove(sleeper)
        queue.reweight(sleeper, weight)
        subject.join(0, sleeper)
        queue.members[sleeper] = weight
        assert abs(queue.lag_ns(sleeper) - lag) <= Fraction(4 * 64, UNITS)
    finally:
        queue.empty()


@given(st.lists(weights, min_size=2, max_size=10), st.integers(1, 100 * MS), st.data())
@settings(max_examples=150)
def test_a_debt_is_paid_by_staying_away(subject, shares, ns, data) -> None:
    """As if the debtor had stayed without being served, whose lag rises with its weight's share of the time."""
    queue = Queue(subject)
    try:
        for number, share in enumerate(shares):
            queue.add(number, share)
        queue.run(ns)
        debtor = min(queue.members, key=queue.lag_ns)
        lag, weight, total = queue.lag_ns(debtor), shares[debtor], sum(shares)
        away = data.draw(st.integers(0, int(2 * -lag * total / weight) + 1))
        queue.remove(debtor)
        queue.run(away)
        moves = data.draw(st.booleans())
        if moves:
            subject.settle(0, debtor)
        queue.add(debtor, weight, keeps_lag=True)
        expected = min(lag + Fraction(away * weight, total), Fraction(0))
        # Each charge rounds the time of one entity, to units of its weight.
        assert abs(queue.lag_ns(debtor) - expected) <= 2 + Fraction(away, 100_000)
    finally:
        queue.empty()


@given(st.lists(weights, min_size=2, max_size=10), st.integers(0, 50 * MS), st.data())
@settings(max_examples=100)
def test_what_is_owed_to_an_entity_waits_for_it(subject, shares, ns, data) -> None:
    queue = Queue(subject)
    try:
        for number, share in enumerate(shares):
            queue.add(number, share)
        queue.run(ns)
        creditor = max(queue.members, key=queue.lag_ns)
        lag = queue.lag_ns(creditor)
        queue.remove(creditor)
        queue.run(data.draw(st.integers(0, 50 * MS)))
        queue.add(creditor, shares[creditor], keeps_lag=True)
        assert abs(queue.lag_ns(creditor) - min(lag, SLICE)) <= Fraction(4 * 64, UNITS)
    finally:
        queue.empty()


def test_no_debt_outlives_an_empty_queue(queue) -> None:
    queue.add(0, 1)
    queue.add(1, 1)
    queue.pick()
    queue.pass_time(SLICE)
    queue.remove(0)
    queue.remove(1)
    queue.pass_time(1000)
    queue.add(1, 1)
    queue.add(0, 1, keeps_lag=True)
    assert queue.lag_ns(0) == 0


def test_the_first_request_is_as_long_as_an_entity_runs_between_sleeps(subject, queue) -> None:
    queue.add(0, 1)
    queue.add(1, 1)
    for _ in range(40):
        queue.pass_time(5 * SLICE)
        while queue.pick() != 1:
            queue.pass_time(SLICE)
        queue.pass_time(50_000)
        queue.remove(1)
        queue.run(5 * MS)
        subject.join(0, 1)
        queue.members[1] = 1
    assert subject.first_request(1) / UNITS == pytest.approx(50_000, rel=0.1)
    assert queue.deadline(1) - queue.eligible(1) == subject.first_request(1)
    assert queue.pick() == 1
    queue.pass_time(60_000)
    assert queue.deadline(1) - queue.eligible(1) == SLICE * UNITS


def test_a_sleeper_among_a_hundred_hogs_wakes_within_the_bound(subject, queue) -> None:
    """It sleeps 1 ms and runs 5 us, less than its share of 9.9 us for each ms.

    The paper's bound (theorem 1) is its deadline, which is its request over its share, and the longest
    request of the others. Mostly it runs at once.
    """
    hogs, sleeper, burst = 100, 500, 5000
    for number in range(hogs):
        queue.add(number, 32)
    queue.run(700 * MS)
    queue.add(sleeper, 32)
    late = []
    ran = [subject.ran_ns(number) for number in range(hogs)]
    start = queue.now
    for _ in range(3000):
        woken = queue.now
        while queue.pick() != sleeper:
            queue.pass_time(subject.slice_left(0))
        late.append(queue.now - woken)
        queue.pass_time(burst)
        queue.remove(sleeper)
        queue.run(1 * MS)
        subject.join(0, sleeper)
        queue.members[sleeper] = 32
    request = max(subject.first_request(sleeper) * 32 // UNITS, burst)
    late = sorted(late[100:])  # by then it knows its burst
    assert late[len(late) // 2] == 0
    assert late[len(late) * 98 // 100] == 0
    assert late[-1] <= request * (hogs + 1) + SLICE
    times = [subject.ran_ns(number) - before for number, before in enumerate(ran)]
    ideal = (queue.now - start - burst * 3000) / hogs
    assert all(abs(time - ideal) <= 2 * SLICE for time in times)


habits = st.lists(
    st.tuples(st.integers(1000, 8 * MS), st.integers(1000, 8 * MS)), min_size=1, max_size=8
)


@given(st.lists(weights, min_size=2, max_size=6), habits)
@settings(max_examples=80)
def test_no_habit_of_sleeping_gains_more_than_the_share(subject, shares, habit) -> None:
    """Entity 0 runs and sleeps by turns, the others never sleep: nobody pays more for it than if it never slept."""
    queue = Queue(subject)
    try:
        for number, weight in enumerate(shares):
            queue.add(number, weight)
        start = queue.now
        ran = [subject.ran_ns(number) for number in range(len(shares))]
        for burst, pause in habit * 12:
            left = burst
            while left > 0:
                is_chosen = queue.pick() == 0
                step = min(subject.slice_left(0), left) if is_chosen else subject.slice_left(0)
                queue.pass_time(step)
                left -= step if is_chosen else 0
            queue.remove(0)
            queue.run(pause)
            queue.add(0, shares[0], keeps_lag=True)
            passed, total = queue.now - start, sum(shares)
            gained = subject.ran_ns(0) - ran[0] - passed * shares[0] / total
            assert gained <= 2 * SLICE
            for number in range(1, len(shares)):
                fair = passed * shares[number] / total
                assert subject.ran_ns(number) - ran[number] >= fair - 2 * SLICE
    finally:
        queue.empty()


def test_who_gives_up_slices_all_the_time_is_not_forgotten(subject, queue) -> None:
    queue.add(0, 1)
    queue.add(1, 1)
    for _ in range(2000):
        queue.pick_other()
        queue.pass_time(1000)
    queue.add(2, 1)
    before = [subject.ran_ns(number) for number in range(3)]
    queue.run(60 * MS)
    for number in range(3):
        assert abs(subject.ran_ns(number) - before[number] - 20 * MS) <= 2 * SLICE


def test_a_machine_that_stood_still_for_hours_goes_on(subject, queue) -> None:
    """A stopped virtual machine: one entity seems to have run all the time."""
    for number in range(50):
        queue.add(number, 64)
    queue.pick()
    queue.pass_time(5 * 3600 * 1_000_000_000)
    assert sum(subject.lag(0, number) for number in queue.members) == 0
    queue.run(10_000 * MS)
    before = [subject.ran_ns(number) for number in range(50)]
    queue.run(3000 * MS)
    assert all(abs(subject.ran_ns(n) - before[n] - 60 * MS) <= 2 * SLICE for n in range(50))


def test_a_debt_of_half_a_year_ago_is_forgotten(queue) -> None:
    queue.add(0, 1)
    queue.add(1, 1)
    queue.pick()
    queue.pass_time(SLICE)
    debtor = queue.running
    queue.remove(debtor)
    queue.pick()
    for _ in range(200):
        queue.pass_time(86_400 * 1_000_000_000)
    queue.add(debtor, 1, keeps_lag=True)
    assert queue.lag_ns(debtor) == 0


def test_a_clock_that_goes_back_a_little_changes_nothing(subject, queue) -> None:
    queue.add(0, 1)
    queue.pick()
    queue.pass_time(1000)
    before = subject.ran_ns(0)
    subject.charge(0, queue.now - 300)
    assert subject.ran_ns(0) == before
    queue.pass_time(500)
    assert subject.ran_ns(0) == before + 500


def test_picking_equals_brute_force_on_a_hundred_thousand_queues(subject) -> None:
    assert subject.count_wrong_picks(100_000, 1) == 0


def test_nobody_starves_among_a_thousand(subject, queue) -> None:
    for number in range(1000):
        queue.add(number, 1 + number % 64)
    before = [subject.ran_ns(number) for number in range(1000)]
    for _ in range(1000 * 64):
        queue.pick()
        queue.pass_time(SLICE)
    assert all(subject.ran_ns(number) > before[number] for number in range(1000))


def test_a_single_entity_runs_for_days(subject, queue) -> None:
    queue.add(0, 64)
    assert queue.pick() == 0
    queue.pass_time(90 * 86_400 * 1_000_000_000)
    queue.add(1, 1)
    queue.run(400 * MS)
    assert subject.ran_ns(1) > 4 * MS


def test_equals_take_turns(subject, queue) -> None:
    queue.add(0, 1)
    queue.add(1, 1)
    turns = []
    for _ in range(6):
        turns.append(queue.pick())
        queue.pass_time(subject.slice_left(0))
    assert turns == [0, 1, 0, 1, 0, 1]


def test_who_gives_up_its_slice_comes_after_the_others(subject, queue) -> None:
    queue.add(0, 1)
    queue.add(1, 1)
    first = queue.pick()
    assert queue.pick_other() != first
    assert queue.pick() != first
