"""By which numbers exceptions cross to programs."""

from __future__ import annotations

from typing import Final

from core.object import TypeInfo
from lang import Ptr, no_raise, u64

UNNUMBERED: Final[u64] = 1  # OSError


@no_raise
def number_of(type: Ptr[TypeInfo]) -> u64:
    """Return the number by which a class crosses: its own, or that of the nearest base that has one."""
    at: Ptr[TypeInfo] | None = type
    while at is not None:
        if at.number != 0:
            return u64(at.number)
        at = at.base
    return UNNUMBERED
