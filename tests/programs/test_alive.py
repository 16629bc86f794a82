"""A checked program counts what is alive, and says at its end what nothing could free."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from compiler.driver import compile_file
from compiler.options import CompileOptions

SOURCE = """\
import sys
import threading


class Node:
    def __init__(self, value: int) -> None:
        self.value = value
        self.next: Node | None = None


kept: dict[str, list[Node]] = {}


def keep(value: int) -> Node:
    node = Node(value)
    kept.setdefault("all", []).append(node)
    return node


def spin() -> None:
    threading.Thread(target=keep, args=(3,)).start()


first, second = keep(1), keep(2)
first.next = second
match sys.argv[1]:
    case "circle":
        second.next = first
    case "circle and error":
        second.next = first
        raise ValueError("no")
    case "error":
        raise ValueError("no")
    case "thread":
        spin()
    case "status":
        sys.exit(3)
print(len(kept))
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alive")
    source = folder / "nodes.py"
    source.write_text(SOURCE)
    return compile_file(CompileOptions(source, output=folder / "nodes", target="run"))


def _said(program: Path, how: str, asks: bool = False) -> str:
    """Return what a run says on standard error, behind a traceback if there is one."""
    environment = {key: each for key, each in os.environ.items() if key != "PATCHWORK_ALIVE"}
    if asks:
        environment["PATCHWORK_ALIVE"] = "1"
    done = subprocess.run(
        [program, how], capture_output=True, timeout=60, check=False, env=environment
    )
    return done.stderr.decode().rpartition("ValueError: no\n")[2]


@pytest.mark.parametrize("how", ["none", "error", "thread", "status"])
def test_nothing_is_alive_when_variables_and_threads_have_ended(program: Path, how: str) -> None:
    assert _said(program, how, asks=True) == "alive at the end: 0 objects, 0 bytes\n"
    assert _said(program, how) == ""


def test_objects_that_hold_each_other_are_named(program: Path) -> None:
    report = "alive at the end: 2 objects, 64 bytes\n    2 Node\n"
    assert _said(program, "circle") == report
    assert _said(program, "circle", asks=True) == report


def test_a_traceback_is_the_last_word_unless_the_count_is_asked_for(program: Path) -> None:
    assert _said(program, "circle and error") == ""
    assert "2 Node" in _said(program, "circle and error", asks=True)
