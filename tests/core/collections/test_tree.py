"""Red-black trees against a sorted list, their invariants checked after every step."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

SUBJECT = "tests.core.collections.tree_subject"
BROKEN = -1

steps = st.lists(
    st.tuples(
        st.sampled_from(["insert", "insert", "remove", "weigh"]),
        st.integers(0, 63),
        st.integers(-20, 20),
        st.integers(0, 1000),
    ),
    max_size=80,
)


def numbers(read) -> list[int]:
    into = [0] * 64
    return into[: read(into)]


class Model:
    """The nodes in order, as a sorted list whose sort is stable."""

    def __init__(self) -> None:
        self.nodes: dict[int, list[int]] = {}  # number: [key, weight], in order of insertion

    def in_order(self) -> list[int]:
        return sorted(self.nodes, key=lambda number: self.nodes[number][0])

    def total(self) -> int:
        return sum(weight for _, weight in self.nodes.values())


@given(steps)
@settings(max_examples=150)
def test_a_tree_is_a_sorted_list(implementation, steps) -> None:
    subject, model = implementation(SUBJECT).Subject(), Model()
    for step, number, key, weight in steps:
        if step == "insert" and number not in model.nodes:
            subject.insert(number, key, weight)
            model.nodes[number] = [key, weight]
        elif step == "remove" and number in model.nodes:
            subject.remove(number)
            del model.nodes[number]
        elif step == "weigh" and number in model.nodes:
            subject.set_weight(number, weight)
            model.nodes[number][1] = weight

        assert numbers(subject.numbers) == model.in_order()
        assert numbers(subject.numbers_backward) == model.in_order()[::-1]
        assert subject.total() == model.total()
        assert subject.black_height() != BROKEN


@given(st.permutations(range(40)), st.permutations(range(40)))
@settings(max_examples=30)
def test_filling_and_emptying_in_any_order(implementation, arriving, leaving) -> None:
    subject = implementation(SUBJECT).Subject()
    for number in arriving:
        subject.insert(number, number, 1)
        assert subject.black_height() != BROKEN
    assert numbers(subject.numbers) == sorted(arriving)
    for left, number in enumerate(leaving):
        subject.remove(number)
        assert subject.black_height() != BROKEN
        assert subject.total() == 39 - left
    assert subject.black_height() == 0
