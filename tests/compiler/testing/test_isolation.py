"""A test whose code under test destroys its process is one failed test, and the others go on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SUITE = """
import os
import signal
import pytest

pytestmark = pytest.mark.native


def test_before():
    assert True


def test_dies():
    os.kill(os.getpid(), signal.SIGKILL)


def test_after():
    assert True


def test_fails():
    print("what it printed")
    assert 1 == 2
"""


def test_a_dead_process_is_one_failed_test(root: Path, tmp_path: Path) -> None:
    (tmp_path / "test_suite.py").write_text(SUITE)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "compiler.testing.isolation",
            "-c",
            "/dev/null",
        ]
        + ["--rootdir", str(tmp_path), str(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "2 failed, 2 passed" in done.stdout, done.stdout + done.stderr
    assert "it was ended by SIGKILL" in done.stdout
    assert "what it printed" in done.stdout


MIXED = """
import pytest


@pytest.mark.parametrize("n", range(3))
def test_here(n):
    assert n < 3


@pytest.mark.native
def test_there():
    assert True
"""


def test_both_kinds_alternate_over_folders(root: Path, tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"test_{name}.py").write_text(MIXED)
    (tmp_path / "two" / "test_two.py").write_text(SUITE.replace("def test_dies", "def dies"))
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "compiler.testing.isolation",
            "-c",
            "/dev/null",
        ]
        + ["--rootdir", str(tmp_path), str(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "1 failed, 10 passed" in done.stdout, done.stdout + done.stderr
