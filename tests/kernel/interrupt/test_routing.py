"""Routing against a table: which line has which handlers, and what its chip was told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native

HERE = Path(__file__).parent
CPU = HERE.parent / "cpu"
LOW, EDGE, SHARED = 1, 2, 4
BEFORE_CHIPS = 300  # a line that got a handler before there was a chip

steps = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "remove", "deliver"]),
        st.integers(0, 15),
        st.sampled_from([3, 9, 23, 24, 300]),
        st.sampled_from([EDGE, SHARED, SHARED | LOW]),
    ),
    max_size=60,
)


@pytest.fixture(scope="module")
def subject():
    routing = native(
        HERE / "routing_subject.py",
        replace={
            "kernel.cpu.instructions": CPU / "no_instructions.py",
            "kernel.cpu.processor": CPU / "threads_as_processors.py",
            "kernel.cpu.port": HERE.parent / "io" / "serial_model.py",
        },
    )
    routing.begin()
    routing.add(255, BEFORE_CHIPS, SHARED, 7)
    assert routing.line_state(BEFORE_CHIPS)[0] == 0
    routing.add_chip(0, 0, 24)
    routing.add_chip(1, 24, 400)
    vector, signal, target = routing.line_state(BEFORE_CHIPS)
    assert vector >= 32
    assert (signal, target) == (SHARED, 7)
    routing.remove(255)
    assert routing.line_state(BEFORE_CHIPS)[0] == 0
    return routing


@given(steps)
@settings(max_examples=150)
def test_handlers_are_called_for_their_line_and_no_other(subject, steps) -> None:
    lines: dict[int, list[int]] = {}
    signals: dict[int, int] = {}
    for name, index, line, signal in steps:
        of_index = next((at for at, each in lines.items() if index in each), None)
        if name == "add" and of_index is None:
            others = lines.get(line, [])
            if others and (signals[line] != signal or not signal & SHARED):
                with pytest.raises(Exception, match="LineBusy"):
                    subject.add(index, line, signal, 0)
                continue
            subject.add(index, line, signal, index)
            lines[line] = [*others, index]
            signals[line] = signal
            vector, told_signal, target = subject.line_state(line)
            assert 32 <= vector < 240
            assert told_signal == signal
            assert target == lines[line][0] or others
        elif name == "remove" and of_index is not None:
            subject.remove(index)
            lines[of_index].remove(index)
            assert (subject.line_state(of_index)[0] == 0) == (not lines[of_index])
        elif name == "deliver" and lines.get(line):
            before = [subject.call_count(each) for each in range(16)]
            subject.deliver(subject.line_state(line)[0])
            after = [subject.call_count(each) for each in range(16)]
            called = {each for each in range(16) if after[each] != before[each]}
            assert called == set(lines[line])
    for each in [index for handlers in lines.values() for index in handlers]:
        subject.remove(each)


@pytest.mark.parametrize(("first", "count"), [(0, 24), (23, 2), (423, 1), (0, 1000), (900, 0)])
def test_two_chips_cannot_have_one_line(subject, first: int, count: int) -> None:
    with pytest.raises(Exception, match="ChipExists"):
        subject.add_chip(2, first, count)


def test_vectors_run_out(subject) -> None:
    for index in range(208):
        subject.add(index, 24 + index, EDGE, 0)
    vectors = {subject.line_state(24 + index)[0] for index in range(208)}
    assert vectors == set(range(32, 240))
    with pytest.raises(Exception, match="NoVector"):
        subject.add(208, 24 + 208, EDGE, 0)
    for index in range(208):
        subject.remove(index)


def let_late_one_come(subject, vector: int) -> None:
    """Let what was on its way for the handlers of other tests come."""
    subject.set_claims(0, False)
    subject.deliver(vector)
    subject.set_claims(0, True)
    subject.deliver(vector)


def test_what_no_handler_claims_is_counted_and_ended(subject) -> None:
    subject.add(0, 5, SHARED, 0)
    vector = subject.line_state(5)[0]
    let_late_one_come(subject, vector)
    ends, (count, _) = subject.ends, subject.statistics(vector)
    for is_mine, unclaimed in [(True, 0), (False, 1), (False, 2), (True, 0)]:
        subject.set_claims(0, is_mine)
        subject.deliver(vector)
        assert subject.statistics(vector)[1] == unclaimed
    assert subject.statistics(vector)[0] == count + 4
    assert subject.ends == ends + 4
    subject.remove(0)


def test_one_that_was_on_its_way_when_its_handler_went_is_none_to_warn_of(subject) -> None:
    subject.add(0, 5, SHARED, 0)
    vector = subject.line_state(5)[0]
    subject.remove(0)
    for unclaimed in (0, 1, 2):
        subject.deliver(vector)
        assert subject.statistics(vector)[1] == unclaimed
    subject.add(0, 5, SHARED, 0)
    subject.set_claims(0, True)
    subject.deliver(subject.line_state(5)[0])
    subject.remove(0)


def test_one_that_comes_when_there_is_another_handler_is_none_to_warn_of(subject) -> None:
    """As where a driver is replaced, which may have taken what the device had before the interrupt arrives."""
    subject.add(0, 5, SHARED, 0)
    subject.remove(0)
    subject.add(0, 5, SHARED, 0)
    vector = subject.line_state(5)[0]
    subject.set_claims(0, False)
    for unclaimed in (0, 1, 2):
        subject.deliver(vector)
        assert subject.statistics(vector)[1] == unclaimed
    subject.set_claims(0, True)
    subject.deliver(vector)
    subject.remove(0)


def test_a_line_that_does_not_stop_is_kept_out(subject) -> None:
    subject.add(0, 5, SHARED, 0)
    vector = subject.line_state(5)[0]
    let_late_one_come(subject, vector)
    subject.set_claims(0, False)
    for _ in range(9_999):
        subject.deliver(vector)
    assert subject.line_state(5)[0] == vector
    subject.deliver(vector)
    assert subject.line_state(5)[0] == 0
    subject.set_claims(0, True)
    subject.deliver(vector)
    subject.remove(0)


def test_a_vector_without_handlers_is_survived(subject) -> None:
    ends = subject.ends
    subject.deliver(239)
    assert subject.ends == ends + 1
