"""The global lock of the machine: a word in memory that system and firmware change with one access each.

    bit 1    somebody has the lock
    bit 0    somebody else waits for it, and wants to be told

Who finds it taken notes that it waits. The firmware tells by an event that it gave the lock back; here the word is looked
at each millisecond, since firmware that has it for long is rare, and one that forgets the event is not.

Source: ACPI 6.5, sections 5.2.10 (FACS), 5.2.10.1 (global lock), 4.8.3.2.1 (GBL_RLS).
"""

from __future__ import annotations

from typing import Final

from kernel.log import log
from kernel.mem.layout import PhysAddr
from lang import Atomic, Ptr, no_raise, u32
from modules.acpi.kept import View
from modules.acpi.tables import facs
from modules.acpi.tables.table import BadTable

IS_PENDING: Final[u32] = 1 << 0
IS_OWNED: Final[u32] = 1 << 1

view: View | None = None  # of the table that has the word; None: nobody shares anything


@no_raise
def begin(address: PhysAddr) -> None:
    """Share the word of the FACS at an address, if there is one."""
    global view
    if address == 0:
        return
    try:
        mapped = View(address, facs.SIZE)
        facs.check(mapped.bytes())
        view = mapped
    except (BadTable, MemoryError):
        log.warning(
            f"acpi: the table FACS at {address:#x} makes no sense; the global lock is not shared"
        )


@no_raise
def try_take() -> bool:
    """Take the lock, or else have it noted that somebody waits."""
    shared = view
    return shared is None or try_word(word_of(shared))


@no_raise
def give() -> bool:
    """Give the lock back; return whether the firmware waits for it."""
    shared = view
    return shared is not None and give_word(word_of(shared))


@no_raise
def word_of(shared: View) -> Ptr[Atomic[u32]]:
    return Ptr[Atomic[u32]](shared.start + facs.GLOBAL_LOCK)


@no_raise
def try_word(word: Ptr[Atomic[u32]]) -> bool:
    """Own the word, or mark it as wanted; return whether it was free."""
    while True:
        before = word[0].load()
        wanted = before | IS_OWNED
        if before & IS_OWNED != 0:
            wanted |= IS_PENDING
        else:
            wanted &= ~IS_PENDING
        if word[0].compare_exchange(before, wanted) == before:
            return before & IS_OWNED == 0


@no_raise
def give_word(word: Ptr[Atomic[u32]]) -> bool:
    """Own the word no longer; return whether somebody marked it as wanted."""
    while True:
        before = word[0].load()
        if word[0].compare_exchange(before, before & ~(IS_OWNED | IS_PENDING)) == before:
            return before & IS_PENDING != 0
