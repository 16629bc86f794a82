"""Python's module contextlib, for programs. `contextmanager` and `suppress` are words that the compiler
knows (compiler/phrases/manager_words.py), and it writes out what an ExitStack is given
(compiler/phrases/exit_stacks.py).

Source: Python Library Reference, module contextlib.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
M = TypeVar("M")


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


class ExitStack:
    """Leaves what it has entered, the last first, at the end of its block."""

    def __init__(self) -> None:
        self.exits: list[Callable[[BaseException | None], bool]] = []
        self.entering: list[Callable[[BaseException | None], bool]] = []

    def __enter__(self) -> ExitStack:  # noqa: PYI034 - the language has no Self
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> bool:
        pending: BaseException | None = error
        while self.exits:
            leave = self.exits.pop()
            try:
                if leave(pending):
                    pending = None
            except BaseException as other:  # noqa: BLE001  whatever it is, the others are left, too
                pending = other
        if pending is None:
            return error is not None
        if pending is error:
            return False
        raise pending

    def close(self) -> None:
        """Leave everything now."""
        self.__exit__(None, None, None)

    def pop_all(self) -> ExitStack:
        """Give what was entered to another stack, and forget it."""
        other = ExitStack()
        other.exits, self.exits = self.exits, other.exits
        return other

    def push(self, manager: M) -> M:
        """Leave a manager at the end, which is not entered here."""
        self.entering__(manager)
        self.entered_all__()
        return manager

    def later__(self, callback: Callable[[], None]) -> None:
        """Call a function at the end."""

        def leave(error: BaseException | None) -> bool:
            callback()
            return False

        self.exits.append(leave)

    def entering__(self, manager: M) -> M:
        """Keep a manager until its `__enter__` has returned."""

        def leave(error: BaseException | None) -> bool:
            return bool(manager.__exit__(error, error, None))

        self.entering.append(leave)
        return manager

    def entered__(self, given: T) -> T:
        """Return what the `__enter__` of the last manager gave: it will be left at the end."""
        self.entered_all__()
        return given

    def entered_all__(self) -> None:
        self.exits.append(self.entering.pop())
