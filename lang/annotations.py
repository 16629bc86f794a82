"""What the annotations of a class mean, worked out when the class is first used.

Annotations are text, since every file postpones their evaluation, and may name types that are defined
further down, or imported for type checkers only. The latter become `Unresolved`, which is enough to
point at.
"""

from __future__ import annotations

import builtins
import inspect
import sys
from typing import Any, TypeVar


class Unresolved:
    """A type that exists under `if TYPE_CHECKING:` only."""

    def __init__(self, name: str) -> None:
        self.__name__ = name

    def __getattr__(self, name: str) -> Unresolved:
        if name.startswith("_"):
            raise AttributeError(name)
        return Unresolved(f"{self.__name__}.{name}")

    def __getitem__(self, arguments: Any) -> Unresolved:
        return self

    def __call__(self, *arguments: Any) -> Any:
        raise TypeError(f"{self.__name__} is imported for type checkers only")

    def __or__(self, other: Any) -> Any:
        return OptionalUnresolved(self)

    def __repr__(self) -> str:
        return self.__name__


class OptionalUnresolved:
    """`T | None` for an unresolved T."""

    def __init__(self, target: Unresolved) -> None:
        self.target = target


class _Names(dict):
    """The names that an annotation sees: the module's, with type variables bound."""

    def __init__(self, module: dict[str, Any], bindings: dict[Any, Any]) -> None:
        self.module = module
        self.bindings = bindings

    def __missing__(self, name: str) -> Any:
        if name in self.module:
            value = self.module[name]
        elif hasattr(builtins, name):
            value = getattr(builtins, name)
        else:
            return Unresolved(name)
        return self.bindings.get(value, value) if isinstance(value, TypeVar) else value


def resolve(cls: type, bindings: dict[Any, Any]) -> dict[str, Any]:
    """Return the type of each field of `cls`, in order; constants of the class are no fields."""
    module = vars(sys.modules[cls.__module__])
    names = _Names(module, bindings)
    types: dict[str, Any] = {}
    for field in field_names(cls):
        written = cls.__annotations__[field]
        types[field] = eval(written, {}, names) if isinstance(written, str) else written
    return types


def field_names(cls: type) -> list[str]:
    """Return the names of the fields that `cls` itself declares, in order."""
    annotations = inspect.get_annotations(cls)
    return [name for name, written in annotations.items() if not _is_constant(written)]


def _is_constant(written: Any) -> bool:
    text = written if isinstance(written, str) else getattr(written, "__name__", str(written))
    return text.startswith(("Final", "ClassVar", "typing.Final", "typing.ClassVar"))
