"""Times several executables of one workload against each other.

The executables, called variants here, do the same rounds in turn, a few milliseconds each. Element
n of every variant's times was measured within the same few milliseconds, so it is element by
element that they may be compared.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from tools.bench.executable import Executable, WorkloadError

TARGET_NS = 600_000  # a run is so long that reading the clock does not show
REPETITIONS = 4  # of which the fastest counts
TURNS = 10  # in each layout
CALIBRATION_LIMIT = 1 << 32  # rounds


def compare(
    variants: Mapping[str, Sequence[Path]], base: str, turns: int = TURNS
) -> dict[str, list[int]]:
    """Return the times of each variant in nanoseconds.

    variants: for each name, the executable in each layout, equally many for all.
    base: the variant that decides how many rounds make a run.

    Raises:
        WorkloadError: an executable failed, or its checksum differs from the base's.
    """
    processor = max(os.sched_getaffinity(0))
    times: dict[str, list[int]] = {name: [] for name in variants}
    rounds = 0
    for layout in range(len(variants[base])):
        with ExitStack() as stack:
            running = {
                name: stack.enter_context(Executable(paths[layout], processor))
                for name, paths in variants.items()
            }
            rounds = rounds or calibrate(running[base])
            check_agreement(running, base, rounds)
            for turn in range(turns):
                for name in rotated(list(running), turn):
                    sample = running[name].measure(rounds, REPETITIONS)
                    times[name].append(sample.nanoseconds)
    return times


def calibrate(executable: Executable) -> int:
    """Return how many rounds take about as long as a run should.

    Raises:
        WorkloadError: the time does not grow with the rounds.
    """
    rounds = 1
    while rounds < CALIBRATION_LIMIT:
        took = executable.measure(rounds, REPETITIONS).nanoseconds
        if took >= TARGET_NS:
            return rounds
        rounds += 1 + rounds * min(TARGET_NS - took, 4 * took) // took
    raise WorkloadError(f"{executable.path.name} takes no longer for more rounds")


def check_agreement(running: Mapping[str, Executable], base: str, rounds: int) -> None:
    """Compare the checksums of all variants, and warm them up.

    Raises:
        WorkloadError: a checksum differs from the base's.
    """
    expected = running[base].measure(rounds, 1).checksum
    for executable in running.values():
        checksum = executable.measure(rounds, 1).checksum
        if checksum != expected:
            raise WorkloadError(
                f"{executable.path.name} computes {checksum:#x} in {rounds} rounds, "
                f"and {running[base].path.name} {expected:#x}"
            )


def rotated(names: list[str], turn: int) -> list[str]:
    """Return the names starting with another one each turn, so that none profits from its place."""
    start = turn % len(names)
    return names[start:] + names[:start]
