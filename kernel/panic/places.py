"""What a number in a register points at, if it looks like an address of the kernel's."""

from __future__ import annotations

from core.symbols import Symbols
from core.text import format
from core.text.buffer import TextBuffer
from kernel.mem.layout import (
    FRAME_DATABASE,
    MAPPINGS,
    MAPPINGS_END,
    MODULES,
    MODULES_END,
    PHYSICAL_LIMIT,
    PHYSICAL_MAP,
    STACKS,
    STACKS_END,
)
from lang import Slice, irq_safe, no_raise, symbol_address, truncate, u8, u32, u64


@irq_safe
@no_raise
def is_in_image(address: u64) -> bool:
    """Whether an address lies in the kernel's image, beyond its first byte."""
    return symbol_address("__image_start") < address < symbol_address("__image_end")


@irq_safe
@no_raise
def write(out: TextBuffer, known: Symbols, name: Slice[u8], value: u64) -> None:
    """Write a line that says where a register points; nothing if it seems to be a plain number.

    known: the image's. name: the register's.
    """
    what = _region_of(value)
    if is_in_image(value):
        offset = truncate(u32, value - symbol_address("__image_start"))
        if known.frame_count(offset) > 0:
            _begin(out, name)
            known.write_function(out, offset)
            out.write(b"\n")
            return
        what = b"the kernel's variables" if _is_variable(value) else b"the kernel's constants"
    if len(what) == 0:
        return
    _begin(out, name)
    out.write(what)
    if PHYSICAL_MAP <= value < PHYSICAL_MAP + PHYSICAL_LIMIT:
        format.write_address(out, value - PHYSICAL_MAP)
    out.write(b"\n")


def _region_of(address: u64) -> Slice[u8]:
    """Return the name of the region of the layout that an address lies in; empty if in none."""
    if PHYSICAL_MAP <= address < PHYSICAL_MAP + PHYSICAL_LIMIT:
        return b"the memory at physical address "
    if FRAME_DATABASE <= address < MAPPINGS:
        return b"the frame database"
    if MAPPINGS <= address < MAPPINGS_END:
        return b"the kernel's mappings"
    if STACKS <= address < STACKS_END:
        return b"the kernel's stacks"
    if MODULES <= address < MODULES_END:
        return b"a module's memory"
    return b""


def _is_variable(address: u64) -> bool:
    return (
        symbol_address("__data_start") <= address < symbol_address("__data_end")
        or symbol_address("__percpu_start") <= address < symbol_address("__percpu_end")
        or symbol_address("__bss_start") <= address < symbol_address("__bss_end")
    )


def _begin(out: TextBuffer, name: Slice[u8]) -> None:
    out.write(b"  ")
    out.write(name)
    out.write(b" is in ")
