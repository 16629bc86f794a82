"""`./patchwork bench compiler`: the code that our compiler makes, beside what clang makes of C.

First the workloads, then the whole programs of tools/bench/programs.py. Builds every workload four times (our release and checked builds, C at -O2 and at -O3), times the
four against each other, and holds the ratios against the limits.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from tools.bench import measure, program_builds, programs, report, toolchain
from tools.bench.executable import WorkloadError
from tools.bench.ratios import paired
from tools.bench.report import Row
from tools.bench.workload import Workload, all_workloads

C_O2, C_O3, RELEASE, CHECKED = "c-O2", "c-O3", "release", "checked"


@dataclass(frozen=True)
class Built:
    """The executables of each variant, one in each layout; or what a compiler said."""

    variants: dict[str, list[Path]]
    failure: str = ""


def run(json_path: Path | None = None, names: list[str] | None = None) -> int:
    """Measure the workloads and the whole programs, or those named, report, and return 0 if all
    limits are kept."""
    console = Console()
    workloads = [each for each in all_workloads() if names is None or each.name in names]
    rows = measure_all(workloads, console)
    report.show(rows, console)
    limits = report.limits(rows)

    whole = [each for each in program_builds.names() if names is None or each in names]
    program_rows = programs.measure_all(whole, console)
    if program_rows:
        programs.show(program_rows, console)
        limits += programs.limits(program_rows)
    if json_path is not None:
        report.write_json([*rows, *program_rows], json_path)
    return 0 if all(limit.is_kept for limit in limits) else 1


def measure_all(workloads: list[Workload], console: Console) -> list[Row]:
    """Build all workloads, then measure one after the other with nothing else at work."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as directory,
        Progress(console=console, transient=True) as progress,
    ):
        task = progress.add_task("building", total=2 * len(workloads))
        built = build_all(workloads, Path(directory), on_done=lambda: progress.advance(task))
        rows = []
        for workload, executables in zip(workloads, built, strict=True):
            progress.update(task, description=workload.name)
            rows.append(measure_one(workload, executables))
            progress.advance(task)
        return rows


def build_all(
    workloads: list[Workload], directory: Path, on_done: Callable[[], None]
) -> list[Built]:
    """Build several workloads at once; the compilers are processes of their own."""
    harnesses = toolchain.harnesses(directory)

    def build_one(workload: Workload) -> Built:
        try:
            return Built(build_variants(workload, directory, harnesses))
        except toolchain.BuildError as error:
            return Built({}, failure=str(error))
        finally:
            on_done()

    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        return list(pool.map(build_one, workloads))


def build_variants(
    workload: Workload, directory: Path, harnesses: list[Path]
) -> dict[str, list[Path]]:
    """Build one workload in all variants.

    Raises:
        BuildError: one of them does not compile.
    """

    def named(variant: str) -> Path:
        return directory / f"{workload.name}-{variant}"

    variants = {
        variant: toolchain.compile_and_link_c(workload.c, named(variant), harnesses, level)
        for variant, level in ((C_O2, "-O2"), (C_O3, "-O3"))
    }
    for variant in (RELEASE, CHECKED):
        variants[variant] = toolchain.compile_and_link_python(
            workload.python, named(variant), harnesses, variant
        )
    return variants


def measure_one(workload: Workload, built: Built) -> Row:
    """Time all variants of a workload against C at -O2."""
    if built.failure:
        return Row(workload.name, failure=built.failure)
    try:
        times = measure.compare(built.variants, base=C_O2)
    except WorkloadError as error:
        return Row(workload.name, failure=str(error))

    release, checked, c_o3 = (
        paired(times[variant], times[C_O2]) for variant in (RELEASE, CHECKED, C_O3)
    )
    return Row(workload.name, min(times[C_O2]), release, checked, c_o3)
