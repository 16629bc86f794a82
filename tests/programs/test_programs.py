"""Every program here prints the same under CPython and compiled, checked and release, and ends with the
same status."""

from __future__ import annotations

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
PROGRAMS = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("test_"))


@pytest.mark.parametrize("build", ["checked", "release"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_does_what_it_does_under_cpython(name: str, build: str) -> None:
    source = FOLDER / f"{name}.py"
    BUILT.mkdir(parents=True, exist_ok=True)
    binary = BUILT / f"{name}-{build}"
    compile_file(CompileOptions(source, output=binary, target="host", build=build))
    compiled = _run(binary)
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
    return subprocess.run(
        words, capture_output=True, timeout=60, check=False, cwd=BUILT, input=INPUT
    )
