"""The tables that there are, loaded or not, and finding one by what its header says.

Source: ACPI 6.5, sections 5.2.6, 19.6.76 (LoadTable) and 19.6.27 (DataTableRegion).
"""

from __future__ import annotations

from typing import Final

from lang import Slice, no_raise, u8, u64
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.table import Table

SIGNATURE: Final[u64] = 0  # offsets in a header, and sizes
SIGNATURE_SIZE: Final[u64] = 4
MAKER: Final[u64] = 10
MAKER_SIZE: Final[u64] = 6
PRODUCT: Final[u64] = 16
PRODUCT_SIZE: Final[u64] = 8


def add(machine: Machine, content: Slice[u8]) -> Table:
    """Keep a copy of a table.

    Raises:
        BadTable, MemoryError: as Table.
    """
    table = Table(content, 0)
    append(machine, table)
    return table


def append(machine: Machine, table: Table) -> None:
    """Let a table be the last that was handed in."""
    last = machine.tables
    table.number = 0 if last is None else last.number + 1
    table.before = last
    machine.tables = table


def numbered(machine: Machine, number: u64) -> Table | None:
    """Return the table that was handed in as the one of this number, counted from 0."""
    table = machine.tables
    while table is not None and table.number != number:
        table = table.before
    return table


def same(machine: Machine, wanted: Table) -> Table | None:
    """Return the table that was handed in and has the bytes of another; None: there is none."""
    table = machine.tables
    while table is not None and table.bytes() != wanted.bytes():
        table = table.before
    return table


def find(
    machine: Machine, signature: Slice[u8], maker: Slice[u8], product: Slice[u8]
) -> Table | None:
    """Return the first table with a header; an empty maker or product is that of every table."""
    first: Table | None = None
    table = machine.tables
    while table is not None:
        header = table.bytes()
        is_made_so = len(maker) == 0 or says(header, MAKER, MAKER_SIZE, maker)
        is_product = len(product) == 0 or says(header, PRODUCT, PRODUCT_SIZE, product)
        if is_made_so and is_product and says(header, SIGNATURE, SIGNATURE_SIZE, signature):
            first = table
        table = table.before
    return first


@no_raise
def says(header: Slice[u8], start: u64, size: u64, text: Slice[u8]) -> bool:
    """Whether a part of a header is a text; spaces and zeroes fill it."""
    for index in range(size):
        letter = header[start + index]
        wanted = text[index] if index < len(text) else u8(0)
        if letter != wanted and not (index >= len(text) and letter == ord(" ")):
            return False
    return len(text) <= size
