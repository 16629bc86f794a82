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
from types import ModuleType
from typing import Any

import pytest

from core.cpu import string
from lang import Array, Ptr, Slice, u8, u64
from lang.integers import FixedInt

Implementation = Callable[[str], Any]


@functools.cache
def typed_module(name: str) -> ModuleType:
    """Return a module all of whose functions convert what they take and return to the types that
    they state, as calls of compiled code do: numbers get their width, bytes become a slice."""
    string.copy_words, string.fill_words = _copy_words, _fill_words  # machine code
    module = importlib.import_module(name)
    _instrument(module, name)
    for member in vars(module).values():
        if inspect.isclass(member) and member.__module__ == name:
            _instrument(member, name)
    return module


def _copy_words(target: Ptr[u8], source: Ptr[u8], count: int) -> None:
    for index in range(count):
        target.cast(u64)[index] = source.cast(u64)[index]


def _fill_words(target: Ptr[u8], pattern: int, count: int) -> None:
    for index in range(count):
        target.cast(u64)[index] = pattern


def _instrument(owner: Any, module: str) -> None:
    for name, member in list(vars(owner).items()):
        if inspect.isfunction(member) and member.__module__ == module:
            setattr(owner, name, _typed(member))
        elif isinstance(member, property):
            setattr(owner, name, property(_typed(member.fget)))


def _typed(function: Callable[..., Any]) -> Callable[..., Any]:
    parameters = list(inspect.signature(function).parameters)
    types = functools.cache(lambda: typing.get_type_hints(function))

    @functools.wraps(function)
    def call(*values: Any, **named: Any) -> Any:
        converted = (_convert(v, types().get(p)) for v, p in zip(values, parameters, strict=False))
        return _convert(function(*converted, **named), types().get("return"))

    return call


def _convert(value: Any, kind: Any) -> Any:
    if kind is Slice[u8] and isinstance(value, bytes):
        return Array[u8, len(value)](*value)[:]
    is_fixed = isinstance(kind, type) and issubclass(kind, FixedInt)
    return kind(value) if is_fixed and isinstance(value, int) else value


@pytest.fixture(scope="session", params=["python"])
def implementation(request: pytest.FixtureRequest) -> Implementation:
    return typed_module
