"""The chapter on a first program shows what the program does, under CPython and compiled."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from compiler.driver import compile_file
from compiler.options import CompileOptions

CHAPTER = (Path(__file__).parents[2] / "docs" / "your-first-program.md").read_text()
BLOCKS = re.findall(r"^```\w*\n(.*?)^```$", CHAPTER, re.MULTILINE | re.DOTALL)
SOURCE, SHOWN = BLOCKS[:2]
(THREADS,) = [each for each in BLOCKS if "import Lock, Thread" in each]
PRINTED, *REPORT = SHOWN[SHOWN.index("2 lines") :].splitlines()


def run(folder: Path, *command: object) -> subprocess.CompletedProcess[str]:
    words = [*map(str, command)]
    done = subprocess.run(
        words, cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout.splitlines() == [PRINTED]
    assert done.returncode == 1
    return done


def test_the_chapters_program_does_what_the_chapter_shows(tmp_path: Path) -> None:
    source = tmp_path / "lines.py"
    source.write_text(SOURCE)
    binary = tmp_path / "lines"
    compile_file(CompileOptions(source, binary, "host", "checked"))
    assert run(tmp_path, binary).stderr.splitlines() == REPORT
    assert run(tmp_path, sys.executable, source).stderr.splitlines()[-1] == REPORT[-1]


def test_the_chapters_threads_find_all_squares(tmp_path: Path) -> None:
    source = tmp_path / "threads.py"
    source.write_text(THREADS)
    binary = tmp_path / "threads"
    compile_file(CompileOptions(source, binary, "host", "checked"))
    for command in ([binary], [sys.executable, source]):
        shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        assert shown.stdout == f"{[number * number for number in range(10)]}\n"
