"""Memory of the heap that goes with the object which has it."""

from __future__ import annotations

from kernel.mem import heap
from lang import Ptr, Slice, no_raise, u8, u64


class HeapMemory:
    """Bytes, aligned to 16, that hold whatever they held last."""

    start: Ptr[u8] | None  # None: there was no memory
    size: u64  # constant

    def __init__(self, size: u64) -> None:
        """Raises:
        MemoryError: there is too little memory.
        """
        self.start = heap.allocate(max(size, u64(1)))
        self.size = size

    def __del__(self) -> None:
        start = self.start
        if start is not None:
            heap.free(start)

    @property
    @no_raise
    def bytes(self) -> Slice[u8]:
        start = self.start
        assert start is not None, "what was made has memory"
        return Slice[u8](start, self.size)


def copy_of(data: Slice[u8]) -> HeapMemory:
    """Return memory with the same bytes.

    Raises:
        MemoryError: there is too little memory.
    """
    made = HeapMemory(len(data))
    made.bytes.copy_from(data)
    return made
