"""Counted objects: what stands before the fields of every instance of a class, and how it ends.

    header    strong  references that keep the object alive
              weak    weak references, plus one while strong > 0
              type    its class

The compiler counts references in place and calls `destroy` when the strong count falls to 0. The
object's drop function then runs `__del__` and releases the fields. The memory itself stays until the
last weak reference is gone, so that a weak reference can always ask whether its object still lives.

Invariant: strong > 0 implies weak > 0. Whoever brings weak to 0 frees the memory.
Context: `destroy` runs where the last reference went; `__del__` may not raise.
"""

from __future__ import annotations

from lang import (
    Atomic,
    CFunction,
    Order,
    Ptr,
    export,
    no_raise,
    struct,
    symbol_address,
    u8,
    u32,
    u64,
)


@struct
class TypeInfo:
    """A class at run time; the vtable follows, one code address per slot."""

    size: u64  # of an object, header included, in bytes
    base: Ptr[TypeInfo] | None
    drop: CFunction[[Ptr[Header]], None] | None
    name: Ptr[u8]  # ended by a 0
    number: u32  # of an exception that crosses system calls
    depth: u32  # classes above it
    allocator: u64  # a word for the world's allocator
    reserved: u64


@struct(pinned=True)
class Header:
    strong: Atomic[u32]
    weak: Atomic[u32]
    type: Ptr[TypeInfo]


@export("__pw_destroy")
@no_raise
def destroy(object: Ptr[Header]) -> None:
    """End an object whose last strong reference is gone."""
    drop = object.type.drop
    if drop is not None:
        drop(object)
    release_weak(object)


@export("__pw_release_weak")
@no_raise
def release_weak(object: Ptr[Header]) -> None:
    """Let go of a weak reference, or of the one that all strong ones hold together."""
    if object.weak.fetch_sub(1, Order.ACQ_REL) == 1:
        free(object, object.type)


@export("__pw_upgrade")
@no_raise
def try_retain(object: Ptr[Header]) -> bool:
    """Take a strong reference unless the object is already at its end."""
    count = object.strong.load(Order.RELAXED)
    while count != 0:
        seen = object.strong.compare_exchange(count, count + 1, Order.ACQUIRE)
        if seen == count:
            return True
        count = seen
    return False


@export("__pw_is_instance")
@no_raise
def is_instance(of: Ptr[TypeInfo], wanted: Ptr[TypeInfo]) -> bool:
    """True if `of` is `wanted` or derives from it."""
    type: Ptr[TypeInfo] | None = of
    while type is not None:
        if type == wanted:
            return True
        type = type.base
    return False


def free(object: Ptr[Header], type: Ptr[TypeInfo]) -> None:
    """Give the memory back to the world's allocator."""
    release = CFunction[[Ptr[Header], Ptr[TypeInfo]], None](symbol_address("__pw_free"))
    release(object, type)
