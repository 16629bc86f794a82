"""The object file of a module: a plan of what becomes of it in memory, or BadExecutable.

The sections that are in memory at run time are put in a row by what may be done with them, each kind on pages of its own:

    code        r-x
    constants   r--
    variables   rw-, zeros among them

Once there is a Plan, nothing about the file needs to be looked at again but what symbols and relocations say, which
`value_of` and `relocate` check one by one. Nothing that a file says is used for more than to refuse it before it was checked.

Source: System V gABI, chapter 4; AMD64 Supplement, section 4.4.1 (relocation types).
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from core import elf, endian
from core.elf import (
    Binding,
    FileType,
    RelocationType,
    SectionFlags,
    SectionHeader,
    SectionIndex,
    SectionType,
    Symbol,
)
from core.errors import BadExecutable
from kernel.mem.layout import PAGE_SIZE, VirtAddr, round_up
from lang import (
    Array,
    Slice,
    no_raise,
    over,
    struct,
    truncate,
    u8,
    u32,
    u64,
    wrapping_add,
    wrapping_sub,
)

MOST_SECTIONS: Final = 64
LARGEST: Final[u64] = 16 << 20  # bytes of memory that a module may span
NOWHERE: Final[u64] = elf.LAST
LOW: Final[u64] = 1 << 31  # addresses that a signed number of 32 bits tells


@over(u8)
class Kind(IntEnum):
    """What a section holds, in the order in which they lie in memory."""

    CODE = 0
    CONSTANTS = 1
    VARIABLES = 2
    NOTHING = 3  # that is needed at run time


KINDS: Final = 3


@struct
class Plan:
    """What was found to be right about a file; views of it."""

    file: Slice[u8]
    sections: Slice[SectionHeader]
    section_names: Slice[u8]
    symbols: Slice[Symbol]
    symbol_names: Slice[u8]
    places: Array[u64, MOST_SECTIONS]  # of each section in memory, from its start; or NOWHERE
    ends: Array[u64, KINDS]  # of each Kind, in whole pages

    def __init__(self, file: Slice[u8]) -> None:
        """Look through a file.

        file: aligned to 8 bytes.

        Raises:
            BadExecutable: it is no module's object, or a damaged one.
        """
        header = elf.header_of(file)
        sections = elf.sections_of(file)
        count = len(sections)
        if header.type != FileType.RELOCATABLE or not 0 < count <= MOST_SECTIONS:
            raise BadExecutable
        if header.section_names >= count:
            raise BadExecutable
        self.file = file
        self.sections = sections
        self.section_names = elf.content_of(file, sections[header.section_names])
        self.symbols = Slice[Symbol](file.pointer.cast(Symbol), 0)
        self.symbol_names = file[:0]
        for section in sections:
            if section.type == SectionType.SYMBOLS:
                if section.link >= count or len(self.symbols) > 0:
                    raise BadExecutable
                self.symbols = elf.symbols_of(file, section)
                self.symbol_names = elf.content_of(file, sections[section.link])
        place_sections(self)

    @property
    @no_raise
    def size(self) -> u64:
        """Of the memory, in whole pages."""
        return self.ends[KINDS - 1]

    @no_raise
    def place_of(self, number: u64) -> u64:
        return self.places[number] if number < len(self.sections) else NOWHERE

    @no_raise
    def place_named(self, name: Slice[u8]) -> u64:
        """Return where a section is in memory, or NOWHERE."""
        for number, section in enumerate(self.sections):
            try:
                if elf.text_in(self.section_names, section.name) == name:
                    return self.places[number]
            except BadExecutable:
                continue
        return NOWHERE

    def name_of(self, symbol: Symbol) -> Slice[u8]:
        """Raises:
        BadExecutable: its name is not in the file.
        """
        return elf.text_in(self.symbol_names, symbol.name)

    def value_of(self, symbol: Symbol, base: VirtAddr) -> u64:
        """Return the address of a symbol that the file itself defines, the memory being at `base`.

        Raises:
            BadExecutable: it is in no section that is in memory, or outside of it.
        """
        if symbol.section == SectionIndex.ABSOLUTE:
            return symbol.value
        place = self.place_of(symbol.section)
        if place == NOWHERE or symbol.value > self.sections[symbol.section].size:
            raise BadExecutable
        return base + place + symbol.value


def section_of(file: Slice[u8], name: Slice[u8]) -> Slice[u8]:
    """Return what a section of a file has in it; nothing if there is none of that name.

    Raises:
        BadExecutable: it lies outside of the file, which nothing is known of otherwise.
    """
    header = elf.header_of(file)
    sections = elf.sections_of(file)
    if header.section_names >= len(sections):
        raise BadExecutable
    names = elf.content_of(file, sections[header.section_names])
    for section in sections:
        if elf.text_in(names, section.name) == name:
            return elf.content_of(file, section)
    return file[:0]


def place_sections(plan: Plan) -> None:
    """Put the sections in a row."""
    plan.places[:].fill(NOWHERE)
    end: u64 = 0
    for kind in range(u64(KINDS)):
        for number, section in enumerate(plan.sections):
            if kind_of(section) != kind:
                continue
            check_section(plan, section)
            end = round_up(end, max(section.align, u64(1)))
            plan.places[number] = end
            end += section.size
            if end > LARGEST:
                raise BadExecutable
        end = round_up(end, PAGE_SIZE)
        plan.ends[kind] = end


@no_raise
def kind_of(section: SectionHeader) -> u8:
    flags = section.flags
    if flags & SectionFlags.ALLOCATED == 0:
        return Kind.NOTHING
    if flags & SectionFlags.EXECUTE != 0:
        return Kind.CODE
    return Kind.VARIABLES if flags & SectionFlags.WRITE != 0 else Kind.CONSTANTS


def check_section(plan: Plan, section: SectionHeader) -> None:
    """Check a section that is to be in memory."""
    both = SectionFlags.EXECUTE | SectionFlags.WRITE
    if section.flags & both == both or section.flags & SectionFlags.THREAD_LOCAL != 0:
        raise BadExecutable
    if section.size > LARGEST or section.align > PAGE_SIZE:
        raise BadExecutable
    if section.align & wrapping_sub(section.align, 1) != 0:
        raise BadExecutable
    elf.content_of(plan.file, section)


def fill(plan: Plan, memory: Slice[u8]) -> None:
    """Copy what is to be in memory.

    memory: zeros, of the size of the plan.

    Raises:
        BadExecutable: never, since the file was checked.
    """
    for number, section in enumerate(plan.sections):
        place = plan.places[number]
        if place != NOWHERE:
            content = elf.content_of(plan.file, section)
            memory[place : place + len(content)].copy_from(content)


def relocate(plan: Plan, base: VirtAddr, memory: Slice[u8], values: Slice[u64]) -> None:
    """Put addresses where the file says.

    base: where the memory is going to be. values: of the symbols, by their numbers.

    Raises:
        BadExecutable: there is no such place, symbol or kind of address.
    """
    for section in plan.sections:
        if section.type != SectionType.RELOCATIONS:
            continue
        place = plan.place_of(section.info)
        if place == NOWHERE:
            continue  # of what is not in memory
        size = plan.sections[section.info].size
        for relocation in elf.relocations_of(plan.file, section):
            if relocation.symbol >= len(values) or relocation.offset >= size:
                raise BadExecutable
            start = place + relocation.offset
            left = memory[start : place + size]
            value = wrapping_add(values[relocation.symbol], relocation.addend)
            write(left, relocation.type, value, base + start)


def write(into: Slice[u8], type: u32, value: u64, place: VirtAddr) -> None:
    """Write an address in the way that a type of relocation asks for.

    place: the address of what is written to.
    """
    match type:
        case RelocationType.ABSOLUTE_64:
            if len(into) < 8:
                raise BadExecutable
            endian.store_u64(into, 0, value)
            return
        case RelocationType.RELATIVE_32 | RelocationType.PLT_32:
            value = wrapping_sub(value, place)
        case RelocationType.ABSOLUTE_32_SIGNED:
            pass
        case _:
            raise BadExecutable
    if len(into) < 4 or wrapping_add(value, LOW) >= 2 * LOW:
        raise BadExecutable
    endian.store_u32(into, 0, truncate(u32, value))


@no_raise
def is_elsewhere(symbol: Symbol) -> bool:
    """Return whether a symbol may be another's: it must, or what others have comes first."""
    return symbol.section == SectionIndex.UNDEFINED or symbol.binding == Binding.WEAK
