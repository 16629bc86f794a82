"""Linking a module: against the kernel, and against the modules that it needs, which are in memory already.

First the declarations of others that it uses are held against theirs, by their versions; then it is put into memory
of its own, and its symbols get addresses:

    local, or its own           where it was put
    of others                   where the kernel or a module that it needs has it
    that each has for itself    theirs if they have it, since some things must be the same for all; else its own
"""

from __future__ import annotations

from typing import Final, NoReturn

from core import hash
from core.elf import Binding, SectionIndex, Symbol
from core.errors import BadExecutable
from kernel.log import log
from kernel.mem.heap_memory import HeapMemory
from kernel.module import export_table, info, kernel_exports, object_file
from kernel.module.description import Module
from kernel.module.export_table import Row
from kernel.module.info import NEWLINE
from kernel.module.loaded import Loaded
from kernel.module.object_file import Kind, Plan
from kernel.panic import modules
from lang import Format, Slice, no_raise, sizeof, truncate, u8, u32, u64, wrapping_sub

DESCRIPTION: Final = b".module"


class Refused(Exception):
    """A module is not loaded; the reason is in the log."""


def refuse(name: Slice[u8], reason: Format) -> NoReturn:
    log.error(f"{name}: {reason}")
    raise Refused


def link(plan: Plan, module: Loaded) -> None:
    """Put a module into its memory, which then is what it may be. What it needs is noted in it already.

    Raises:
        Refused: something that it uses is missing, or another than it was made for.
        BadExecutable, BadMessage: the file is damaged.
        MemoryError: there is too little memory.
    """
    check_versions(plan, module)
    start, memory = module.memory.start, module.memory.bytes
    object_file.fill(plan, memory)
    storage = HeapMemory(u64(len(plan.symbols)) * 8)
    values = Slice[u64](storage.bytes.pointer.cast(u64), len(plan.symbols))
    for index in range(u64(len(plan.symbols))):
        values[index] = 0 if index == 0 else address_of(plan, module, plan.symbols[index])
    object_file.relocate(plan, start, memory, values)
    place = plan.place_named(DESCRIPTION)
    if place == object_file.NOWHERE or plan.size - place < sizeof(Module):
        raise BadExecutable
    module.description = start + place
    make_exports(plan, module, values)
    module.memory.settle(plan)
    tell_of_code(plan, module)


@no_raise
def tell_of_code(plan: Plan, module: Loaded) -> None:
    """Let tracebacks show the module's lines, if it has a table of them."""
    text = plan.place_named(b".text")
    table = plan.place_named(b".symbols")
    code, constants = plan.ends[Kind.CODE], plan.ends[Kind.CONSTANTS]
    if text < code <= table < constants:
        start = module.memory.start
        modules.add(start + text, start + code, module.memory.bytes[table:constants])


def check_versions(plan: Plan, module: Loaded) -> None:
    """Raise Refused unless each declaration that is used is the one that the module was made for."""
    lines = object_file.section_of(plan.file, b".module_needs")
    while len(lines) > 0:
        line, lines = info.split(lines, NEWLINE)
        if not info.is_need(line):
            continue  # the name of a module
        need = info.read_need(line)
        version = version_of(module, need.name)
        if version == 0:
            refuse(module.name, f"{need.name} is not there")
        if version != need.version:
            refuse(module.name, f"{need.name} is not what the module was made for")


@no_raise
def version_of(module: Loaded, name: Slice[u8]) -> u32:
    """Return the version of a declaration of the kernel or of what a module needs; 0 if there is none."""
    version = kernel_exports.table().version_of(name)
    for index in range(module.need_count):
        need = module.needs[index]
        if version == 0 and need is not None:
            version = need.exports.version_of(name)
    return version


def address_of(plan: Plan, module: Loaded, symbol: Symbol) -> u64:
    """Return where a symbol is.

    Raises:
        Refused: nobody defines it.
    """
    is_its_own = symbol.section != SectionIndex.UNDEFINED
    if object_file.is_elsewhere(symbol):
        name = plan.name_of(symbol)
        found = address_elsewhere(module, name)
        if found != 0:
            return found
        if not is_its_own:
            refuse(module.name, f"nothing defines {name}")
    if plan.place_of(symbol.section) == object_file.NOWHERE:
        return symbol.value  # of a section that is not in memory, or of none
    return plan.value_of(symbol, module.memory.start)


@no_raise
def address_elsewhere(module: Loaded, name: Slice[u8]) -> u64:
    """Return where the kernel or what a module needs has a symbol; 0 if nowhere."""
    found = kernel_exports.table().address_of(name)
    for index in range(module.need_count):
        need = module.needs[index]
        if found == 0 and need is not None:
            found = need.exports.address_of(name)
    return found


def make_exports(plan: Plan, module: Loaded, values: Slice[u64]) -> None:
    """Make the table of what others may use."""
    offers = object_file.section_of(plan.file, b".module_offers")
    most = u64(len(plan.symbols)) + count_of(offers, NEWLINE)
    storage = HeapMemory(most * sizeof(Row))
    rows = Slice[Row](storage.bytes.pointer.cast(Row), most)
    count: u64 = 0
    for index in range(u64(1), u64(len(plan.symbols))):
        symbol = plan.symbols[index]
        offset = wrapping_sub(values[index], module.memory.start)
        if symbol.binding != Binding.LOCAL and 0 < offset < module.memory.size:
            rows[count] = Row(hash.fnv1a(plan.name_of(symbol)), 0, truncate(u32, offset))
            count += 1
    while len(offers) > 0 and count < most:
        line, offers = info.split(offers, NEWLINE)
        need = info.read_need(line)
        rows[count] = Row(hash.fnv1a(need.name), need.version, 0)
        count += 1
    module.row_count = export_table.settle(rows[:count])
    module.rows = storage


@no_raise
def count_of(text: Slice[u8], wanted: u8) -> u64:
    count: u64 = 0
    for byte in text:
        if byte == wanted:
            count += 1
    return count
