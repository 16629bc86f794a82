"""Executables: from a file to a program in memory.

`load` runs in the process itself, whose memory is that of the processor, and copies as a system call does; so a file
that changes the address of what it relocates can reach its own memory at most. It reserves room at a random
address, puts the segments there, relocates, and then gives each page its rights:

    r--   rodata, symbols; after relocation what is to be read only then
    r-x   text
    rw-   data, zeros behind it

What is only read or executed is not copied, if the file lies in memory where nobody changes it: all processes of a program
have the same pages of it. Behind a segment that ends inside of a page the program sees what the file has there.

Between the segments nothing is mapped. The image begins at any of 2^28 pages; the stack and what the program reserves lie
in the same GiB, next to each other, so that they share page tables:

    slot                          one of 2^9, of 2 MiB
    slot + 1..128 pages           the end of the stack, which grows down from there
    + 1..64 pages                 where the search for room for what the program reserves begins
"""

from __future__ import annotations

from typing import Final

from core import elf
from core.elf import ProgramHeader, Relocation, RelocationType, SegmentFlags, SegmentType
from core.errors import BadAddress, BadExecutable
from kernel.cpu import randomness
from kernel.mem.address_space import AddressSpace, Protection
from kernel.mem.layout import (
    PAGE_SHIFT,
    PAGE_SIZE,
    PHYSICAL_MAP,
    VirtAddr,
    round_down,
    round_up,
)
from kernel.proc import executable_file
from kernel.proc.executable_file import Plan
from lang import Slice, UserPtr, UserSlice, no_raise, u8, u64

PLACES: Final[u64] = 1 << 28  # pages among which images and stacks begin
FIRST_PLACE: Final[u64] = 0x10_0000_0000
WINDOW: Final[u64] = 1 << 30  # in which everything of a program begins
SLOT: Final[u64] = 2 << 20  # what one table maps; a guard of that size takes none
STACK_PLACES: Final[u64] = 128
ROOM_PLACES: Final[u64] = 64
TRIES: Final = 16


def load(space: AddressSpace, file: Slice[u8], is_shared: bool) -> VirtAddr:
    """Put a program into the memory of this process, and return where it is entered.

    file: aligned to 8 bytes, and of nobody who could change it meanwhile. is_shared: it begins at a page of the
    physical map, stays there for ever, and has all of its last page.

    Raises:
        BadExecutable: it is no program for this system, or a damaged one.
        BadAddress: a relocation leads out of the program.
        MemoryError: there is too little memory.
    """
    plan = executable_file.check(file)
    base = reserve_somewhere(space, plan.size, Protection(0))
    segments = elf.segments_of(file)
    for segment in segments:
        if segment.type == SegmentType.LOAD and segment.memory_size > 0:
            done = share(space, base, file, segment) if is_shared else u64(0)
            fill(space, base, file, segment, done)
    relocate(file, plan, base)
    set_rights(space, segments, base, plan.size)
    return base + plan.entry


def share(space: AddressSpace, base: VirtAddr, file: Slice[u8], segment: ProgramHeader) -> u64:
    """Map the file's own pages of a segment that is not written; return how many of its bytes that are."""
    within = segment.virtual & (PAGE_SIZE - 1)
    is_aligned = segment.offset & (PAGE_SIZE - 1) == within
    start = segment.virtual - within
    end = shared_end(segment, file)
    if segment.flags & SegmentFlags.WRITE != 0 or not is_aligned or end <= start:
        return 0
    physical = file.pointer.address - PHYSICAL_MAP + segment.offset - within
    try:
        space.put_memory(base + start, physical, end - start, protection_of(segment.flags))
    except ValueError:
        assert False, "whole pages, and not both written and executed"
    return min(end - segment.virtual, segment.file_size)


@no_raise
def shared_end(segment: ProgramHeader, file: Slice[u8]) -> VirtAddr:
    """Return where the pages end that a segment can have of the file."""
    end = segment.virtual + segment.file_size
    rest = round_up(end, PAGE_SIZE) - end
    is_whole = segment.memory_size == segment.file_size
    if is_whole and segment.offset + segment.file_size + rest <= round_up(len(file), PAGE_SIZE):
        return end + rest
    return round_down(end, PAGE_SIZE)


