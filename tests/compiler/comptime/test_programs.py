"""What compile-time Python makes, seen by a running program: the same under CPython and compiled."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from compiler.driver import compile_file
from compiler.options import CompileOptions

PROGRAM = """\
from __future__ import annotations
from typing import Final
from lang import u8, u32, u64, Array, Ptr, struct, comptime, address_of, Slice

@comptime
def crc_table() -> Array[u32, 256]:
    table = Array[u32, 256]()
    for i in range(256):
        c = i
        for _ in range(8):
            c = c >> 1 ^ 0xEDB88320 if c & 1 else c >> 1
        table[i] = u32(c)
    return table

CRC: Final = crc_table()

@struct
class Point:
    x: u64
    y: u64 = 7

class Node:
    name: bytes
    parent: Node | None
    here: Point
    def __init__(self, name: bytes, parent: Node | None) -> None:
        self.name = name
        self.parent = parent
        self.here = Point(9, 8)
    def depth(self) -> int:
        parent = self.parent
        return 0 if parent is None else 1 + parent.depth()

ROOT: Final = Node(b"root", None)
CHILD: Final = Node(b"child", ROOT)
INSIDE: Final = address_of(CHILD.here)
points: Array[Point, 2] = Array[Point, 2](Point(1, 2), Point(3))
SECOND: Final = address_of(points[1])
REST: Final = points[1:]
KEYS: Final[Slice[u8]] = b"xyz"
VIEW: Final = Array[u8, 3](1, 2, 3)[1:]

def crc(data: Slice[u8]) -> u32:
    value = u32(0xFFFFFFFF)
    for byte in data:
        value = CRC[(value ^ byte) & 0xFF] ^ (value >> 8)
    return value ^ 0xFFFFFFFF

def main() -> int:
    if crc(b"123456789") != 0xCBF43926:
        return 1
    if CHILD.depth() != 1 or INSIDE.y != 8 or INSIDE.x != 9:
        return 2
    if SECOND.y != 7 or SECOND.x != 3 or REST[0].x != 3 or len(REST) != 1:
        return 3
    points[1].x = 5
    if SECOND.x != 5:
        return 4
    if len(KEYS) != 3 or KEYS[2] != 122 or VIEW[1] != 3 or len(VIEW) != 2:
        return 5
    parent = CHILD.parent
    if parent is None or parent is not ROOT:
        return 6
    return 42
"""

START = "import runpy, sys; sys.exit(runpy.run_path(sys.argv[1])['main']())"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    return path


def test_under_cpython(program: Path, root: Path) -> None:
    done = subprocess.run([sys.executable, "-c", START, program], cwd=root, check=False)
    assert done.returncode == 42


@pytest.mark.parametrize("build", ["checked", "release"])
def test_compiled(program: Path, tmp_path: Path, build: str) -> None:
    output = compile_file(CompileOptions(program, tmp_path / "program", "host", build, "exe"))
    assert subprocess.run([output], check=False).returncode == 42
