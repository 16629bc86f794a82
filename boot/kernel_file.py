"""The kernel's file: an ELF executable, put into memory wherever there is room, at a random address.

The kernel is linked for one address and loaded at another, `slide` bytes above. The linker left all
relocations in the file (--emit-relocs): whatever holds an address in full grows by the slide; what
is relative to its own place stays as it is.

    virtual     linked address + slide     chosen here, a multiple of SLIDE_UNIT
    physical    where the firmware had room

Source: System V ABI, AMD64 Supplement, section 4.4.
"""

from __future__ import annotations

from typing import Final

from core import elf
from core.elf import (
    FileType,
    Relocation,
    RelocationType,
    SectionFlags,
    SectionType,
    SegmentType,
)
from core.errors import BadExecutable
from lang import Ptr, Slice, struct, truncate, u8, u32, u64, wrapping_add

LOWEST: Final[u64] = 0xFFFF_FFFF_8000_0000  # kernels lie in the top 2 GiB
LARGEST: Final[u64] = 256 << 20
PAGE_SIZE: Final[u64] = 4096
SLIDE_UNIT: Final[u64] = 64 << 10
SLIDES: Final[u64] = 1 << 13  # up to 512 MiB; modules want to be near


@struct
class Kernel:
    """A kernel's file: what it needs, in linked addresses."""

    start: u64
    size: u64  # in whole pages
    entry: u64


def examine(file: Slice[u8]) -> Kernel:
    """Return what a kernel needs.

    Raises:
        BadExecutable: the file is no kernel for this machine.
    """
    header = elf.header_of(file)
    if header.type != FileType.EXECUTABLE:
        raise BadExecutable
    start, end = elf.LAST, u64(0)
    for segment in elf.segments_of(file):
        if segment.type == SegmentType.LOAD:
            start = min(start, segment.virtual)
            end = max(end, segment.end)
    if start < LOWEST or start >= end or end - start > LARGEST or start & (PAGE_SIZE - 1) != 0:
        raise BadExecutable
    if not start <= header.entry < end:
        raise BadExecutable
    return Kernel(start, (end - start + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1), header.entry)


def place(file: Slice[u8], kernel: Kernel, memory: Slice[u8], slide: u64) -> None:
    """Put a kernel into memory, and adapt it to its address.

    memory: kernel.size bytes of zeros.

    Raises:
        BadExecutable: the file is damaged; the memory holds nothing of use then.
    """
    for segment in elf.segments_of(file):
        if segment.type == SegmentType.LOAD:
            at = segment.virtual - kernel.start
            content = file[segment.offset : segment.offset + segment.file_size]
            memory[at : at + segment.file_size].copy_from(content)
    if slide != 0:
        _relocate(file, kernel, memory, slide)


def _relocate(file: Slice[u8], kernel: Kernel, memory: Slice[u8], slide: u64) -> None:
    """Let each address in the kernel grow by the slide."""
    sections = elf.sections_of(file)
    for section in sections:
        if section.type != SectionType.RELOCATIONS:
            continue
        if section.info >= len(sections):
            raise BadExecutable
        if sections[section.info].flags & SectionFlags.ALLOCATED == 0:
            continue  # of debug information, which is not in memory
        for relocation in elf.relocations_of(file, section):
            _apply(relocation, kernel, memory, slide)


def _apply(relocation: Relocation, kernel: Kernel, memory: Slice[u8], slide: u64) -> None:
    at = relocation.offset
    if not kernel.start <= at < kernel.start + kernel.size:
        raise BadExecutable
    match relocation.type:
        case RelocationType.ABSOLUTE_64:
            place = _place(memory, at - kernel.start, 8).cast(u64)
            place[0] = wrapping_add(place[0], slide)
        case RelocationType.ABSOLUTE_32 | RelocationType.ABSOLUTE_32_SIGNED:
            low = _place(memory, at - kernel.start, 4).cast(u32)
            low[0] = wrapping_add(low[0], truncate(u32, slide))
        case RelocationType.NONE | RelocationType.RELATIVE_32 | RelocationType.PLT_32:
            pass
        case _:
            raise BadExecutable


def _place(memory: Slice[u8], offset: u64, size: u64) -> Ptr[u8]:
    if size > len(memory) - offset:
        raise BadExecutable
    return memory.pointer + offset
