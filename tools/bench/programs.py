"""`./patchwork bench programs`, and part of `bench compiler`: whole programs beside their peers.

All run interleaved, one round after the other; only runs next to each other are divided by each other, and
of each few the fastest counts (tools/bench). C runs long enough for a clock to show it, and the others do the
same rounds.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tools.bench import program_builds, report
from tools.bench.executable import WorkloadError
from tools.bench.program_builds import CPYTHON, MYPYC, NUMBA, OURS, C
from tools.bench.ratios import Ratio, geometric_mean, paired
from tools.bench.report import Limit
from tools.bench.running_program import RunningProgram
from tools.bench.toolchain import BuildError

PEERS = (CPYTHON, MYPYC, NUMBA)  # which may be missing
TARGET_NS = 2_000_000  # of a run of C
TURNS = 15
REPETITIONS = 3  # of which the fastest counts
SLOW_TURNS = 2  # of a peer that takes so much longer that a disturbance does not show

# What our code may take, where C at -O2 takes 1.
MEAN_LIMIT = 1.25
SINGLE_LIMIT = 2.0


@dataclass(frozen=True)
class Row:
    """What was measured of one program; each figure against C."""

    name: str
    nanoseconds: int = 0  # of C, for one round
    ours: Ratio | None = None
    peers: dict[str, float] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)  # peers that were not measured, and why
    failure: str = ""

    @property
    def is_within_limits(self) -> bool:
        mypyc = self.peers.get(MYPYC)
        return (
            self.ours is not None
            and self.ours.median <= SINGLE_LIMIT
            and (mypyc is None or self.ours.median < mypyc)
        )

    def as_json(self) -> dict[str, Any]:
        if self.ours is None:
            return {"name": self.name, "failure": self.failure}
        return {
            "name": self.name,
            "ratio": round(self.ours.median, 4),
            "spread": [round(self.ours.low, 4), round(self.ours.high, 4)],
            "c_ns": self.nanoseconds,
            "absent": self.absent,
        } | {peer: round(ratio, 2) for peer, ratio in self.peers.items()}


def run(json_path: Path | None = None) -> int:
    """Measure all programs, report, and return 0 if all limits are kept."""
    console = Console()
    rows = measure_all(program_builds.names(), console)
    show(rows, console)
    if json_path is not None:
        report.write_json(rows, json_path)
    return 0 if all(limit.is_kept for limit in limits(rows)) else 1


def measure_all(names: list[str], console: Console) -> list[Row]:
    """Measure programs one after the other."""
    rows = []
    with console.status("measuring") as status:
        for name in names:
            status.update(name)
            rows.append(measure(name))
    return rows


def show(rows: list[Row], console: Console) -> None:
    """Print the table, what failed, which peers are missing, and the limits."""
    console.print(table(rows))
    for row in rows:
        if row.failure:
            console.print(f"{row.name}: {row.failure}", highlight=False, markup=False)
    for line in absences(rows):
        console.print(line, highlight=False, markup=False)
    report.show_limits(limits(rows), console)


def absences(rows: list[Row]) -> list[str]:
    """Return a line for each reason why a peer was not measured, with the programs that it is the reason for."""
    names: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        for reason in row.absent.items():
            names.setdefault(reason, []).append(row.name)
    return [f"no {peer} for {', '.join(of)}: {why}" for (peer, why), of in names.items()]


def measure(name: str) -> Row:
    """Build and time one program."""
    with tempfile.TemporaryDirectory(prefix="bench-") as directory:
        try:
            c = program_builds.build(name, C, Path(directory))
            ours = program_builds.build(name, OURS, Path(directory))
            rounds, base, times = _compare(c, ours)
        except (BuildError, WorkloadError) as error:
            return Row(name, failure=str(error))
        peers, absent = {}, {}
        for peer in PEERS:
            try:
                command = program_builds.build(name, peer, Path(directory))
                peers[peer] = _against(c, peer, command, rounds)
            except (BuildError, WorkloadError) as error:  # it cannot do this one, or is not there
                absent[peer] = str(error).strip().partition("\n")[0]
    return Row(name, min(base) // rounds, paired(times, base), peers, absent)


def _compare(
    c: program_builds.Command, ours: program_builds.Command
) -> tuple[int, list[int], list[int]]:
    """Return the rounds of a run, and the times of C and of ours, pair by pair."""
    processor = max(os.sched_getaffinity(0))
    with RunningProgram(C, c, processor) as base, RunningProgram(OURS, ours, processor) as other:
        rounds = calibrate(base)
        check_agreement(base, other, rounds)
        pairs = [(_fastest(base, rounds), _fastest(other, rounds)) for _ in range(TURNS)]
    return rounds, [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _against(
    c: program_builds.Command, peer: str, command: program_builds.Command, rounds: int
) -> float:
    """Return how many times as long as C a peer takes."""
    processor = max(os.sched_getaffinity(0))
    with RunningProgram(C, c, processor) as base, RunningProgram(peer, command, processor) as other:
        check_agreement(base, other, rounds)
        return statistics.median(
            other.measure(rounds).nanoseconds / _fastest(base, rounds) for _ in range(SLOW_TURNS)
        )


def calibrate(base: RunningProgram) -> int:
    """Return how many rounds take about as long as a run should."""
    rounds = 1
    while True:
        took = base.measure(rounds).nanoseconds
        if took >= TARGET_NS:
            return rounds
        rounds += 1 + rounds * min(TARGET_NS - took, 4 * took) // max(took, 1)


def check_agreement(base: RunningProgram, other: RunningProgram, rounds: int) -> None:
    """Compare what both compute, and warm them up.

    Raises:
        WorkloadError: they compute different things.
    """
    expected, found = base.measure(rounds).checksum, other.measure(rounds).checksum
    if expected != found:
        raise WorkloadError(f"{other.name} computes {found} in {rounds} rounds, C {expected}")


def _fastest(program: RunningProgram, rounds: int) -> int:
    return min(program.measure(rounds).nanoseconds for _ in range(REPETITIONS))


def limits(rows: list[Row]) -> list[Limit]:
    """Hold all rows against the limits."""
    ratios = [row.ours.median for row in rows if row.ours is not None]
    failed = [row.name for row in rows if row.failure]
    found = [Limit("every program runs" + report.but(failed), not failed)]
    if ratios:
        mean = geometric_mean(ratios)
        slow = [row.name for row in rows if not row.failure and not row.is_within_limits]
        each = f"each <= {SINGLE_LIMIT:.2f} and faster than mypyc" + report.but(slow)
        found += [
            Limit(f"geometric mean {mean:.3f} <= {MEAN_LIMIT:.2f}", mean <= MEAN_LIMIT),
            Limit(each, not slow),
        ]
    return found


def table(rows: list[Row]) -> Table:
    """Return a table of the ratios, C at -O2 being 1."""
    made = Table(title="Time of whole programs, C at -O2 being 1", title_justify="left")
    made.add_column("program")
    made.add_column("C, µs", justify="right")
    made.add_column("ours", justify="right")
    made.add_column("p10-p90", justify="center", style="dim")
    for peer in PEERS:
        made.add_column(peer, justify="right")
    for row in rows:
        if row.ours is None:
            made.add_row(row.name, "", "[red]failed[/]")
            continue
        peers = [f"{row.peers[peer]:.1f}" if peer in row.peers else "-" for peer in PEERS]
        made.add_row(
            row.name,
            f"{row.nanoseconds / 1000:.0f}",
            f"{row.ours.median:.2f}",
            f"{row.ours.low:.2f}-{row.ours.high:.2f}",
            *peers,
            style="" if row.is_within_limits else "red",
        )
    return made
