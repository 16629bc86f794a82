"""In place of kernel.sync.wait_queue: nobody waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from kernel.sched.thread import WakeReason
from lang import no_raise, sleeps, struct, u64


@struct(pinned=True)
class WaitQueue:
    waiters: u64

    @no_raise
    @sleeps
    def wait_until(self, condition: Annotated[Callable[[], bool], no_raise]) -> WakeReason:
        return WakeReason.INTERRUPTED
