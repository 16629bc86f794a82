"""Executables: from a file to a program in memory.

A program is a static, position independent ELF file: segments, and relocations that all add the address at
which it was put. Everything that the file says is checked before the first byte of memory is taken:

    check    a plan: how much room, where the relocations are; or BadExecutable
    load     room at a random address, the segments' bytes, the relocations, then the rights of each page

`load` runs in the process itself, whose memory is that of the processor, and copies as a system call
does; so a file that changes the address of what it relocates can reach its own memory at most.

    r--   rodata, symbols; after relocation what is RELRO
    r-x   text
    rw-   data, zeros behind it

Between the segments nothing is mapped. The stack is promised, up to STACK_SIZE, at a random address, with nothing
mapped below.

Source: System V gABI, chapter 5; AMD64 Supplement, sections 3.4.1 and 4.4.
"""

from __future__ import annotations

from typing import Final

from core import elf
from core.elf import FileType, ProgramHeader, Relocation, RelocationType, SegmentFlags, SegmentType
from core.errors import BadAddress, BadExecutable
from kernel.cpu import randomness
from kernel.mem.address_space import AddressSpace, Protection
from kernel.mem.layout import PAGE_SHIFT, PAGE_SIZE, VirtAddr, round_down, round_up
from lang import Slice, UserPtr, UserSlice, no_raise, sizeof, struct, u8, u64

LARGEST: Final[u64] = 1 << 32  # bytes of memory that an image may span
STACK_SIZE: Final[u64] = 8 << 20
PLACES: Final[u64] = 1 << 28  # pages among which images and stacks begin
FIRST_PLACE: Final[u64] = 0x10_0000_0000
TRIES: Final = 16

# Tags of the dynamic section. gABI, figure 5-10.
DT_NULL: Final[u64] = 0
DT_RELA: Final[u64] = 7
DT_RELASZ: Final[u64] = 8


@struct
class Dynamic:
    tag: u64
    value: u64


@struct
class Plan:
    """What was found to be right about a file."""

    size: u64  # from address 0 of the image to its end, in whole pages
    entry: u64
    relocations: u64  # where in the file
    relocation_count: u64


def check(file: Slice[u8]) -> Plan:
    """Look through a file, all of which is trusted afterwards but for where relocations lead.

    file: aligned to 8 bytes.

    Raises:
        BadExecutable: it is no program for this system, or a damaged one.
    """
    header = elf.header_of(file)
    if header.type != FileType.DYNAMIC:
        raise BadExecutable
    segments = elf.segments_of(file)
    end: u64 = 0
    is_entered = False
    for segment in segments:
        if segment.type == SegmentType.LOAD:
            check_segment(segment, end)
            end = segment.end
            is_code = segment.flags & SegmentFlags.EXECUTE != 0
            is_entered = is_entered or is_code and segment.virtual <= header.entry < end
        elif segment.type == SegmentType.READ_ONLY_LATER and segment.end > LARGEST:
            raise BadExecutable
    if end == 0 or not is_entered:
        raise BadExecutable
    plan = Plan(round_up(end, PAGE_SIZE), header.entry, 0, 0)
    find_relocations(file, segments, plan)
    return plan


def check_segment(segment: ProgramHeader, end: u64) -> None:
    """Check a segment that is to be in memory, all those before it ending at `end`."""
    is_written = segment.flags & SegmentFlags.WRITE != 0
    is_executed = segment.flags & SegmentFlags.EXECUTE != 0
    if is_written and is_executed:
        raise BadExecutable
    if segment.memory_size > LARGEST or segment.virtual > LARGEST - segment.memory_size:
        raise BadExecutable
    if segment.virtual < round_up(end, PAGE_SIZE):  # its pages are its own
        raise BadExecutable


def find_relocations(file: Slice[u8], segments: Slice[ProgramHeader], plan: Plan) -> None:
    """Note in a plan where the dynamic section says that the relocations are, if there are any."""
    address: u64 = 0
    size: u64 = 0
    for segment in segments:
        if segment.type != SegmentType.DYNAMIC:
            continue
        part = elf.part_of(file, segment.offset, segment.file_size)
        entries = Slice[Dynamic](part.pointer.cast(Dynamic), len(part) // sizeof(Dynamic))
        for entry in entries:
            if entry.tag == DT_NULL:
                break
            if entry.tag == DT_RELA:
                address = entry.value
            elif entry.tag == DT_RELASZ:
                size = entry.value
    if size == 0:
        return
    for segment in segments:
        if segment.type == SegmentType.LOAD and segment.virtual <= address < segment.end:
            plan.relocations = address - segment.virtual + segment.offset
            plan.relocation_count = size // sizeof(Relocation)
            elf.part_of(file, plan.relocations, size)
            return
    raise BadExecutable


def load(space: AddressSpace, file: Slice[u8]) -> VirtAddr:
    """Put a program into the memory of this process, and return where it is entered.

    file: aligned to 8 bytes, and of nobody who could change it meanwhile.

    Raises:
        BadExecutable: it is no program for this system, or a damaged one.
        BadAddress: a relocation leads out of the program.
        MemoryError: there is too little memory.
    """
    plan = check(file)
    base = reserve_somewhere(space, plan.size)
    segments = elf.segments_of(file)
    for segment in segments:
        if segment.type == SegmentType.LOAD and segment.file_size > 0:
            bytes = file[segment.offset : segment.offset + segment.file_size]
            UserSlice[u8](base + segment.virtual, segment.file_size).copy_in(bytes)
    relocate(file, plan, base)
    set_rights(space, segments, base, plan.size)
    return base + plan.entry


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


def reserve_somewhere(space: AddressSpace, size: u64) -> VirtAddr:
    """Promise memory at a random address; return where it starts. A page on either side stays free.

    Raises:
        MemoryError: there is no room, or no memory for page tables.
    """
    for _ in range(TRIES):
        start = FIRST_PLACE + (randomness.word() & (PLACES - 1) << PAGE_SHIFT)
        try:
            return space.reserve(size, Protection.READ | Protection.WRITE, start)
        except (FileExistsError, ValueError, BadAddress):
            continue
    raise MemoryError
