"""Every program in the folder `cases` prints the same under CPython and compiled, checked and release; the checked
ones end with nothing alive.

They are compiled and run in batches, one after the other in one process, since most of the time that it
takes to compile a small program goes into what all of them share. So each of them has a `main`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from compiler.cache import PROJECT
from compiler.driver import compile_file
from compiler.options import CompileOptions

FOLDER = Path(__file__).parent / "cases"
BUILT = PROJECT / "build" / "programs" / "batches"  # beside what they import
CASES = sorted(path.stem for path in FOLDER.glob("*.py"))
NOTHING_ALIVE = "alive at the end: 0 objects, 0 bytes"
BATCH = 40
BATCHES = [CASES[start : start + BATCH] for start in range(0, len(CASES), BATCH)]


@pytest.mark.timeout(600)  # a release build of forty programs at once
@pytest.mark.parametrize("build", ["checked", "release"])
@pytest.mark.parametrize("number", range(len(BATCHES)))
def test_programs_do_what_they_do_under_cpython(number: int, build: str) -> None:
    (BUILT / "cases").mkdir(parents=True, exist_ok=True)
    for name in BATCHES[number]:
        shutil.copy(FOLDER / f"{name}.py", BUILT / "cases")
    source = BUILT / f"batch_{number}.py"
    source.write_text(_together(BATCHES[number]))
    binary = BUILT / f"batch_{number}-{build}"
    compile_file(CompileOptions(source, output=binary, target="run", build=build))
    expected = _sections(_run(sys.executable, source)[0])
    printed, alive = _run(binary)
    compiled = _sections(printed)
    for name, lines in expected.items():
        assert compiled.get(name) == lines, name
    assert len(expected) == len(BATCHES[number]) + 1
    assert build == "release" or NOTHING_ALIVE in alive, alive


def _together(names: list[str]) -> str:
    """Return a program that runs programs one after the other, each behind a line with its name."""
    lines = ["from __future__ import annotations", ""]
    lines += [f"from cases import {name}" for name in names]
    lines += ["", "", "def main() -> None:"]
    for name in names:
        lines += [f'    print("== {name}")', f"    {name}.main()"]
    lines += ['    print("== end")', "", "", 'if __name__ == "__main__":', "    main()", ""]
    return "\n".join(lines)


def _sections(output: str) -> dict[str, list[str]]:
    """Return the lines that each program printed, by its name."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in output.split("\n"):
        if line.startswith("== "):
            lines = found.setdefault(line[3:], [])
        else:
            lines.append(line)
    return found


def _run(*command: object) -> tuple[str, str]:
    """Run a command and return what it prints, and what it says of its end."""
    words = [*map(str, command)]
    environment = {**os.environ, "PATCHWORK_ALIVE": "1"}
    done = subprocess.run(words, capture_output=True, timeout=120, check=False, env=environment)
    return done.stdout.decode(), done.stderr.decode()
