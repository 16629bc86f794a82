"""Sums in dicts: which statements look their key up once."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.driver import compile_file
from compiler.options import CompileOptions

SOURCE = """
class Other:
    def get(self, key: str, default: int) -> int:
        return default

    def __setitem__(self, key: str, value: int) -> None:
        print(key, value)

    def __getitem__(self, key: str) -> int:
        return 1

def f(d: dict[str, int], e: dict[str, float], o: Other, k: str, n: int) -> None:
    {statement}

f({{"a": 1}}, {{"a": 1.0}}, Other(), "a", 2)
"""


def called(folder: Path, statement: str) -> str:
    path, output = folder / "sample.py", folder / "sample.ir"
    path.write_text(SOURCE.format(statement=statement))
    compile_file(CompileOptions(path, output=output, target="host", emit="ir"))
    function = output.read_text().partition("function @core.world.program.f(")[2]
    return function.partition("\nfunction ")[0]


@pytest.mark.parametrize(
    ("statement", "method"),
    [
        ("d[k] += 1", "add_to"),
        ("d[k] += n", "add_to"),
        ("d[k] -= 1", "add_to"),
        ("e[k] += 2", "add_to"),
        ("d[k] = d.get(k, 0) + 1", "add_or"),
        ("e[k] = e.get(k, 0.0) + 0.5", "add_or"),
        ("d['b'] = d.get('b', n) + n", "add_or"),
    ],
)
def test_the_key_is_looked_up_once(tmp_path: Path, statement: str, method: str) -> None:
    body = called(tmp_path, statement)
    assert f".{method}(" in body
    assert "__setitem__" not in body and "get_or" not in body


@pytest.mark.parametrize(
    "statement",
    [
        "d[k] -= n",
        "d[k] += len(k)",
        "d[k] *= 2",
        "d[k] = d.get('b', 0) + 1",
        "d[k] = 1 + d.get(k, 0)",
        "d[k] = d.get(k, 0) + len(k)",
        "o[k] = o.get(k, 0) + 1",
        "o[k] += 1",
    ],
)
def test_other_statements_read_and_then_write(tmp_path: Path, statement: str) -> None:
    body = called(tmp_path, statement)
    assert "add_to" not in body and "add_or" not in body
    assert "__setitem__" in body
