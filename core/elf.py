"""ELF: files of code and data for this machine, with every field checked before it is used.

A file enters as its bytes; what comes out are views of them that lie inside. `BadExecutable` is all that a
damaged or hostile file can cause.

Source: Tool Interface Standard, ELF Specification 1.2; System V ABI, AMD64 Supplement, section 4.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Final, Generic, TypeVar

from core.errors import BadExecutable
from lang import Ptr, Slice, no_raise, over, sizeof, struct, u8, u16, u32, u64

E = TypeVar("E")

MAGIC: Final[u32] = 0x464C_457F  # "\x7fELF"
CLASS_64: Final[u8] = 2
LITTLE_ENDIAN: Final[u8] = 1
MACHINE_X86_64: Final[u16] = 62
LAST: Final[u64] = 0xFFFF_FFFF_FFFF_FFFF  # address


@over(u16)
class FileType(IntEnum):
    RELOCATABLE = 1
    EXECUTABLE = 2
    DYNAMIC = 3  # position-independent


@over(u32)
class SegmentType(IntEnum):
    NULL = 0
    LOAD = 1
    DYNAMIC = 2
    READ_ONLY_LATER = 0x6474_E552  # GNU_RELRO: once relocated


@over(u32)
class SegmentFlags(IntFlag):
    EXECUTE = 1 << 0
    WRITE = 1 << 1
    READ = 1 << 2


@over(u32)
class SectionType(IntEnum):
    NULL = 0
    SYMBOLS = 2
    RELOCATIONS = 4  # with addends
    ZEROS = 8  # takes no room in the file


@over(u64)
class SectionFlags(IntFlag):
    WRITE = 1 << 0
    ALLOCATED = 1 << 1  # in memory at run time
    EXECUTE = 1 << 2
    THREAD_LOCAL = 1 << 10


@over(u16)
class SectionIndex(IntEnum):
    """What stands in the place of a section's number."""

    UNDEFINED = 0
    ABSOLUTE = 0xFFF1


@over(u8)
class Binding(IntEnum):
    LOCAL = 0
    GLOBAL = 1
    WEAK = 2


@over(u32)
class RelocationType(IntEnum):
    NONE = 0
    ABSOLUTE_64 = 1
    RELATIVE_32 = 2  # to the place
    PLT_32 = 4  # to the place
    RELATIVE = 8  # the address of the image, plus the addend
    ABSOLUTE_32 = 10
    ABSOLUTE_32_SIGNED = 11


@struct
class FileHeader:
    magic: u32
    file_class: u8
    data: u8
    ident_version: u8
    os_abi: u8
    ident_rest: u64
    type: u16  # FileType
    machine: u16
    version: u32
    entry: u64
    program_headers: u64  # where in the file
    section_headers: u64
    flags: u32
    header_size: u16
    program_header_size: u16
    program_header_count: u16
    section_header_size: u16
    section_header_count: u16
    section_names: u16


@struct
class ProgramHeader:
    type: u32  # SegmentType
    flags: SegmentFlags
    offset: u64  # in the file
    virtual: u64
    physical: u64
    file_size: u64
    memory_size: u64  # what is beyond file_size is zeros
    align: u64

    @property
    def end(self) -> u64:
        return self.virtual + self.memory_size


@struct
class SectionHeader:
    name: u32
    type: u32  # SectionType
    flags: SectionFlags
    address: u64
    offset: u64
    size: u64
    link: u32
    info: u32  # of relocations: the section that they change
    align: u64
    entry_size: u64


@struct
class Relocation:
    offset: u64  # in an executable: the address of the place
    type: u32  # RelocationType
    symbol: u32
    addend: u64


@struct
class Symbol:
    name: u32
    info: u8  # the upper half: Binding
    other: u8
    section: u16  # SectionIndex, or a number
    value: u64  # in an object file: from the start of the section
    size: u64

    @property
    @no_raise
    def binding(self) -> u8:
        return self.info >> 4


assert sizeof(FileHeader) == 64
assert sizeof(ProgramHeader) == 56
assert sizeof(SectionHeader) == 64
assert sizeof(Relocation) == 24
assert sizeof(Symbol) == 24


