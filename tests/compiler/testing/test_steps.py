"""Native code that says what it is about to do, so that a test can choose the order in which threads do it."""

from __future__ import annotations

import pytest

from compiler.emit.memory import Step
from compiler.testing import native

STEPS = """
from __future__ import annotations
from lang import Atomic, spin_hint, u64

word: Atomic[u64]
plain: u64

def f() -> None:
    global plain
    word.store(word.load() + 1)
    plain = word.fetch_add(1)
    word.compare_exchange(1, 2)
    spin_hint()
"""


def test_each_atomic_operation_and_spin_hint_is_a_step() -> None:
    steps: list[int] = []
    native(STEPS, step=steps.append).f()
    assert steps == [Step.READ.value, *[Step.WRITE.value] * 3, Step.PAUSE.value]


def test_an_exception_in_a_step_ends_the_call() -> None:
    def refuse(step: int) -> None:
        raise KeyError(step)

    with pytest.raises(KeyError):
        native(STEPS, step=refuse).f()
