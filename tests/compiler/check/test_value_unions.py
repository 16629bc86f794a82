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
        (TAKES_BOTH + "f(1.5)\n", "this is 'float', but 'int_or_str' is expected here"),
        (TAKES_BOTH + "f(True)\n", "this is 'bool', but 'int_or_str' is expected here"),
        (
            "def f(x: int | str) -> int:\n    return x << 'a'\n\n\nf(1)\n",
            "'<<' is not defined for 'int_or_str' and 'str'",
        ),
        (
            "def f(x: str | list[float]) -> None:\n    print(x[0])\n\n\nf('a')\n",
            "this gives 'str' or 'float', by the type of a value of 'str_or_list_float'",
        ),
        (
            "def f(x: int | list[int]) -> None:\n    x += [1]\n    print(x)\n\n\nf([2])\n",
            "a 'list[int]' is changed where it is, another value of 'int_or_list_int' is not",
        ),
    ],
)
def test_what_is_none_of_the_types_is_refused(tmp_path: Path, source: str, message: str) -> None:
    path = tmp_path / "program.py"
    path.write_text(source)
    with pytest.raises(CompileFailed) as failure:
        compile_file(CompileOptions(path, output=tmp_path / "program", target="host"))
    assert [each.message for each in failure.value.diagnostics] == [message]
