"""A lock between the threads of a program; whoever finds it held sleeps.

    FREE       nobody holds it
    HELD       somebody does, and nobody waits
    CONTENDED  somebody does, and somebody may wait

Source: Drepper, "Futexes Are Tricky", 2011, section 5.
"""

from __future__ import annotations

from typing import Final

from core.world import system
from lang import Atomic, Order, address_of, cold, inline, no_raise, noinline, struct, u32

FREE: Final[u32] = 0
HELD: Final[u32] = 1
CONTENDED: Final[u32] = 2


@struct(pinned=True)
class WordLock:
    """Zeros are a free lock."""

    word: Atomic[u32]

    @inline
    @no_raise
    def __enter__(self) -> None:
        if self.word.compare_exchange(FREE, HELD, Order.ACQUIRE) != FREE:
            self._wait()

    @inline
    @no_raise
    def __exit__(self, *error: object) -> None:
        if self.word.swap(FREE, Order.RELEASE) == CONTENDED:
            self._wake()

    @cold
    @noinline
    @no_raise
    def _wait(self) -> None:
        while self.word.swap(CONTENDED, Order.ACQUIRE) != FREE:
            system.wait_while(address_of(self.word), CONTENDED)

    @cold
    @noinline
    @no_raise
    def _wake(self) -> None:
        system.wake(address_of(self.word), 1)
