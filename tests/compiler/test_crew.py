"""The crew does every task, keeps units with their process, and survives the death of one."""

from __future__ import annotations

import os
import signal

import pytest

from compiler.crew import Crew, Died


def who_did(unit: str, argument: object) -> tuple[object, int]:
    if argument == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return argument, os.getpid()


@pytest.mark.parametrize("size", [1, 2, 3])
def test_every_task_is_done(size: int) -> None:
    with Crew(size, who_did) as crew:
        results = dict(crew.run([(f"unit{n}", n) for n in range(20)]))
    assert {unit: argument for unit, (argument, _) in results.items()} == {
        f"unit{n}": n for n in range(20)
    }


def test_a_unit_stays_with_its_process() -> None:
    tasks = [(f"unit{n}", "first") for n in range(10)]
    with Crew(2, who_did) as crew:
        first = {unit: process for unit, (_, process) in crew.run(tasks)}
        second = {unit: process for unit, (_, process) in crew.run(tasks)}
    assert first == second


def test_a_process_that_dies_costs_its_unit_only() -> None:
    tasks = [(f"unit{n}", "die" if n == 3 else "live") for n in range(8)]
    with Crew(2, who_did) as crew:
        results = dict(crew.run(tasks))
        again = dict(crew.run([("unit3", "live")]))
    assert results["unit3"] == Died("it was ended by SIGKILL")
    assert [unit for unit, result in results.items() if isinstance(result, Died)] == ["unit3"]
    assert again["unit3"][0] == "live"
