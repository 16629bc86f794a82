"""A debugger stops in our source and shows its variables as the source means them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from compiler.driver import compile_file
from compiler.options import CompileOptions

SOURCE = """\
from __future__ import annotations

from lang import Array, Slice, noinline, struct, u32, u64


@struct
class Point:
    x: u32
    y: u32


class Node:
    name: str
    value: u64

    def __init__(self, name: str, value: u64) -> None:
        self.name = name
        self.value = value


@noinline
def total(points: Slice[Point], node: Node) -> u64:
    result = u64(0)
    for i in range(len(points)):
        point = points[i]
        result += u64(point.x)
    return result + node.value


def main() -> int:
    table = Array[Point, 3]()
    table[1].x = 7
    return int(total(table[:], Node("first", 5)))
"""
STOP = "result += u64(point.x)"


@pytest.mark.skipif(shutil.which("gdb") is None, reason="there is no gdb on this machine")
def test_gdb_shows_lines_frames_and_variables(tmp_path: Path) -> None:
    path = tmp_path / "sample.py"
    path.write_text(SOURCE)
    program = compile_file(CompileOptions(path, tmp_path / "sample", "host", "checked"))
    line = SOURCE[: SOURCE.index(STOP)].count("\n") + 1
    commands = [f"break sample.py:{line}", "run", "continue"]
    commands += ["info args", "info locals", "print *node", "print points.pointer[1]", "backtrace"]
    options = [word for each in commands for word in ("-ex", each)]
    shown = subprocess.run(
        ["gdb", "-q", "-batch", "-nx", *options, program],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=tmp_path,
    ).stdout

    assert STOP in shown
    assert "points = {pointer = 0x" in shown
    assert "length = 3}" in shown
    assert "i = 1" in shown
    assert "point = {x = 7, y = 0}" in shown
    assert "value = 5}" in shown
    assert "= {x = 7, y = 0}" in shown
    assert "main () at sample.py" in shown
