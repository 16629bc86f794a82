"""Every example of the language's pages is compiled and run; every error example is rejected."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from compiler.source import CompileFailed
from compiler.testing import native

PAGES = sorted((Path(__file__).parents[2] / "docs" / "language").glob("*.md"))
_BLOCK = re.compile(r"^```(.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    source: str
    is_error: bool
    calls: str


def examples(page: Path) -> list[Example]:
    """Return the page's programs, each with the calls that follow it."""
    found: list[Example] = []
    for kind, text in _BLOCK.findall(page.read_text()):
        if kind.startswith("python"):
            found.append(Example(text, kind == "python error", ""))
        elif ">>>" in text:
            found[-1] = found[-1]._replace(calls=text)
    return found


def all_examples() -> list[object]:
    return [
        pytest.param(example, id=f"{page.stem}-{number}")
        for page in PAGES
        for number, example in enumerate(examples(page), 1)
    ]


@pytest.mark.parametrize("example", all_examples())
def test_example(example: Example, tmp_path: Path) -> None:
    path = tmp_path / "example.py"
    path.write_text("from __future__ import annotations\n\n" + example.source)
    if example.is_error:
        with pytest.raises(CompileFailed) as failure:
            native(path)
        assert all(each.hint or each.notes for each in failure.value.diagnostics)
        return
    module = native(path)
    for call, expected in re.findall(r">>> (.*)\n(.*)\n", example.calls):
        assert result_of(call, module) == expected, call


def result_of(call: str, module: object) -> str:
    """Return what a prompt would show: the result, or the name of the exception."""
    try:
        names = set(re.findall(r"\w+", call)) & set(dir(module))
        return repr(eval(call, {name: getattr(module, name) for name in names}))
    except Exception as error:  # noqa: BLE001 - whatever the example raises is shown
        return type(error).__name__
