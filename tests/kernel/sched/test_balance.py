"""Placement and balancing against plain Python, and that moving threads about ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler.testing import native

NOWHERE = 0xFFFF
EVERYWHERE = (1 << 64) - 1
loads = st.lists(st.lists(st.integers(1, 64), max_size=5), min_size=1, max_size=16)
masks = st.integers(0, (1 << 16) - 1)


@pytest.fixture(scope="module")
def subject():
    return native(Path(__file__).parent / "balance_subject.py")


def show(subject, threads: list[list[int]]) -> None:
    for number, weights in enumerate(threads):
        subject.set_load(number, sum(weights), len(weights))


@given(loads, masks, st.integers(0, 20), st.booleans())
def test_a_thread_goes_to_an_idle_processor_or_stays_or_goes_to_the_lightest(
    subject, threads, mask, last, is_hot
) -> None:
    show(subject, threads)
    chosen = subject.place(len(threads), mask, last, is_hot)
    allowed = [number for number in range(len(threads)) if mask >> number & 1]
    idle = [number for number in allowed if not threads[number]]
    if not allowed:
        assert chosen == (last if last < len(threads) else 0)
    elif last in idle:
        assert chosen == last
    elif idle:
        assert chosen in idle
    elif last in allowed and is_hot:
        assert chosen == last
    else:
        assert chosen in allowed
        assert sum(threads[chosen]) == min(sum(threads[number]) for number in allowed)


@given(loads, st.integers(0, 15))
def test_an_idle_processor_takes_from_the_busiest_on_which_threads_wait(
    subject, threads, asker
) -> None:
    show(subject, threads)
    chosen = subject.busiest(len(threads), asker)
    shared = [n for n, weights in enumerate(threads) if n != asker and len(weights) > 1]
    if shared:
        assert chosen in shared
        assert sum(threads[chosen]) == max(sum(threads[number]) for number in shared)
    else:
        assert chosen == NOWHERE


@given(loads, st.integers(0, 15), masks)
def test_a_shared_processor_gives_to_the_lightest_that_is_allowed(
    subject, threads, asker, mask
) -> None:
    show(subject, threads)
    chosen = subject.lightest(len(threads), asker, mask)
    others = [n for n in range(len(threads)) if n != asker and mask >> n & 1]
    if others:
        assert chosen in others
        assert sum(threads[chosen]) == min(sum(threads[number]) for number in others)
    else:
        assert chosen == NOWHERE


@given(loads)
def test_giving_threads_away_ends_and_leaves_nothing_to_gain(subject, threads) -> None:
    """Each move makes the sum of squares smaller; in the end no processor has a thread worth moving to the lightest."""
    count = len(threads)
    moves = 0
    progress = True
    while progress:
        progress = False
        for giver in range(count):
            show(subject, threads)
            taker = subject.lightest(count, giver, EVERYWHERE)
            if taker == NOWHERE:
                assert count == 1
                continue
            for weight in threads[giver]:
                if subject.is_gain(sum(threads[giver]), sum(threads[taker]), weight):
                    before = sum(sum(weights) ** 2 for weights in threads)
                    threads[giver].remove(weight)
                    threads[taker].append(weight)
                    assert sum(sum(weights) ** 2 for weights in threads) < before
                    progress = True
                    moves += 1
                    break
    assert moves < 1000
    least = min(sum(weights) for weights in threads)
    for weights in threads:
        assert all(sum(weights) - least <= weight for weight in weights)


def test_equal_threads_spread_evenly(subject) -> None:
    threads: list[list[int]] = [[] for _ in range(8)]
    for _ in range(20):
        show(subject, threads)
        threads[subject.place(8, 0xFF, 0, False)].append(32)
    assert sorted(len(weights) for weights in threads) == [2, 2, 2, 2, 3, 3, 3, 3]
