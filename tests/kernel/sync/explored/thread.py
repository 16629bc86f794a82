"""In place of the kernel's threads: what of them waiting needs."""

from __future__ import annotations

from enum import IntEnum

from kernel.sync.lock_order import HeldLocks
from lang import Atomic, over, struct, u32


@over(u32)
class ThreadState(IntEnum):
    RUNNABLE = 0
    SLEEPING = 1


@over(u32)
class WakeReason(IntEnum):
    WOKEN = 0
    TIMED_OUT = 1
    INTERRUPTED = 2


@struct(pinned=True)
class Thread:
    state: Atomic[u32]  # ThreadState
    reason: WakeReason
    held: HeldLocks
