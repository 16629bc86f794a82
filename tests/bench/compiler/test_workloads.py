"""The workloads: what the C files compute is what the Python files mean.

CPython with the stand-ins of `lang` says what a Python file means, in a round or two; compiled, the
harness compares them itself whenever it measures.
"""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from types import ModuleType

import pytest

from lang import u64, zeroed
from tools.bench import toolchain
from tools.bench.executable import Executable
from tools.bench.workload import Workload, all_workloads

WORKLOADS = all_workloads()


@pytest.fixture(scope="module")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return toolchain.harnesses(tmp_path_factory.mktemp("harness"))[0]


def run_in_c(workload: Workload, harness: Path, directory: Path, *, rounds: list[int]) -> list[int]:
    [path] = toolchain.compile_and_link_c(workload.c, directory / workload.name, [harness], "-O2")
    with Executable(path, min(os.sched_getaffinity(0))) as executable:
        return [executable.measure(n, 1).checksum for n in rounds]


def import_with_storage(workload: Workload) -> ModuleType:
    """Import a workload and give its bare variables the zeroed storage that the compiler gives."""
    module = importlib.import_module(f"bench.compiler.{workload.name}")
    for name, annotation in module.__annotations__.items():
        if not hasattr(module, name):
            setattr(module, name, zeroed(eval(annotation, vars(module))))
    return module


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload.name)
def test_both_languages_compute_the_same(workload: Workload, harness: Path, tmp_path: Path) -> None:
    module = import_with_storage(workload)
    assert [module.run(u64(1))] == run_in_c(workload, harness, tmp_path, rounds=[1])


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload.name)
def test_a_run_starts_afresh_and_every_round_counts(
    workload: Workload, harness: Path, tmp_path: Path
) -> None:
    first, second, again, third = run_in_c(workload, harness, tmp_path, rounds=[1, 2, 1, 3])
    assert first == again
    assert len({first, second, third}) == 3
