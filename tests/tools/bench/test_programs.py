"""Whole programs measured beside their peers, the slowest ones left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.bench import program_builds, programs, toolchain
from tools.bench.program_builds import CPYTHON, MYPYC, NUMBA, OURS, C
from tools.bench.programs import Row, limits
from tools.bench.ratios import Ratio


def measured(name: str, ratio: float, mypyc: float) -> Row:
    return Row(name, 1000, Ratio(ratio, ratio, ratio), {MYPYC: mypyc})


def unavailable(directory: Path) -> program_builds.Command:
    raise toolchain.BuildError("not here")


def test_ours_is_measured_against_c_and_the_peers_that_are_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    makers = program_builds.MAKERS | {MYPYC: unavailable, NUMBA: unavailable}
    makers[OURS] = makers[C]
    monkeypatch.setattr(program_builds, "MAKERS", makers)
    row = programs.measure("mandelbrot")
    assert row.ours is not None and row.ours.median == pytest.approx(1.0, abs=0.2)
    assert list(row.peers) == [CPYTHON]
    assert row.peers[CPYTHON] > 2
    assert programs.absences([row, row]) == [
        "no mypyc for mandelbrot, mandelbrot: not here",
        "no numba for mandelbrot, mandelbrot: not here",
    ]


def test_what_does_not_compile_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(program_builds.MAKERS, OURS, unavailable)
    row = programs.measure("mandelbrot")
    assert row.as_json() == {"name": "mandelbrot", "failure": "not here"}
    assert [limit.is_kept for limit in limits([row])] == [False]


def test_a_program_is_held_against_c_and_mypyc() -> None:
    fast, slow = measured("fast", 1.0, mypyc=2.0), measured("slow", 1.2, mypyc=1.1)
    assert [limit.is_kept for limit in limits([fast])] == [True, True, True]
    assert [limit.is_kept for limit in limits([fast, slow])] == [True, True, False]
    assert "slow" in limits([fast, slow])[2].text