def fill(
    space: AddressSpace, base: VirtAddr, file: Slice[u8], segment: ProgramHeader, done: u64
) -> None:
    """Copy what follows the first bytes of a segment, which are there already, into pages of the process' own."""
    if done == segment.memory_size:
        return
    start = segment.virtual + done
    first = round_down(start, PAGE_SIZE)
    end = round_up(segment.end, PAGE_SIZE)
    protect(space, base + first, end - first, Protection.READ | Protection.WRITE)
    if segment.file_size > done:
        bytes = file[segment.offset + done : segment.offset + segment.file_size]
        UserSlice[u8](base + start, segment.file_size - done).copy_in(bytes)


def relocate(file: Slice[u8], plan: Plan, base: VirtAddr) -> None:
    if plan.relocation_count == 0:
        return
    pointer = (file.pointer + plan.relocations).cast(Relocation)
    for relocation in Slice[Relocation](pointer, plan.relocation_count):
        if relocation.type != RelocationType.RELATIVE or relocation.addend >= plan.size:
            raise BadExecutable
        if relocation.offset > plan.size - 8:
            raise BadExecutable
        UserPtr[u64](base + relocation.offset).write(base + relocation.addend)


def set_rights(
    space: AddressSpace, segments: Slice[ProgramHeader], base: VirtAddr, size: u64
) -> None:
    """Leave of the room what segments need, each page with their rights."""
    end: u64 = 0
    for segment in segments:
        if segment.type != SegmentType.LOAD or segment.memory_size == 0:
            continue
        start = round_down(segment.virtual, PAGE_SIZE)
        if start > end:
            unmap(space, base + end, start - end)
        end = round_up(segment.end, PAGE_SIZE)
        protect(space, base + start, end - start, protection_of(segment.flags))
    if size > end:
        unmap(space, base + end, size - end)
    for segment in segments:
        if segment.type == SegmentType.READ_ONLY_LATER:
            start = round_down(segment.virtual, PAGE_SIZE)
            length = round_down(segment.end, PAGE_SIZE) - start
            if length > 0:
                protect(space, base + start, length, Protection.READ)


@no_raise
def protection_of(flags: SegmentFlags) -> Protection:
    if flags & SegmentFlags.EXECUTE != 0:
        return Protection.READ | Protection.EXECUTE
    return (
        Protection.READ | Protection.WRITE if flags & SegmentFlags.WRITE != 0 else Protection.READ
    )


def unmap(space: AddressSpace, start: VirtAddr, size: u64) -> None:
    try:
        space.unmap(start, size)
    except ValueError:
        assert False, "whole pages"


def protect(space: AddressSpace, start: VirtAddr, size: u64, protection: Protection) -> None:
    try:
        space.protect(start, size, protection)
    except ValueError:
        assert False, "whole pages, and not both written and executed"


def reserve_somewhere(space: AddressSpace, size: u64, protection: Protection) -> VirtAddr:
    """Promise memory at a random address; return where it starts. A page on either side stays free.

    Raises:
        MemoryError: there is no room, or no memory for page tables.
    """
    for _ in range(TRIES):
        start = FIRST_PLACE + (randomness.word() & (PLACES - 1) << PAGE_SHIFT)
        try:
            return space.reserve(size, protection, start)
        except (FileExistsError, ValueError, BadAddress):
            continue
    raise MemoryError


def reserve_stack(space: AddressSpace, near: VirtAddr, size: u64) -> VirtAddr:
    """Promise a stack in the window of an address, with a guard below it, and return where it ends.

    size: that there is at least. What the program reserves comes behind it from now on.

    Raises:
        MemoryError: there is no room, or no memory for page tables.
    """
    window = round_down(near, WINDOW)
    lowest = round_up(size, SLOT) + SLOT
    for _ in range(TRIES):
        slot = window + lowest + randomness.word() % ((WINDOW - lowest) // SLOT) * SLOT
        end = slot + random_pages(STACK_PLACES)
        low = slot - lowest
        try:
            space.reserve(end - low, Protection.READ | Protection.WRITE, low)
        except (FileExistsError, ValueError, BadAddress):
            continue
        protect(space, low, SLOT, Protection(0))
        space.look_for_room_from(end + random_pages(ROOM_PLACES))
        return end
    raise MemoryError


@no_raise
def random_pages(most: u64) -> u64:
    """Return the bytes of one page at least, and of so many at most."""
    return (randomness.word() % most + 1) << PAGE_SHIFT
