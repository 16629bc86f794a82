"""Unions of values: what is refused says which type it is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.driver import compile_file
from compiler.options import CompileOptions
from compiler.source import CompileFailed

TAKES_BOTH = "def f(x: int | str) -> None:\n    print(x)\n\n\n"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "def f(x: int | str) -> bool:\n    return isinstance(x, float)\n\n\nf(1)\n",
            "a value of 'int_or_str' is never a 'float'",
        ),
        (TAKES_BOTH + "f(1.5)\n", "this is 'float', but 'int_or_str' is expected here"),
        (TAKES_BOTH + "f(True)\n", "this is 'bool', but 'int_or_str' is expected here"),
        (
            "def f(x: int | str) -> int:\n    return x + 1\n\n\nf(1)\n",
            "'+' is not defined for 'int_or_str' and an integer",
        ),
    ],
)
def test_what_is_none_of_the_types_is_refused(tmp_path: Path, source: str, message: str) -> None:
    path = tmp_path / "program.py"
    path.write_text(source)
    with pytest.raises(CompileFailed) as failure:
        compile_file(CompileOptions(path, output=tmp_path / "program", target="host"))
    assert [each.message for each in failure.value.diagnostics] == [message]
