"""`./patchwork test`: all tests, by pytest.

All of them are two runs: first what needs nothing but a processor's time, a file or class of tests at a time on each of several
processors; then, one after the other, what boots the system and looks at the clock while it runs.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TESTS = ROOT / "tests"
ALONE = ("docs", "machine", "system", "tools")
MOST_AT_ONCE = 4  # each takes up to 3 GB

HELP = """\
usage: ./patchwork test [PATH ...] [PYTEST ARGUMENTS]

Runs all tests, or those in the given files and directories.

examples:
  ./patchwork test
  ./patchwork test tests/tools -k qemu
  ./patchwork test -x --last-failed

python -m pytest --help lists what else pytest understands."""


def main(arguments: list[str]) -> int:
    if "-h" in arguments or "--help" in arguments:
        print(HELP)
        return 0
    if not arguments:
        return run_all()
    # Without a path, pytest looks where it is started, and that need not be the root.
    names_tests = any(os.path.exists(argument.partition("::")[0]) for argument in arguments)
    return run([*arguments] if names_tests else [*arguments, str(TESTS)])


def run_all() -> int:
    """Run all tests; return pytest's status of the first run that was not well, or 0."""
    folders = sorted(path for path in TESTS.iterdir() if any(path.rglob("*.py")))
    at_once = min(len(os.sched_getaffinity(0)), MOST_AT_ONCE)
    first = run(
        [f"--numprocesses={at_once}", "--dist=loadscope"]
        + [str(path) for path in folders if path.name not in ALONE]
    )
    second = run([str(path) for path in folders if path.name in ALONE])
    return first or second


def run(arguments: list[str]) -> int:
    """Run pytest in a process of its own; return its status."""
    settings = [f"--rootdir={ROOT}", f"--config-file={ROOT / 'pyproject.toml'}"]
    command = [sys.executable, "-m", "pytest", *settings, *arguments]
    return subprocess.run(command, check=False).returncode
