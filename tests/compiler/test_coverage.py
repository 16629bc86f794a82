"""Every error that the compiler can report about a source has a test that shows it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PASSES = {
    "read": "read.py",
    "declare": "declare/*.py",
    "comptime": "comptime/*.py",
    "comptime_child": "comptime_child/*.py",
    "check": "check/*.py",
    "lower": "lower/*.py",
    "effects": "effects/*.py",
}
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
    "this expression is not part of the language",
    "this statement is not part of the language",
    "this needs .*",
    # A kernel's exceptions have no objects, which check sees to; a program's will.
    "an exception has no room for a cause here",
    "exceptions have no objects here, only classes",
}


@pytest.mark.parametrize("compiler_pass", PASSES)
def test_every_error_is_shown(compiler_pass: str) -> None:
    shown = "\n".join(
        path.read_text()
        for path in (ROOT / "tests/compiler").rglob("*")
        if path.suffix in (".txt", ".py") and path.name != Path(__file__).name
    )
    needed = sorted(set(messages(compiler_pass)) - DEFENSIVE)
    assert needed or compiler_pass == "comptime_child"
    assert [each for each in needed if not re.search(each, shown)] == []


@pytest.mark.parametrize("pattern", sorted(DEFENSIVE))
def test_defensive_errors_exist(pattern: str) -> None:
    assert pattern in {each for name in PASSES for each in messages(name)}


def messages(compiler_pass: str) -> Iterator[str]:
    """Yield a pattern for each message in the sources of a pass."""
    for path in (ROOT / "compiler").glob(PASSES[compiler_pass]):
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
