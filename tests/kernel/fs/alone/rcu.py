"""In place of kernel.sync.rcu, for one thread: a grace period is over when nothing is read, and so at once."""

from __future__ import annotations

from typing import Annotated

from lang import CFunction, Ptr, no_preempt, no_raise, sleeps, struct

depth: int = 0


@struct
class Reading:
    @no_raise
    def __enter__(self) -> Annotated[None, no_preempt]:
        global depth
        depth += 1

    @no_raise
    def __exit__(self, *error: object) -> None:
        global depth
        depth -= 1


@no_raise
def read() -> Reading:
    return Reading()


@struct(pinned=True)
class Later:
    function: CFunction[[Ptr[Later]], None] | None


@no_raise
def call(later: Ptr[Later], function: CFunction[[Ptr[Later]], None]) -> None:
    assert depth == 0, "what is put off would never come"
    function(later)


@no_raise
@sleeps
def synchronize() -> None:
    assert depth == 0, "what is waited for would never come"


@no_raise
@sleeps
def finish() -> None:
    pass
