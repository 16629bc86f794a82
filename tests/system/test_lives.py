"""Nothing is left of processes and threads that have ended, and wild calls harm only who makes them.

PATCHWORK_LONG=1 has 10,000 processes, 100,000 threads and ten million calls.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.system.conftest import ENTRY
from tests.system.test_threads import PROGRAMS
from tools.image import ROOT

IS_LONG = bool(os.environ.get("PATCHWORK_LONG"))
PROCESSES, THREADS = (10_000, 100_000) if IS_LONG else (400, 4000)
CALLS = 10_000_000 if IS_LONG else 100_000
TIMEOUT_S = 7200 if IS_LONG else 240
AT_HAND = 40  # pages of objects that caches keep at hand, whatever the number of lives


def run(name: str, arguments: list[str], *options: str) -> str:
    program = ["--program", str(PROGRAMS / f"{name}.py")]
    command = [sys.executable, "-c", ENTRY, "run", "--release", *options, *program, "--"]
    done = subprocess.run(
        [*command, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    return done.stdout


@pytest.mark.timeout(TIMEOUT_S)
def test_lives_leave_no_memory_behind() -> None:
    output = run("lives", [str(PROCESSES), str(THREADS)])
    name, _, pages = output.strip().partition(": ")
    assert name == "more pages"
    assert int(pages) <= AT_HAND


@pytest.mark.timeout(TIMEOUT_S)
@pytest.mark.parametrize("processors", ["1", "2"])
def test_wild_calls_harm_only_who_makes_them(processors: str) -> None:
    seed = os.environ.get("PATCHWORK_SEED", "1")
    output = run("wild_calls", [seed, str(CALLS // 2)], "--smp", processors)
    assert output == "the system is still there\n"


@pytest.mark.parametrize("what", ["folders", "namespaces"])
def test_what_lies_deep_in_itself_ends_on_a_small_stack(what: str) -> None:
    assert run("deep", [what, "200", "wait"]) == "still there\n"
