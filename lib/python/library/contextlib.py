"""Python's module contextlib, for programs. `contextmanager` and `suppress` are words that the compiler
knows (compiler/phrases/manager_words.py).

Source: Python Library Reference, module contextlib.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class _GeneratorContextManager(Generic[T]):
    """What a function marked @contextmanager gives: its generator's only item is what `as` binds."""

    def __init__(self, items: Iterator[T]) -> None:
        self.items: Iterator[T] = items

    def __enter__(self) -> T:
        try:
            return next(self.items)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, kind: object, error: object, traceback: object) -> bool:
        if error is None:
            try:
                next(self.items)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            self.items.throw(error)
        except StopIteration:
            return True
        except BaseException as other:
            if other is error:
                return False
            raise
        raise RuntimeError("generator didn't stop after throw()")


class closing(Generic[T]):
    """Closes what it holds at the end of its block."""

    def __init__(self, thing: T) -> None:
        self.thing: T = thing

    def __enter__(self) -> T:
        return self.thing

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        self.thing.close()


class nullcontext(Generic[T]):
    """Does nothing, and gives what it holds."""

    def __init__(self, enter_result: T) -> None:
        self.enter_result: T = enter_result

    def __enter__(self) -> T:
        return self.enter_result

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        return
