"""Programs at random print the same under CPython and compiled.

Every time, a few with a fixed seed. With PATCHWORK_LONG=1, for PATCHWORK_MINUTES (60), from the seed
PATCHWORK_SEED (1) on; the seed of a program that shows a difference is in the report, with what is left of
the program when every statement that does not matter is gone.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.programs.written.comparison import Difference, difference, reduced
from tests.programs.written.writer import programs

IS_LONG = bool(os.environ.get("PATCHWORK_LONG"))
SEED = int(os.environ.get("PATCHWORK_SEED", "1"))
MINUTES = float(os.environ.get("PATCHWORK_MINUTES", "60"))
FUNCTIONS = 20  # of a program


def written(number: int, count: int) -> list[str]:
    """Return programs that a seed stands for."""
    found: list[str] = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(programs(FUNCTIONS))
    def write(text: str) -> None:
        found.append(text)

    write()
    return found


def compare(number: int, count: int, folder: Path, build: str) -> None:
    for text in written(number, count):
        found = difference(text, folder, build)
        if found is None:
            continue
        short = reduced(text, lambda each: _fails_alike(each, folder, build, found))
        pytest.fail(f"seed {number}, {build}: {difference(short, folder, build)}\n{short}")


def _fails_alike(text: str, folder: Path, build: str, first: Difference) -> bool:
    """True if a program shows a difference, and is refused if and only if that was the difference, and for that."""
    found = difference(text, folder, build)
    return found is not None and found.refused == first.refused


@pytest.mark.parametrize("build", ["checked", "release"])
def test_programs_at_random_do_what_they_do_under_cpython(build: str, tmp_path: Path) -> None:
    compare(SEED, 2, tmp_path, build)


@pytest.mark.skipif(not IS_LONG, reason="set PATCHWORK_LONG=1")
@pytest.mark.timeout(0)
def test_programs_at_random_for_long(tmp_path: Path) -> None:
    end = time.monotonic() + 60 * MINUTES
    number = SEED
    while time.monotonic() < end:
        compare(number, 5, tmp_path, "release" if number % 4 == 0 else "checked")
        number += 1
    print(f"seeds {SEED} to {number - 1}: no difference")


def test_a_difference_is_reduced_to_what_shows_it() -> None:
    text = (
        "a = 1\nif a:\n    b = 2\n    print(b)\nfor c in range(3):\n    print('x', c)\n    a += c\n"
    )
    assert reduced(text, lambda each: "'x'" in each) == "print('x', c)\n"
