"""In place of kernel.sched.thread: why a thread goes on."""

from __future__ import annotations

from enum import IntEnum

from lang import over, u32


@over(u32)
class WakeReason(IntEnum):
    WOKEN = 0
    TIMED_OUT = 1
    INTERRUPTED = 2
