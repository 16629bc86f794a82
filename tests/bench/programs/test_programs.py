"""The whole programs: what the C files compute is what the Python files compute, compiled and not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tools.bench import program_builds
from tools.bench.program_builds import CPYTHON, OURS, C
from tools.bench.running_program import RunningProgram

ROUNDS = (1, 2, 1)


@pytest.mark.parametrize("name", program_builds.names())
def test_all_compute_the_same_and_every_round_counts(name: str, tmp_path: Path) -> None:
    expected = checksums(name, C, tmp_path)
    assert checksums(name, OURS, tmp_path) == expected
    assert checksums(name, CPYTHON, tmp_path) == expected
    assert expected[0] == expected[2] != expected[1]


def checksums(name: str, peer: str, directory: Path) -> list[int]:
    command = program_builds.build(name, peer, directory)
    with RunningProgram(peer, command, min(os.sched_getaffinity(0))) as program:
        return [program.measure(rounds).checksum for rounds in ROUNDS]
