"""How often locks were waited for, and for how long: by what the locks are called, as in lock_order.py.

Whoever takes a free lock counts nothing, so this costs nothing where nobody waits. The table keeps names, not where they are: a
module's go with it.

Context: everywhere, since nothing is locked.
"""

from __future__ import annotations

from typing import Final

from core import hash
from lang import Array, Atomic, Order, Ptr, Slice, address_of, irq_safe, no_raise, struct, u8, u64

MOST: Final = 256  # names; waits for locks of others are counted as one
LONGEST_NAME: Final[u64] = 88  # of which is shown what fits


@struct(pinned=True)
class Waits:
    """For all locks of one name."""

    key: Atomic[u64]  # the name's hash; 0: the entry is free
    count: Atomic[u64]
    ns: Atomic[u64]
    length: Atomic[u64]  # of the name, once that is there
    name: Array[u8, LONGEST_NAME]


table: Array[Waits, MOST]
others: Waits  # for which the table had no room


@irq_safe
@no_raise
def add(name: Slice[u8], ns: u64) -> None:
    """Count that a lock was waited for, so long."""
    waits = find(name)
    waits.count.fetch_add(1, Order.RELAXED)
    waits.ns.fetch_add(ns, Order.RELAXED)


@irq_safe
@no_raise
def find(name: Slice[u8]) -> Ptr[Waits]:
    """Return the entry of a name, which may be new."""
    key = hash.fnv1a(name) | 1
    for step in range(u64(MOST)):
        entry = address_of(table[(key + step) % MOST])
        seen = entry.key.load(Order.RELAXED)
        if seen == 0:
            seen = entry.key.compare_exchange(0, key, Order.RELAXED)
            if seen == 0:
                keep_name(entry, name)
                return entry
        if seen == key:
            return entry
    return address_of(others)


@irq_safe
@no_raise
def keep_name(entry: Ptr[Waits], name: Slice[u8]) -> None:
    shown = name if len(name) > 0 else b"a lock without a name"
    length = min(len(shown), LONGEST_NAME)
    entry.name[:length].copy_from(shown[:length])
    entry.length.store(length, Order.RELEASE)
