"""The same source compiled and under CPython, so that a test can hold one against the other."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from compiler.cache import PROJECT
from compiler.testing import native
from tests.compiler.pipeline import with_imports

BUILDS = ("checked", "release")
FOLDER = PROJECT / "build" / "both"


class Both:
    """A module in both forms. `agree` calls one of its functions in each."""

    def __init__(self, source: str, name: str, build: str = "checked") -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        path = FOLDER / f"{name}.py"
        text = with_imports(source)
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
        self.compiled = native(path, build=build)
        self.python = _imported(path)

    def agree(self, name: str, *arguments: Any) -> None:
        """Fail unless both give the same value, or raise the same class."""
        expected = _outcome(getattr(self.python, name), arguments)
        assert _outcome(getattr(self.compiled, name), arguments) == expected

    def agree_on(self, name: str, inputs: Iterable[Any]) -> None:
        """Call a function of one parameter with each input."""
        for each in inputs:
            self.agree(name, each)


@cache
def _imported(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(f"both_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _outcome(function: Any, arguments: tuple) -> Any:
    try:
        value = function(*arguments)
    except Exception as error:  # noqa: BLE001 - whatever either raises is the outcome
        return type(error).__name__
    return value if value is None or isinstance(value, tuple) else int(value)
