"""Counted objects: what stands before the fields of every instance of a class, and how it ends.

    header    strong  references that keep the object alive
              weak    weak references, plus one while strong > 0
              type    its class

The compiler counts references in place and calls `destroy` when the strong count falls to 0. The
object's drop function then runs `__del__` and releases the fields. The memory itself stays until the
last weak reference is gone, so that a weak reference can always ask whether its object still lives.

An object may be the last to hold another one, and that a third, and so on, further than there is stack to end one within
the other. So at DEEPEST objects within each other, fewer where the stack is small, the next is put off until the outermost
has ended (Dying).

Invariant: strong > 0 implies weak > 0. Whoever brings weak to 0 frees the memory.
Context: `destroy` runs where the last reference went; `__del__` may not raise.
"""

from __future__ import annotations

from typing import Final

from lang import (
    Array,
    Atomic,
    CFunction,
    Order,
    Ptr,
    address_of,
    export,
    no_raise,
    noinline,
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


DEEPEST: Final = 16
FIRST_ROOM: Final = 30


@struct(pinned=True)
class Dying:
    """The objects that a thread is ending. Zeros: none."""

    reserved: u32  # how many fewer than DEEPEST may be within each other
    depth: u32  # how many within each other
    count: u32  # of those put off
    first: Array[Ptr[Header] | None, FIRST_ROOM]
    more: (
        Ptr[Ptr[Header] | None] | None
    )  # what does not fit into `first`, if the world has room for it
    room: u64  # for how many

    @noinline
    @no_raise
    def put_off(self, object: Ptr[Header]) -> bool:
        """Note an object that is to end later; return False if there is no room."""
        index = self.count
        if index < FIRST_ROOM:
            self.count = index + 1
            self.first[index] = object
            return True
        if index - FIRST_ROOM >= self.room and not make_room(self):
            return False
        more = self.more
        if more is None:
            return False
        self.count = index + 1
        more[index - FIRST_ROOM] = object
        return True

    @property
    @no_raise
    def next_room(self) -> u64:
        """For how many there should be room beyond `first` when there is too little."""
        return max(self.room * 2, u64(FIRST_ROOM))

    @no_raise
    def move_to(self, memory: Ptr[u8]) -> None:
        """Have memory with room for `next_room`; what was there before is whoever gives this one's."""
        places = memory.cast(Ptr[Header] | None)
        before = self.more
        if before is not None:
            for index in range(self.room):
                places[index] = before[index]
        self.room = self.next_room
        self.more = places

    @no_raise
    def take(self) -> Ptr[Header] | None:
        """Return the object that was put off last."""
        index = self.count - 1
        self.count = index
        if index < FIRST_ROOM:
            return self.first[index]
        more = self.more
        return None if more is None else more[index - FIRST_ROOM]


@no_raise
def make_room(dying: Dying) -> bool:
    """Let the world make more room; return False if it has none."""
    make = CFunction[[Ptr[Dying]], bool](symbol_address("__pw_more_dying"))
    return make(address_of(dying))


@export("__pw_destroy")
@no_raise
def destroy(object: Ptr[Header]) -> None:
    """End an object whose last strong reference is gone."""
    drop = object.type.drop
    if drop is None:
        release_weak(object)
        return
    here = CFunction[[], Ptr[Dying] | None](symbol_address("__pw_dying"))
    dying = here()
    if dying is None:
        drop(object)
        release_weak(object)
        return
    if dying.depth + dying.reserved >= DEEPEST and dying.put_off(object):
        return
    dying.depth += 1
    drop(object)
    release_weak(object)
    while dying.depth == 1 and dying.count > 0:
        end_one(dying)
    dying.depth -= 1


@noinline
@no_raise
def end_one(dying: Ptr[Dying]) -> None:
    """End an object that was put off."""
    object = dying.take()
    if object is None:
        return
    drop = object.type.drop
    if drop is not None:
        drop(object)
    release_weak(object)


@export("__pw_release_weak")
@no_raise
def release_weak(object: Ptr[Header]) -> None:
    """Let go of a weak reference, or of the one that all strong ones hold together.

    Whoever finds its own the only one is alone with the object, and need not count.
    """
    if object.weak.load(Order.ACQUIRE) == 1 or object.weak.fetch_sub(1, Order.ACQ_REL) == 1:
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
