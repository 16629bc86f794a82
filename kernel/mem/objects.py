"""Objects: where instances of classes get their memory, as the compiler asks for it by name.

Each class has a cache of its own, made with its first instance and noted in the class's description, so
that what is alive can be told by class. When there are as many caches as there may be, further classes
share those of the heap's sizes.

Context: as object_cache.py.
"""

from __future__ import annotations

from core.object import Dying, Header, TypeInfo
from kernel.mem import heap, object_cache
from kernel.mem.object_cache import LARGEST
from kernel.sync.spin_lock import SpinLock
from lang import Ptr, Slice, cold, export, irq_safe, no_raise, noinline, truncate, u8, u32, u64

naming: SpinLock  # guards TypeInfo.allocator while it is 0


@export("__pw_allocate")
@irq_safe
@no_raise
def allocate(size: u64, type: Ptr[TypeInfo]) -> Ptr[u8] | None:
    """Return zeroed memory for an object; None if there is none."""
    try:
        memory = _memory_for(size, type)
    except MemoryError:
        return None
    Slice[u8](memory, size).fill(0)
    return memory


@irq_safe
def _memory_for(size: u64, type: Ptr[TypeInfo]) -> Ptr[u8]:
    if size > LARGEST:
        return heap.allocate(size)
    if type.allocator == 0:
        _name_cache(size, type)
    return object_cache.allocate(truncate(u32, type.allocator))


@cold
@noinline
@irq_safe
@no_raise
def _name_cache(size: u64, type: Ptr[TypeInfo]) -> None:
    """Note in a class which cache is its own."""
    with naming:
        if type.allocator != 0:
            return
        try:
            type.allocator = object_cache.make(type.name, size)
        except MemoryError:
            type.allocator = heap.cache_for(size)


@export("__pw_free")
@irq_safe
@no_raise
def free(object: Ptr[Header], type: Ptr[TypeInfo]) -> None:
    heap.free(object.cast(u8))


@export("__pw_take_storage")
@irq_safe
@no_raise
def take_storage(size: u64) -> Ptr[u8] | None:
    """Return zeroed memory for the elements of a container; None if there is none."""
    try:
        memory = heap.allocate(size)
    except MemoryError:
        return None
    Slice[u8](memory, size).fill(0)
    return memory


@export("__pw_give_storage")
@irq_safe
@no_raise
def give_storage(storage: Ptr[u8], size: u64) -> None:
    """Take back what `take_storage` gave."""
    heap.free(storage)


@export("__pw_more_dying")
@no_raise
def more_dying(dying: Ptr[Dying]) -> bool:
    """Double the room for objects that are put off. Without memory, they end within each other."""
    made = take_storage(dying.next_room * 8)
    if made is None:
        return False
    before = dying.more
    dying.move_to(made)
    if before is not None:
        heap.free(before.cast(u8))
    return True
