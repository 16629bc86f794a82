"""The report on the compiler's code: a table, the limits that it must keep, and a JSON file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console
from rich.table import Table

from tools.bench.ratios import Ratio, geometric_mean

# What our code may take, where C at -O2 takes 1.
MEAN_LIMIT = 1.05  # release, over all workloads
SINGLE_LIMIT = 1.25  # release, each
CHECKED_MEAN_LIMIT = 1.60


@dataclass(frozen=True)
class Row:
    """What was measured of one workload, each ratio against C at -O2; or why nothing was."""

    name: str
    nanoseconds: int = 0  # of C
    release: Ratio | None = None
    checked: Ratio | None = None
    c_o3: Ratio | None = None  # C at -O3
    failure: str = ""

    @property
    def is_within_limits(self) -> bool:
        return self.release is not None and self.release.median <= SINGLE_LIMIT

    def as_json(self) -> dict[str, Any]:
        if self.release is None or self.checked is None or self.c_o3 is None:
            return {"name": self.name, "failure": self.failure}
        return {
            "name": self.name,
            "ratio": round(self.release.median, 4),
            "spread": [round(self.release.low, 4), round(self.release.high, 4)],
            "ratio_checked": round(self.checked.median, 4),
            "spread_checked": [round(self.checked.low, 4), round(self.checked.high, 4)],
            "ratio_to_c_o3": round(self.release.median / self.c_o3.median, 4),
            "c_ns": self.nanoseconds,
        }


@dataclass(frozen=True)
class Limit:
    """One thing that was asked for, and whether it was reached."""

    text: str
    is_kept: bool


def limits(rows: list[Row]) -> list[Limit]:
    """Hold all rows against the limits."""
    measured = [row for row in rows if row.release is not None and row.checked is not None]
    failed = [row.name for row in rows if row.failure]
    found = [Limit(f"every workload runs{but(failed)}", not failed)]
    if not measured:
        return found

    mean = geometric_mean(row.release.median for row in measured)
    checked = geometric_mean(row.checked.median for row in measured)
    slow = [row.name for row in measured if not row.is_within_limits]
    return [
        *found,
        _mean_limit("release", mean, MEAN_LIMIT),
        Limit(f"release, each <= {SINGLE_LIMIT:.2f}{but(slow)}", not slow),
        _mean_limit("checked", checked, CHECKED_MEAN_LIMIT),
    ]


def _mean_limit(build: str, mean: float, limit: float) -> Limit:
    return Limit(f"{build}, geometric mean {mean:.3f} <= {limit:.2f}", mean <= limit)


def but(names: list[str]) -> str:
    """Return what a limit's text says of those that do not keep it."""
    return f", but not {', '.join(names)}" if names else ""


def show(rows: list[Row], console: Console) -> None:
    """Print the table and the limits."""
    console.print(table(rows))
    for row in rows:
        if row.failure:
            console.print(f"{row.name}: {row.failure}", highlight=False, markup=False)
    show_limits(limits(rows), console)


def show_limits(found: list[Limit], console: Console) -> None:
    """Print each limit behind a mark that says whether it is kept."""
    for limit in found:
        mark = "[green]✓[/]" if limit.is_kept else "[red]✗[/]"
        console.print(f"{mark} {limit.text}", highlight=False)


def table(rows: list[Row]) -> Table:
    """Return a table of the ratios, C at -O2 being 1, with the spread of each."""
    made = Table(title="Time of our code, C at -O2 being 1", title_justify="left")
    made.add_column("workload")
    made.add_column("C, µs", justify="right")
    for heading in ("release", "checked"):
        made.add_column(heading, justify="right")
        made.add_column("p10-p90", justify="center", style="dim")
    made.add_column("C -O3", justify="right")
    for row in rows:
        if row.failure:
            made.add_row(row.name, "", "[red]failed[/]")
            continue
        style = "" if row.is_within_limits else "red"
        made.add_row(
            row.name,
            f"{row.nanoseconds / 1000:.0f}",
            *_cells(row.release),
            *_cells(row.checked),
            _cells(row.c_o3)[0],
            style=style,
        )
    return made


def _cells(ratio: Ratio | None) -> tuple[str, str]:
    if ratio is None:
        return "", ""
    return f"{ratio.median:.3f}", f"{ratio.low:.2f}-{ratio.high:.2f}"


class Reported(Protocol):
    """A row of any of the tables."""

    def as_json(self) -> dict[str, Any]: ...


def write_json(rows: Sequence[Reported], path: Path) -> None:
    """Write the rows as a list of objects, one a line."""
    path.write_text("[\n" + ",\n".join(json.dumps(row.as_json()) for row in rows) + "\n]\n")
