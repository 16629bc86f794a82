"""`./patchwork jit` runs a program as CPython does: same output, same status."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """\
def squares(count: int) -> list[int]:
    return [number * number for number in range(count)]


def main() -> int:
    found = squares(5)
    print(found, sum(found))
    names = {"one": 1, "two": 2}
    for name, number in names.items():
        print(name.upper(), number, -7 // 2)
    return 3


if __name__ == "__main__":
    raise SystemExit(main())
"""


def jit(*arguments: object) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PATCHWORK_ENV": sys.prefix}
    return subprocess.run(
        [sys.executable, root / "patchwork", "jit", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        env=environment,
        check=False,
    )


@pytest.mark.parametrize("options", [[], ["--release"]], ids=["checked", "release"])
def test_output_and_status_are_those_of_python(tmp_path: Path, options: list[str]) -> None:
    source = tmp_path / "program.py"
    source.write_text(PROGRAM)
    expected = subprocess.run([sys.executable, source], capture_output=True, text=True, check=False)
    done = jit(*options, source)
    assert (done.stdout, done.returncode) == (expected.stdout, expected.returncode)


def test_what_does_not_compile_does_not_run(tmp_path: Path) -> None:
    source = tmp_path / "program.py"
    source.write_text('def main() -> None:\n    print("begun")\n    unknown()\n')
    done = jit(source)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "'unknown' is not defined" in done.stderr


def test_an_exception_ends_it_with_status_1(tmp_path: Path) -> None:
    source = tmp_path / "program.py"
    source.write_text("def main() -> None:\n    print([1, 2][5])\n\n\nmain_again = 1\n")
    done = jit(source)
    assert done.returncode == 1
    assert done.stderr.startswith("Traceback (most recent call last):\n")
    assert done.stderr.splitlines()[-1].startswith("IndexError")


def test_no_file_is_a_sentence(tmp_path: Path) -> None:
    done = jit(tmp_path / "none.py")
    assert done.returncode == 1
    assert "there is no file" in done.stderr
