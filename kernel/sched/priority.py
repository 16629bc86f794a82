"""Priorities: what share of a processor a thread gets, and how long it runs at a time.

A thread's weight is its process' priority plus 1, so that priority 31 gets 32 times what priority 0 gets. Programs
choose among 0 to USER_HIGHEST; the kernel's own threads have the highest.
"""

from __future__ import annotations

from typing import Final

from lang import inline, irq_safe, no_raise, u32, u64

HIGHEST: Final[u32] = 63
USER_HIGHEST: Final[u32] = 31
SLICE_NS: Final[u64] = 3_000_000


@inline
@irq_safe
@no_raise
def weight_of(priority: u32) -> u32:
    assert priority <= HIGHEST
    return priority + 1
