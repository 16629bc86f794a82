"""Tables of names, made from a list of them."""

from __future__ import annotations

from core import hash
from kernel.module import export_table
from kernel.module.export_table import Row, Table
from lang import Array, Slice, u8, u32, u64

MOST = 64
rows: Array[Row, MOST]
count: u64 = 0
base: u64 = 0x1000


def clear() -> None:
    global count
    count = 0


def add(name: Slice[u8], version: u32, offset: u32) -> None:
    global count
    rows[count] = Row(hash.fnv1a(name), version, offset)
    count += 1


def settle() -> u64:
    global count
    count = export_table.settle(rows[:count])
    return count


def address_of(name: Slice[u8]) -> u64:
    return Table(rows[:count], base).address_of(name)


def version_of(name: Slice[u8]) -> u32:
    return Table(rows[:count], base).version_of(name)
