"""The calls of modules in a traceback: each module has a table of its own, which the loader tells of here.

A panic may come at any time, and looks without a lock; so an entry counts only while its end is set, which is done
last and undone first.
"""

from __future__ import annotations

from typing import Final

from core import backtrace
from core.symbols import Symbols
from core.text.buffer import TextBuffer
from lang import Array, Atomic, Ptr, Slice, irq_safe, no_raise, struct, truncate, u8, u32, u64

MOST: Final = 64  # modules of which calls are shown


@struct(pinned=True)
class Entry:
    start: u64  # of the code
    end: Atomic[u64]  # 0: there is no module
    table: u64  # address of the symbols
    size: u64


entries: Array[Entry, MOST]


@no_raise
def add(start: u64, end: u64, table: Slice[u8]) -> None:
    """Tell of a module's code. Callers see to it that there is only one at a time.

    table: of its symbols, which count from `start`; stays where it is.
    """
    for entry in entries:
        if entry.end.load() == 0:
            entry.start = start
            entry.table = table.pointer.address
            entry.size = len(table)
            entry.end.store(end)
            return


@no_raise
def remove(start: u64) -> None:
    """Forget a module's code."""
    for entry in entries:
        if entry.end.load() != 0 and entry.start == start:
            entry.end.store(0)


@irq_safe
@no_raise
def write(out: TextBuffer, call: u64) -> None:
    """Write the frames of a module that an address stands for; nothing if it is in none."""
    for entry in entries:
        if entry.start <= call < entry.end.load():
            symbols = Symbols(Slice[u8](Ptr[u8](entry.table), entry.size))
            backtrace.write_frames(out, symbols, truncate(u32, call - entry.start))
            return
