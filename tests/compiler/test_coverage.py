"""Every error that read, declare and compile-time Python can report has a test that shows it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PASSES = ("read.py", "declare/*.py", "comptime/*.py", "comptime_child/*.py")
REPORTING = {"CompileError", "Diagnostic", "Died", "Refused", "error", "report"}

# What no source can cause: the last line of defence, and the syntax of later Pythons.
DEFENSIVE = {
    "this is nested too deeply",
    "type parameters",
    "a pointer to '.*', which is no variable",
    "'.*' is no function of the program",
    "'.*' is no class of the program",
    "this has no value at compile time",
    "has a result that is too large",
}


def test_every_error_is_shown() -> None:
    shown = "\n".join(
        path.read_text()
        for folder in ("declare", "comptime")
        for path in (ROOT / "tests/compiler" / folder).glob("*")
        if path.suffix in (".txt", ".py") and path.name != Path(__file__).name
    )
    shown += (ROOT / "tests/compiler/test_read.py").read_text()
    missing = [each for each in sorted(set(messages())) if not re.search(each, shown)]
    assert [each for each in missing if each not in DEFENSIVE] == []


@pytest.mark.parametrize("pattern", sorted(DEFENSIVE))
def test_defensive_errors_exist(pattern: str) -> None:
    assert pattern in set(messages())


def messages() -> Iterator[str]:
    """Yield a pattern for each message in the sources of the passes."""
    for path in [each for pattern in PASSES for each in (ROOT / "compiler").glob(pattern)]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and name_of(node.func) in REPORTING:
                texts = [pattern_of(each) for each in node.args]
                yield from [each for each in texts if each][:1]


def name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def pattern_of(node: ast.expr) -> str:
    """Return a regular expression for what a string or f-string may become; else nothing."""
    match node:
        case ast.Constant(value=str() as text):
            return re.escape(text).replace("\\ ", " ").replace("\\'", "'")
        case ast.JoinedStr(values=parts):
            pattern = "".join(pattern_of(each) or ".*" for each in parts)
            return "" if set(pattern) <= set(".*: ") else pattern
    return ""
