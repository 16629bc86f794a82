"""Modules in memory: what the kernel keeps of each.

Invariant: what a module needs stays as long as it does, since it holds a reference to it.
"""

from __future__ import annotations

from typing import Final

from kernel.mem.heap_memory import HeapMemory, copy_of
from kernel.mem.layout import PhysAddr
from kernel.module.description import Device, Module
from kernel.module.export_table import Row, Table
from kernel.module.module_memory import ModuleMemory
from lang import Array, Ptr, Slice, no_raise, u8, u32, u64

MOST_NEEDS: Final = 16


class Attached:
    """A device that a module has taken into use."""

    kind: HeapMemory
    name: HeapMemory
    address: PhysAddr
    next: Attached | None

    def __init__(self, device: Device, next: Attached | None) -> None:
        """Raises:
        MemoryError: there is too little memory.
        """
        self.kind = copy_of(device.kind)
        self.name = copy_of(device.name)
        self.address = device.address
        self.next = next

    @no_raise
    def is_named(self, name: Slice[u8]) -> bool:
        return self.name.bytes == name


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
    devices: Attached | None  # that it has taken into use, the last one first

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

    @no_raise
    def drives(self, name: Slice[u8]) -> bool:
        """Return whether a device is one that it has taken into use."""
        device = self.devices
        while device is not None and not device.is_named(name):
            device = device.next
        return device is not None

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
