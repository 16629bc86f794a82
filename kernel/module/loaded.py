"""Modules in memory: what the kernel keeps of each.

Invariant: what a module needs stays as long as it does, since it holds a reference to it.
"""

from __future__ import annotations

from typing import Final

from kernel.mem.heap_memory import HeapMemory, copy_of
from kernel.module.description import Module
from kernel.module.export_table import Row, Table
from kernel.module.module_memory import ModuleMemory
from lang import Array, Ptr, Slice, no_raise, u8, u32, u64

MOST_NEEDS: Final = 16


class Loaded:
    """A module in memory."""

    # Set while it is linked, then constant.
    file_name: HeapMemory
    memory: ModuleMemory
    rows: HeapMemory | None  # what it exports
    row_count: u64
    description: u64  # where its Module is
    needs: Array[Loaded | None, MOST_NEEDS]
    need_count: u32

    # Guarded by the loader's lock.
    next: Loaded | None
    users: u32  # modules that need this
    devices: u32  # that it has taken into use

    def __init__(self, name: Slice[u8], size: u64) -> None:
        """Raises:
        MemoryError: there is too little memory.
        """
        self.file_name = copy_of(name)
        self.memory = ModuleMemory(size)

    @property
    @no_raise
    def name(self) -> Slice[u8]:
        return self.file_name.bytes

    @property
    @no_raise
    def module(self) -> Ptr[Module]:
        return Ptr[Module](self.description)

    @property
    @no_raise
    def exports(self) -> Table:
        rows = self.rows
        assert rows is not None, "it is linked"
        start = rows.bytes.pointer.cast(Row)
        return Table(Slice[Row](start, self.row_count), self.memory.start)
