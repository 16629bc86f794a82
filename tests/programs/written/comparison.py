"""Runs a program under CPython and compiled, and reduces one that shows a difference to a few lines."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from compiler.driver import compile_file
from compiler.options import CompileOptions
from compiler.source import CompileFailed

TIMEOUT_S = 60


@dataclass(frozen=True)
class Difference:
    """The first line that is not the same; compiled is what the compiler said if it refused, and refused for what."""

    expected: str
    compiled: str
    refused: str = ""


def difference(text: str, folder: Path, build: str = "checked") -> Difference | None:
    """Return where a program prints something else compiled; None if it prints the same."""
    source, binary = folder / "written.py", folder / "written"
    source.write_text(text)
    expected = _output(sys.executable, source)
    try:
        compile_file(CompileOptions(source, output=binary, target="run", build=build))
    except CompileFailed as failed:
        first = failed.diagnostics[0]
        where = f"does not compile, line {first.span.line}: {first.message}"
        return Difference("", where, first.message)
    compiled = _output(binary)
    if expected == compiled:
        return None
    ended = "<the output ends>"
    for number in range(max(len(expected), len(compiled))):
        sides = [lines[number] if number < len(lines) else ended for lines in (expected, compiled)]
        if sides[0] != sides[1]:
            return Difference(*sides)
    return None


def _output(*command: str | Path) -> list[str]:
    done = subprocess.run(command, capture_output=True, timeout=TIMEOUT_S, check=False)
    return [*done.stdout.decode().split("\n"), f"status {done.returncode}"]


def reduced(text: str, is_different: Callable[[str], bool]) -> str:
    """Return the program with every statement left out without which it still shows a difference."""
    went_on = True
    while went_on:
        went_on = False
        for smaller in _smaller(text):
            if is_different(smaller):
                text, went_on = smaller, True
                break
    return text


def _smaller(text: str) -> Iterator[str]:
    """Yield the program without one of its statements, or with what is inside it in its place."""
    count = sum(1 for _ in _bodies(ast.parse(text)))
    for number in range(count):
        length = len(list(_bodies(ast.parse(text)))[number])
        for at in range(length):
            for is_opened in (False, True):
                tree = ast.parse(text)
                body = list(_bodies(tree))[number]
                inside = getattr(body[at], "body", []) if is_opened else []
                if is_opened and not inside:
                    continue
                body[at : at + 1] = inside or ([] if length > 1 else [ast.Pass()])
                if ast.unparse(tree) != text:
                    yield ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def _bodies(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    """Yield every list of statements of a program, the outermost first."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            if isinstance(body, list) and body:
                yield body
