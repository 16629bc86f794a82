"""The module under test, in each of the ways in which it can run.

A test takes `implementation` and asks it for a module by name. Under `python` that is the module
itself, imported with the stand-ins of `lang`; under `native` the functions are compiled into this
process. The test's body is the same.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import typing
from collections.abc import Callable
from typing import Any

import pytest

from lang.integers import FixedInt

Implementation = Callable[[str], Any]


class TypedModule:
    """A module whose functions convert numbers to the types of their parameters, as calls of
    compiled code do."""

    def __init__(self, name: str) -> None:
        self._module = importlib.import_module(name)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._module, name)
        return _typed(value) if inspect.isfunction(value) else value


def _typed(function: Callable[..., Any]) -> Callable[..., Any]:
    types = typing.get_type_hints(function)
    names = list(inspect.signature(function).parameters)

    @functools.wraps(function)
    def call(*arguments: Any) -> Any:
        return function(*map(_convert, arguments, (types.get(name) for name in names)))

    return call


def _convert(value: Any, kind: Any) -> Any:
    is_fixed = isinstance(kind, type) and issubclass(kind, FixedInt)
    return kind(value) if is_fixed and isinstance(value, int) else value


@pytest.fixture(scope="session", params=["python"])
def implementation(request: pytest.FixtureRequest) -> Implementation:
    return TypedModule
