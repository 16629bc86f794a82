"""Code by its address: functions that follow C's calling convention, and symbols of the image."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from lang import storage
from lang.integers import u64
from lang.layout import POINTER_BYTES, Representation
from lang.storage import Memory

_types: dict[Any, type[CFunction]] = {}


class CFunction:
    """`CFunction[[A, B], R]`: the address of code. One made from a Python function can be called."""

    __slots__ = ("__weakref__", "_function", "address")

    def __class_getitem__(cls, arguments: tuple[list[Any], Any]) -> type[CFunction]:
        parameters, result = arguments
        key = (*parameters, result)
        if key not in _types:
            _types[key] = type("CFunction", (CFunction,), {"__slots__": ()})
        return _types[key]

    def __init__(self, code: int | Callable[..., Any]) -> None:
        self._function = None if isinstance(code, int) else code
        self.address = u64(code if isinstance(code, int) else storage.borrow_instance(code))

    @classmethod
    def _representation(cls) -> Representation:
        return _CodeAddress(cls)

    def __call__(self, *arguments: Any) -> Any:
        if self._function is None:
            raise NotImplementedError(
                f"CPython cannot call the code at {int(self.address):#x}; make the CFunction from a "
                "function"
            )
        return self._function(*arguments)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CFunction) and self.address == other.address

    def __hash__(self) -> int:
        return hash(self.address)


class _CodeAddress(Representation):
    size = alignment = POINTER_BYTES
    zero_is_valid = False
    has_null = True

    def __init__(self, kind: type[CFunction]) -> None:
        self.kind = kind

    def load(self, memory: Memory, offset: int) -> CFunction:
        address = int.from_bytes(memory.read(offset, POINTER_BYTES), "little")
        return memory.held.get(address) or self.kind(address)

    def store(self, memory: Memory, offset: int, value: Any) -> None:
        code = value if isinstance(value, CFunction) else self.kind(value)
        memory.held[int(code.address)] = code
        memory.write(offset, int(code.address).to_bytes(POINTER_BYTES, "little"))


def handled_class() -> NoReturn:
    """Return where the class of the exception that is being handled is described, as Ptr[None]."""
    raise NotImplementedError("under CPython a class has no description; take type(e)")


def symbol_address(name: str) -> NoReturn:
    """Return the address of a symbol of the linked image."""
    raise NotImplementedError(f"under CPython there is no image in which {name!r} has an address")
