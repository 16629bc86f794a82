"""In place of the kernel's threads: what of them waiting needs."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Annotated

from kernel.mem.address_space import AddressSpace
from kernel.sync.lock_order import HeldLocks
from lang import Atomic, Ptr, no_raise, over, u32

Main = Annotated[Callable[[], None], no_raise]


@over(u32)
class ThreadState(IntEnum):
    RUNNABLE = 0
    SLEEPING = 1


@over(u32)
class WakeReason(IntEnum):
    WOKEN = 0
    TIMED_OUT = 1
    INTERRUPTED = 2


class Thread:
    state: Atomic[u32]  # ThreadState
    reason: WakeReason
    held: HeldLocks
    space: Ptr[AddressSpace] | None
