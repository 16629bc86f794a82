"""A test whose code under test destroys its process is one failed test, and the others go on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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


def run_suite(root: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the tests in a folder, with nothing but the plugin."""
    options = ["-p", "compiler.testing.isolation", "-c", "/dev/null", "--rootdir", str(folder)]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *options, *words, str(folder)],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_dead_process_is_one_failed_test(root: Path, tmp_path: Path) -> None:
    (tmp_path / "test_suite.py").write_text(SUITE)
    done = run_suite(root, tmp_path)
    assert "2 failed, 2 passed" in done.stdout, done.stdout + done.stderr
    assert "it was ended by SIGKILL" in done.stdout
    assert "what it printed" in done.stdout


SLOW = """
import signal
import time
import pytest

pytestmark = [pytest.mark.native, pytest.mark.timeout(1)]


def test_waits():
    time.sleep(100)


def test_hangs():
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    time.sleep(100)


def test_after():
    assert True
"""


def test_a_process_that_takes_too_long_is_one_failed_test(root: Path, tmp_path: Path) -> None:
    (tmp_path / "test_suite.py").write_text(SLOW)
    done = run_suite(root, tmp_path)
    assert "2 failed, 1 passed" in done.stdout, done.stdout + done.stderr
    assert "time.sleep(100)" in done.stdout
    assert "it was ended by SIGKILL" in done.stdout


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
    done = run_suite(root, tmp_path)
    assert "1 failed, 10 passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("kind", ["loadfile", "load"])
def test_files_may_be_spread_over_processes(root: Path, tmp_path: Path, kind: str) -> None:
    for name in "abcdef":
        (tmp_path / f"test_{name}.py").write_text(SCOPED)
    done = run_suite(root, tmp_path, "--numprocesses=2", f"--dist={kind}")
    assert "36 passed" in done.stdout, done.stdout + done.stderr


SCOPED = """
import pytest


@pytest.fixture(scope="module")
def begun():
    return []


@pytest.mark.parametrize("n", range(3))
def test_here(begun, n):
    begun.append(n)


@pytest.mark.native
@pytest.mark.parametrize("n", range(3))
def test_there(begun, n):
    begun.append(n)
"""
