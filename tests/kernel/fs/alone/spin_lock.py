"""In place of kernel.sync.spin_lock, for one thread."""

from __future__ import annotations

from typing import Annotated

from lang import Slice, irq_safe, no_preempt, no_raise, struct, u8


@struct(pinned=True)
class SpinLock:
    is_held: bool

    @irq_safe
    @no_raise
    def __enter__(self, place: Slice[u8] = b"") -> Annotated[None, no_preempt]:
        assert not self.is_held, "the only thread waits for itself"
        self.is_held = True

    @irq_safe
    @no_raise
    def __exit__(self, *error: object) -> None:
        self.is_held = False
