"""Copies of all tables, so that the firmware's memory is free for others.

They are made once the kernel can map any memory, and stay. What stands in them was not looked at, but for the header and
the sum of all bytes; a table that does not add up is left out.
"""

from __future__ import annotations

from typing import Annotated

from core import endian
from core.errors import BadAddress
from kernel.log import log
from kernel.mem import heap, kernel_space
from kernel.mem.address_space import MemoryType
from kernel.mem.layout import PAGE_SIZE, PhysAddr, round_down, round_up
from kernel.module.description import Description
from lang import Array, Ptr, Slice, no_raise, section, struct, u8, u64, usize
from modules.acpi import acpi
from modules.acpi.tables import table
from modules.acpi.tables.root import MOST_TABLES
from modules.acpi.tables.table import HEADER_SIZE, LENGTH, MOST_BYTES, BadTable


@struct
class Copy:
    start: u64  # an address
    size: u64  # in bytes


copies: Array[Copy, 129]  # one for each table that the root names, and the DSDT
count: usize = 0


@no_raise
def content(index: usize) -> Slice[u8]:
    """Return a table, header included."""
    assert index < count, "there are fewer tables"
    return Slice[u8](Ptr[u8](copies[index].start), copies[index].size)


def keep_all(address: PhysAddr) -> None:
    """Copy the DSDT, which is the first then, and all other tables.

    Raises:
        MemoryError: there is too little memory.
    """
    if acpi.hardware.dsdt != 0:
        keep(acpi.hardware.dsdt)
    for each in acpi.tables.addresses[: acpi.tables.count]:
        keep(each)


def keep(address: PhysAddr) -> None:
    """Copy a table, if it is one."""
    try:
        copy_from(address)
    except BadTable:
        log.warning(f"the ACPI table at {address:#x} does not add up, and is left out")


def copy_from(address: PhysAddr) -> None:
    global count
    size = size_at(address)
    memory = heap.allocate(size)
    content = Slice[u8](memory, size)
    try:
        view = View(address, size)
        content.copy_from(view.bytes())
    except (BadTable, MemoryError):
        heap.free(memory)
        raise
    if not table.adds_up(content):
        heap.free(memory)
        raise BadTable
    copies[count].start = memory.address
    copies[count].size = size
    count += 1


def size_at(address: PhysAddr) -> u64:
    """Return how long the table at an address says that it is."""
    view = View(address, HEADER_SIZE)
    size = u64(endian.load_u32(view.bytes(), LENGTH))
    if not HEADER_SIZE <= size <= MOST_BYTES:
        raise BadTable
    return size


class View:
    """Memory of the firmware, mapped as long as this lives."""

    start: u64  # an address
    size: u64

    def __init__(self, address: PhysAddr, size: u64) -> None:
        try:
            self.start = kernel_space.map_device(address, size, MemoryType.WRITE_BACK)
        except (BadAddress, ValueError):
            raise BadTable
        self.size = size

    def __del__(self) -> None:
        if self.start == 0:
            return
        first = round_down(self.start, PAGE_SIZE)
        try:
            kernel_space.space.unmap(first, round_up(self.start + self.size, PAGE_SIZE) - first)
        except (BadAddress, ValueError, MemoryError):
            assert False, "what was mapped can be unmapped"

    @no_raise
    def bytes(self) -> Slice[u8]:
        return Slice[u8](Ptr[u8](self.start), self.size)


assert len(copies) == MOST_TABLES + 1


DESCRIPTION: Annotated[Description, section(".modules")] = Description(
    "acpi", "ACPI tables", keep_all
)
