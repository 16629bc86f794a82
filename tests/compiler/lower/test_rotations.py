"""Which expressions are rotations of 32 bits."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.driver import compile_file
from compiler.options import CompileOptions

SOURCE = """
def f(x: int, y: int, n: int) -> int:
    return {expression}

print(f(1, 2, 3))
"""


def rotates(folder: Path, expression: str, build: str = "release") -> str:
    """Return the rotation in the IR of an expression, "" if there is none."""
    path, output = folder / "sample.py", folder / "sample.ir"
    path.write_text(SOURCE.format(expression=expression))
    compile_file(CompileOptions(path, output=output, target="host", build=build, emit="ir"))
    function = output.read_text().partition("function @core.world.program.f(")[2]
    body = function.partition("\nfunction ")[0]
    return next((word for word in body.split() if word.startswith("rotate_")), "")


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("(x >> n | x << (32 - n)) & 0xFFFFFFFF", "rotate_right"),
        ("0xFFFFFFFF & (x << (32 - n) | x >> n)", "rotate_right"),
        ("(x << n | x >> (32 - n)) & 0xFFFFFFFF", "rotate_left"),
        ("(x << n & 0xFFFFFFFF) | x >> (32 - n)", "rotate_left"),
        ("x >> 25 | 0xFFFFFFFF & x << 7", "rotate_left"),
        ("(x >> n | x << (32 - n))", ""),
        ("(x >> n | x << (31 - n)) & 0xFFFFFFFF", ""),
        ("(x >> n | x << (32 - y)) & 0xFFFFFFFF", ""),
        ("(x >> n | y << (32 - n)) & 0xFFFFFFFF", ""),
        ("(x >> n | x << (32 - n)) & 0x7FFFFFFF", ""),
        ("(x >> n ^ x << (32 - n)) & 0xFFFFFFFF", ""),
        ("(x >> 9 | x << 7) & 0xFFFFFFFF", ""),
        ("x << n | (x >> (32 - n) & 0xFFFFFFFF)", ""),
    ],
)
def test_rotations(tmp_path: Path, expression: str, wanted: str) -> None:
    assert rotates(tmp_path, expression).partition(" ")[0] == wanted


def test_checked_builds_shift(tmp_path: Path) -> None:
    assert rotates(tmp_path, "(x >> 5 | x << 27) & 0xFFFFFFFF", "checked") == ""
