"""Refusals: whether a request for memory is refused although there is some.

Never, here. Machine tests put a module of their own in the place of this one, which refuses each request of what they
do in turn (tests/kernel/mem/refusals.py), so that whoever asks for memory proves that it can do without.
"""

from __future__ import annotations

from lang import inline, irq_safe, no_raise


@inline
@irq_safe
@no_raise
def is_due() -> bool:
    """Whether the request that is made now is to be refused."""
    return False
