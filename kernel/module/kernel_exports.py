"""What the kernel's image exports to modules: the table that its linker made."""

from __future__ import annotations

from kernel.module.export_table import Row, Table
from lang import Ptr, Slice, no_raise, sizeof, symbol_address


@no_raise
def table() -> Table:
    start, end = symbol_address("__exports_start"), symbol_address("__exports_end")
    rows = Slice[Row](Ptr[Row](start), (end - start) // sizeof(Row))
    return Table(rows, symbol_address("__image_start"))
