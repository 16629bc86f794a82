"""Mappings of frames that somebody else holds, too: files, and memory that programs share.

    mapping = mapping.begin(space, place, size, protection, may_write)
    for each page: mapping.put(frame)
    mapping.start

The place is reserved first, so that nobody else gets it, and hidden, so that nobody touches it before all frames are
there. Each frame that is put is held by the space from then on, and let go with the page.
"""

from __future__ import annotations

from core.errors import BadAddress
from kernel.mem import frames
from kernel.mem.address_space import AddressSpace, Protection
from kernel.mem.layout import PAGE_SIZE, PhysAddr, VirtAddr, round_up
from lang import Ptr, address_of, no_raise, struct, u64


@struct
class Mapping:
    """Pages of a space that are being given frames."""

    space: Ptr[AddressSpace]
    start: VirtAddr
    size: u64
    protection: Protection
    may_write: bool  # the program may make it writable
    filled: u64  # bytes that have frames

    def put(self, frame: PhysAddr) -> None:
        """Map a frame as the next page; the space becomes one more of its holders.

        Raises:
            BadAddress: another thread of the program has unmapped the page meanwhile.
            MemoryError: there is too little memory.
        """
        frames.retain(frame)
        try:
            self.space.put_frame(self.start + self.filled, frame, self.protection, self.may_write)
        except (BadAddress, MemoryError, ValueError):
            frames.free(frame)
            raise
        self.filled += PAGE_SIZE

    @no_raise
    def give_up(self) -> None:
        """Unmap what there is."""
        try:
            self.space.unmap(self.start, self.size)
        except (ValueError, BadAddress, MemoryError):
            assert False, "what was reserved ends where pages do"


def begin(
    space: AddressSpace, place: u64, size: u64, protection: Protection, may_write: bool
) -> Mapping:
    """Return a mapping that has no frames yet.

    place: where, in whole pages; 0: wherever there is room.

    Raises:
        ValueError: the size is 0, or the place is not a page's.
        BadAddress: the place lies outside of the space.
        FileExistsError: something is mapped there already.
        MemoryError: there is no room, or no memory for the tables.
    """
    nothing = Protection(0)
    start = space.reserve(size, nothing) if place == 0 else space.reserve(size, nothing, place)
    return Mapping(address_of(space), start, round_up(size, PAGE_SIZE), protection, may_write, 0)