def header_of(file: Slice[u8]) -> Ptr[FileHeader]:
    """Return the header of a 64-bit file for this machine.

    file: aligned to 8 bytes.

    Raises:
        BadExecutable: it is none.
    """
    header = part_of(file, 0, sizeof(FileHeader)).pointer.cast(FileHeader)
    is_ours = header.file_class == CLASS_64 and header.data == LITTLE_ENDIAN
    if header.magic != MAGIC or not is_ours or header.machine != MACHINE_X86_64:
        raise BadExecutable
    return header


@struct
class Table(Generic[E]):
    """Records of one kind, one after the other."""

    @staticmethod
    def at(file: Slice[u8], offset: u64, entry_size: u64, count: u64) -> Slice[E]:
        """Return those at an offset in a file.

        Raises:
            BadExecutable: they lie outside of the file, or have another size.
        """
        if entry_size != sizeof(E):
            raise BadExecutable
        part = part_of(file, offset, count * sizeof(E))
        return Slice[E](part.pointer.cast(E), count)


def segments_of(file: Slice[u8]) -> Slice[ProgramHeader]:
    """Return the program headers; what those of type LOAD say lies inside of the file and of memory.

    Raises:
        BadExecutable: one of them makes no sense.
    """
    header = header_of(file)
    size = u64(header.program_header_size)
    count = u64(header.program_header_count)
    segments = Table[ProgramHeader].at(file, header.program_headers, size, count)
    for segment in segments:
        if segment.type == SegmentType.LOAD:
            is_inside = is_part(file, segment.offset, segment.file_size)
            is_mapped = segment.memory_size <= LAST - segment.virtual
            if not is_inside or not is_mapped or segment.file_size > segment.memory_size:
                raise BadExecutable
    return segments


def sections_of(file: Slice[u8]) -> Slice[SectionHeader]:
    """Return the section headers, none if the file has lost them.

    Raises:
        BadExecutable: they lie outside of the file, or have another size.
    """
    header = header_of(file)
    count = u64(header.section_header_count)
    if count == 0:
        return Slice[SectionHeader](file.pointer.cast(SectionHeader), 0)
    size = u64(header.section_header_size)
    return Table[SectionHeader].at(file, header.section_headers, size, count)


def relocations_of(file: Slice[u8], section: SectionHeader) -> Slice[Relocation]:
    """Return the relocations that a section holds.

    Raises:
        BadExecutable: they lie outside of the file, or have another size.
    """
    count = section.size // sizeof(Relocation)
    return Table[Relocation].at(file, section.offset, section.entry_size, count)


def symbols_of(file: Slice[u8], section: SectionHeader) -> Slice[Symbol]:
    """Return the symbols that a section holds.

    Raises:
        BadExecutable: they lie outside of the file, or have another size.
    """
    count = section.size // sizeof(Symbol)
    return Table[Symbol].at(file, section.offset, section.entry_size, count)


def content_of(file: Slice[u8], section: SectionHeader) -> Slice[u8]:
    """Return what a section has in the file, which may begin anywhere.

    Raises:
        BadExecutable: it lies outside of the file.
    """
    if section.type == SectionType.ZEROS:
        return file[:0]
    if not is_part(file, section.offset, section.size):
        raise BadExecutable
    return file[section.offset : section.offset + section.size]


def text_in(strings: Slice[u8], offset: u32) -> Slice[u8]:
    """Return the text that begins somewhere in a section of texts, without the 0 that ends it.

    Raises:
        BadExecutable: it begins outside of it, or does not end.
    """
    for end in range(u64(offset), u64(len(strings))):
        if strings[end] == 0:
            return strings[offset:end]
    raise BadExecutable


@no_raise
def is_part(file: Slice[u8], offset: u64, size: u64) -> bool:
    """Return whether so many bytes at an offset lie inside of a file."""
    return offset <= len(file) and size <= len(file) - offset


def part_of(file: Slice[u8], offset: u64, size: u64) -> Slice[u8]:
    """Return part of a file, which begins at a multiple of 8 bytes.

    Raises:
        BadExecutable: it does not lie inside of the file, or begins elsewhere.
    """
    if not is_part(file, offset, size) or offset & 7 != 0:
        raise BadExecutable
    return file[offset : offset + size]
