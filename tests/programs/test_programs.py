"""Every program here prints the same under CPython and compiled, checked and release, and ends with the
same status; the checked ones with nothing alive.

Compiling them takes most of the time of a test run, release builds the most of that. So without PATCHWORK_LONG=1 every
fourth is a release build, too; all of the folder `cases` are (test_cases.py).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from compiler.cache import PROJECT
from compiler.driver import compile_file
from compiler.options import CompileOptions

FOLDER = Path(__file__).parent
BUILT = PROJECT / "build" / "programs"
INPUT = b"3\n1 2 3\n\xc3\xa9t\xc3\xa9\nline\nlast"
NOTHING_ALIVE = b"alive at the end: 0 objects, 0 bytes\n"
ALIVE = {  # those whose objects hold each other
    "types_unsaid": b"alive at the end: 4 objects, 192 bytes\n    4 Node\n"
}
IS_LONG = bool(os.environ.get("PATCHWORK_LONG"))
PROGRAMS = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("test_"))
RELEASED = PROGRAMS if IS_LONG else PROGRAMS[::4]


class TestChecked:
    """A class for each build, as pytest gives all tests of one to the same process."""

    @pytest.mark.parametrize("name", PROGRAMS)
    def test_a_program_does_what_it_does_under_cpython(self, name: str) -> None:
        _compare(name, "checked")


class TestRelease:
    @pytest.mark.parametrize("name", RELEASED)
    def test_a_program_does_what_it_does_under_cpython(self, name: str) -> None:
        _compare(name, "release")


def _compare(name: str, build: str) -> None:
    source = FOLDER / f"{name}.py"
    BUILT.mkdir(parents=True, exist_ok=True)
    binary = BUILT / f"{name}-{build}"
    compile_file(CompileOptions(source, output=binary, target="run", build=build))
    compiled = _run(binary)
    if build == "checked":
        alive = ALIVE.get(name, NOTHING_ALIVE)
        assert alive in compiled.stderr, compiled.stderr.decode()
        compiled.stderr = compiled.stderr.replace(alive, b"")
    expected = _run(sys.executable, source)
    assert compiled.stdout.decode() == expected.stdout.decode()
    assert compiled.returncode == expected.returncode
    assert _last_line(compiled.stderr) == _last_line(expected.stderr)


def _last_line(report: bytes) -> str:
    """Return the line of a traceback that says what happened; empty if there is none."""
    return report.decode().rstrip("\n").rpartition("\n")[2]


def _run(*command: object) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a folder where it may leave files."""
    words = [*map(str, command)]
    environment = {**os.environ, "PATCHWORK_ALIVE": "1"}
    return subprocess.run(
        words,
        capture_output=True,
        timeout=60,
        check=False,
        cwd=BUILT,
        input=INPUT,
        env=environment,
    )
