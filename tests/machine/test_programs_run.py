"""Programs run on the system as they do here: output, arguments, status, mistakes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools.image import ROOT

PROGRAMS = ROOT / "tests" / "programs"


def run(source: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "import sys; from tools.cli import main; sys.exit(main(sys.argv[1:]))",
    ]
    return subprocess.run(
        [*command, "run", *options, "--program", str(source)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


@pytest.mark.parametrize("build", ["--checked", "--release"])
@pytest.mark.parametrize("name", ["ordinary", "dicts", "files", "threads", "queues"])
def test_a_program_prints_what_it_prints_under_cpython(
    name: str, build: str, tmp_path: Path
) -> None:
    source = PROGRAMS / f"{name}.py"
    expected = subprocess.run(
        [sys.executable, str(source)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    done = run(source, build)
    assert done.stdout == expected.stdout
    assert done.returncode == expected.returncode, done.stderr


def program(folder: Path, body: str) -> Path:
    path = folder / "program.py"
    path.write_text("from __future__ import annotations\n\n\n" + body)
    return path


def test_the_status_is_what_main_returns(tmp_path: Path) -> None:
    done = run(program(tmp_path, "def main() -> int:\n    print('seven')\n    return 7\n"))
    assert (done.stdout, done.returncode) == ("seven\n", 7)


def test_an_exception_is_the_end_of_the_program_and_not_of_the_system(tmp_path: Path) -> None:
    body = "def main() -> int:\n    values = [1, 2, 3]\n    return values[len(values)]\n"
    done = run(program(tmp_path, body))
    assert done.returncode == 1
    assert "IndexError" in done.stdout
    assert 'File "program.py", line 6' in done.stdout


def test_endless_recursion_ends_the_program(tmp_path: Path) -> None:
    body = """def deep(n: int) -> int:
    return deep(n + 1) + 1


def main() -> int:
    return deep(0)
"""
    done = run(program(tmp_path, body))
    assert done.returncode == 1
    assert "RecursionError: maximum recursion depth exceeded" in done.stdout


def test_files_and_shared_memory_are_seen_in_memory() -> None:
    done = run(ROOT / "tests" / "machine" / "programs" / "mappings.py")
    assert done.stdout.splitlines() == [
        "True 0",
        "True WHAT is in the file",
        "True",
        "7 0",
        "255 0 1",
        "PermissionError",
        "ValueError",
        "ValueError",
        "BadFile",
        "NotSupported",
        "NotSupported",
        "PermissionError",
        "PermissionError",
    ]
