"""The views of a dict: what keys(), values() and items() are where no loop runs over them.

Source: Python Library Reference, "Dictionary view objects".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Generic, TypeVar, final

from core.containers import storage
from core.containers.set import set
from core.text.buffer import TextBuffer

if TYPE_CHECKING:
    from core.containers.dict import dict

K = TypeVar("K")
V = TypeVar("V")


@final
class dict_keys(Generic[K, V]):
    """The keys of a dict, as a set of them would be."""

    mapping: dict[K, V]

    def __init__(self, mapping: dict[K, V]) -> None:
        self.mapping = mapping

    def __len__(self) -> int:
        return len(self.mapping)

    def __contains__(self, key: K) -> bool:
        return key in self.mapping

    def __iter__(self) -> Iterator[K]:
        for key in self.mapping:  # noqa: UP028 - only programs have 'yield from'
            yield key

    def __reversed__(self) -> Iterator[K]:
        for key in reversed(self.mapping):  # noqa: UP028
            yield key

    def __eq__(self, other: dict_keys[K, V]) -> bool:
        return len(self) == len(other) and self <= other

    def __le__(self, other: dict_keys[K, V]) -> bool:
        for key in self.mapping:
            if key not in other.mapping:
                return False
        return True

    def as_set(self) -> set[K]:
        result = set[K]()
        for key in self.mapping:
            result.add(key)
        return result

    def write_repr(self, out: TextBuffer) -> None:
        """Write what repr() of the view is."""
        out.write(b"dict_keys([")
        is_first = True
        for key in self.mapping:
            if not is_first:
                out.write(b", ")
            storage.write(out, f"{key!r}")
            is_first = False
        out.write(b"])")


@final
class dict_values(Generic[K, V]):
    """The values of a dict."""

    mapping: dict[K, V]

    def __init__(self, mapping: dict[K, V]) -> None:
        self.mapping = mapping

    def __len__(self) -> int:
        return len(self.mapping)

    def __contains__(self, value: V) -> bool:
        for each in self.mapping.values():
            if each == value:
                return True
        return False

    def __iter__(self) -> Iterator[V]:
        for value in self.mapping.values():  # noqa: UP028
            yield value

    def write_repr(self, out: TextBuffer) -> None:
        """Write what repr() of the view is."""
        out.write(b"dict_values([")
        is_first = True
        for value in self.mapping.values():
            if not is_first:
                out.write(b", ")
            storage.write(out, f"{value!r}")
            is_first = False
        out.write(b"])")


@final
class dict_items(Generic[K, V]):
    """The keys of a dict with their values."""

    mapping: dict[K, V]

    def __init__(self, mapping: dict[K, V]) -> None:
        self.mapping = mapping

    def __len__(self) -> int:
        return len(self.mapping)

    def __contains__(self, item: tuple[K, V]) -> bool:
        key, value = item
        return key in self.mapping and self.mapping[key] == value

    def __iter__(self) -> Iterator[tuple[K, V]]:
        for key, value in self.mapping.items():  # noqa: UP028
            yield key, value

    def __eq__(self, other: dict_items[K, V]) -> bool:
        return self.mapping == other.mapping

    def write_repr(self, out: TextBuffer) -> None:
        """Write what repr() of the view is."""
        out.write(b"dict_items([")
        is_first = True
        for key, value in self.mapping.items():
            if not is_first:
                out.write(b", ")
            storage.write(out, f"({key!r}, {value!r})")
            is_first = False
        out.write(b"])")
