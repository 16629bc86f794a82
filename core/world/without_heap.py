"""A world that has no memory to give: every allocation raises MemoryError.

For images that start before anything manages memory. Static objects and borrowed closures work as
everywhere; their last reference never goes, so nothing is ever freed.
"""

from __future__ import annotations

from core.object import Dying, Header, TypeInfo
from lang import Ptr, export, no_raise, u8, u64, unreachable


@export("__pw_allocate")
@no_raise
def allocate(size: u64, type: Ptr[TypeInfo]) -> Ptr[u8] | None:
    return None


@export("__pw_free")
@no_raise
def free(object: Ptr[Header], type: Ptr[TypeInfo]) -> None:
    unreachable()


@export("__pw_destroy_later")
@no_raise
def destroy_later(object: Ptr[Header]) -> None:
    unreachable()


@export("__pw_dying")
@no_raise
def dying() -> Ptr[Dying] | None:
    """Nothing ever ends."""
    return None


@export("__pw_more_dying")
@no_raise
def more_dying(dying: Ptr[Dying]) -> bool:
    return False
