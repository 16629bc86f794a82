"""Generators that are sent values, or return one, for programs: what a function whose result is a
`Generator[Y, S, R]` gives (compiler/phrases/two_way.py).

Source: Python Language Reference, section 6.2.9.1, "Generator-iterator methods".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

Y = TypeVar("Y")
S = TypeVar("S")
R = TypeVar("R")


class _Channel(Generic[S, R]):
    """What a generator and who runs it leave for each other; each list has one item at most."""

    def __init__(self) -> None:
        self.sent: list[S] = []
        self.results: list[R] = []

    def value(self) -> S:
        """Return what was sent, where a generator has no use for None.

        Raises:
            TypeError: nothing was.
        """
        if not self.sent:
            raise TypeError("the generator needs a value here, and was sent None")
        return self.sent.pop()

    def value_or_none(self) -> S | None:
        """Return what was sent; None if nothing was."""
        return self.sent.pop() if self.sent else None


class _TwoWay(Generic[Y, S, R]):
    """A generator with `send` and a result."""

    def __init__(self, channel: _Channel[S, R], items: Iterator[Y]) -> None:
        self.channel: _Channel[S, R] = channel
        self.items: Iterator[Y] = items
        self.has_started: bool = False

    def __iter__(self) -> _TwoWay[Y, S, R]:
        return self

    def __next__(self) -> Y:
        return self.send(None)

    def send(self, value: S | None) -> Y:
        """Go on behind the `yield` where the generator rests, which gives `value` there.

        Raises:
            TypeError: it rests at none, since it has not started.
            StopIteration: it has ended.
        """
        if value is not None and not self.has_started:
            raise TypeError("can't send non-None value to a just-started generator")
        self.has_started = True
        self.channel.results.clear()
        self.leave(value)
        return next(self.items)

    def throw(self, error: BaseException) -> Y:
        """Raise an error at the `yield` where the generator rests."""
        self.has_started = True
        self.channel.results.clear()
        return self.items.throw(error)

    def close(self) -> None:
        self.items.close()

    def leave(self, value: S | None) -> None:
        """Let the `yield` where the generator rests give a value, once it goes on."""
        self.channel.sent.clear()
        if value is not None:
            self.channel.sent.append(value)

    def result(self) -> R:
        """Return what the generator has just returned.

        Raises:
            TypeError: nothing.
        """
        if not self.channel.results:
            raise TypeError("the generator returned None")
        return self.channel.results[0]

    def result_or_none(self) -> R | None:
        """Return what the generator has just returned; None if it has nothing, or had ended before."""
        return self.channel.results[0] if self.channel.results else None
