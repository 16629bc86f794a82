"""The file of a program: a plan of what it becomes in memory, or BadExecutable.

A program is a static, position independent ELF file: segments, and relocations that all add the address at which
it is put. After `check` nothing about the file needs to be looked at again but where relocations lead.

Source: System V gABI, chapter 5; AMD64 Supplement, section 4.4.
"""

from __future__ import annotations

from typing import Final

from core import elf
from core.elf import FileType, ProgramHeader, Relocation, SegmentFlags, SegmentType
from core.errors import BadExecutable
from kernel.mem.layout import PAGE_SIZE, round_up
from lang import Slice, sizeof, struct, u8, u64

LARGEST: Final[u64] = 1 << 32  # bytes of memory that an image may span

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
        elif segment.type == SegmentType.READ_ONLY_LATER:
            check_place(segment)
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
    check_place(segment)
    if segment.virtual < round_up(end, PAGE_SIZE):  # its pages are its own
        raise BadExecutable


def check_place(segment: ProgramHeader) -> None:
    """Check that a segment is where a program can be."""
    if segment.memory_size > LARGEST or segment.virtual > LARGEST - segment.memory_size:
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
