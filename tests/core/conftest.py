"""The module under test, in each of the ways in which it can run.

A test takes `implementation` and asks it for a module by name. Under `python` that is the module
itself, imported with the stand-ins of `lang`; under `checked` and `release` it is compiled into this
process. The test's body is the same: numbers, `bytes`, and `bytearray` or `list` for a Slice that is written to.
"""

from __future__ import annotations

import ctypes
import functools
import importlib
import inspect
import typing
from collections.abc import Callable
from types import ModuleType
from typing import Any, Protocol

import pytest
from hypothesis import settings

from core.cpu import arithmetic, page, string
from lang import Array, Ptr, Slice, u8, u64
from lang.integers import FixedInt

settings.register_profile("compiled", deadline=None)  # the first example compiles the module
settings.load_profile("compiled")


class Memory(Protocol):
    """Bytes that stay where they are: also a Slice of which a function returns a part."""

    def pointer(self, offset: int) -> Any:
        """Return a Ptr[u8] to one of them."""

    def __len__(self) -> int: ...

    def __bytes__(self) -> bytes: ...


class Implementation(Protocol):
    """A way to run target code."""

    def __call__(self, module: str) -> Any:
        """Return a module: its functions and classes as attributes."""

    def memory(self, data: bytes) -> Memory: ...


# Under CPython ----------------------------------------------------------------------------------


class PythonImplementation:
    def __call__(self, module: str) -> Any:
        return _typed_module(module)

    def memory(self, data: bytes) -> Memory:
        return _ArrayMemory(data)


class _ArrayMemory:
    def __init__(self, data: bytes) -> None:
        self.array = Array[u8, len(data)](*data)

    def pointer(self, offset: int) -> Any:
        return self.array[offset:].pointer

    def __len__(self) -> int:
        return len(self.array)

    def __bytes__(self) -> bytes:
        return bytes(self.array[:])


@functools.cache
def _typed_module(name: str) -> ModuleType:
    """Return a module all of whose functions convert what they take and return to the types that
    they state, as calls of compiled code do: numbers get their width, bytes become a slice."""
    string.copy_words, string.fill_words = _copy_words, _fill_words  # in place of machine code
    arithmetic.divide_wide = _divide_wide
    page.has_word = _has_word
    module = importlib.import_module(name)
    _instrument(module, name)
    for member in list(vars(module).values()):
        if not hasattr(member, "__struct__"):
            continue
        if member.__module__ != name:
            _typed_module(member.__module__)
            continue
        _instrument(member, name)
        member.__init__ = _typed_constructor(member.__init__)
    return module


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
        converted = [_convert(v, types().get(p)) for v, p in zip(values, parameters, strict=False)]
        result = _convert(function(*converted, **named), types().get("return"))
        for value, slice in zip(values, converted, strict=False):
            if isinstance(value, bytearray | list):
                value[:] = list(slice)
        return result

    return call


def _typed_constructor(initialise: Callable[..., None]) -> Callable[..., None]:
    """Return a constructor that makes storage of the sequences that it is given."""

    @functools.wraps(initialise)
    def construct(self: Any, *values: Any, **named: Any) -> None:
        initialise(self, *map(_as_storage, values), **named)

    return construct


def _as_storage(value: Any) -> Any:
    return Array[u8, len(value)](*value)[:] if isinstance(value, bytearray) else value


def _convert(value: Any, kind: Any) -> Any:
    if not isinstance(kind, type):
        return value
    if isinstance(value, _ArrayMemory):
        return value.array[:]
    if issubclass(kind, Slice) and isinstance(value, bytes | bytearray | list):
        return Array[kind.element, len(value)](*value)[:]
    return kind(value) if issubclass(kind, FixedInt) and isinstance(value, int) else value


def _copy_words(target: Ptr[u8], source: Ptr[u8], count: int) -> None:
    for index in range(count):
        target.cast(u64)[index] = source.cast(u64)[index]


def _fill_words(target: Ptr[u8], pattern: int, count: int) -> None:
    for index in range(count):
        target.cast(u64)[index] = pattern


def _has_word(place: Ptr[u8]) -> bool:
    """The stand-ins let nobody read beyond an object."""
    return False


def _divide_wide(high: int, low: int, divisor: int) -> tuple[u64, u64]:
    quotient, remainder = divmod(int(high) << 64 | int(low), int(divisor))
    return u64(quotient), u64(remainder)


# Compiled ---------------------------------------------------------------------------------------


class NativeImplementation:
    def __init__(self, build: str) -> None:
        self.testing = pytest.importorskip("compiler.testing")
        self.build = build

    def __call__(self, module: str) -> Any:
        return self.testing.native(module, build=self.build)

    def memory(self, data: bytes) -> Memory:
        return _ProcessMemory(data)


class _ProcessMemory:
    def __init__(self, data: bytes) -> None:
        self.buffer = (ctypes.c_ubyte * max(1, len(data)))(*data)
        self.address = ctypes.addressof(self.buffer)
        self.size = len(data)

    def pointer(self, offset: int) -> int:
        return self.address + offset

    def __len__(self) -> int:
        return self.size

    def __bytes__(self) -> bytes:
        return bytes(self.buffer)[: self.size]


# The fixture ------------------------------------------------------------------------------------


@pytest.fixture(scope="session", params=["python", "checked", "release"])
def implementation(request: pytest.FixtureRequest) -> Implementation:
    return (
        PythonImplementation() if request.param == "python" else NativeImplementation(request.param)
    )
