"""A table of AML: the bytes of a definition block, kept as long as methods of it are.

Source: ACPI 6.5, sections 5.2.6 and 5.2.11.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core import endian
from lang import Ptr, Slice, no_raise, u8, u32, u64
from modules.acpi.aml import storage
from modules.acpi.aml.errors import BadTable

if TYPE_CHECKING:
    from modules.acpi.aml.node import Node

LENGTH: Final = 4  # offsets in the header
REVISION: Final = 8
HEADER_SIZE: Final = 36


class Table:
    """A definition block."""

    memory: Ptr[u8]  # its own
    size: u64
    signature: u32  # the first letter in the low byte
    number: u64  # in the order of loading, from 0
    is_loaded: bool
    before: Table | None  # the one that was handed in before it
    made: Node | None  # the names that it made, the last first

    def __init__(self, content: Slice[u8], number: u64) -> None:
        """Copy a table, header included.

        Raises:
            BadTable: the length does not fit what is there.
            MemoryError: there is none for the copy.
        """
        self.size = 0
        if len(content) < HEADER_SIZE:
            raise BadTable
        size = u64(endian.load_u32(content, LENGTH))
        if not HEADER_SIZE <= size <= len(content):
            raise BadTable
        self.memory = storage.take(size)
        self.size = size
        self.bytes().copy_from(content[:size])
        self.signature = endian.load_u32(content, 0)
        self.number = number
        self.is_loaded = False

    def __del__(self) -> None:
        if self.size > 0:
            storage.give_back(self.memory, self.size)

    @no_raise
    def bytes(self) -> Slice[u8]:
        """Return all of it, header included."""
        return Slice[u8](self.memory, self.size)

    @property
    @no_raise
    def revision(self) -> u8:
        return self.bytes()[REVISION]

    @property
    @no_raise
    def is_program(self) -> bool:
        """Whether it is AML that is loaded without being asked for. ACPI 6.5, section 5.2.11."""
        name = self.bytes()[:4]
        return name == b"DSDT" or name == b"SSDT" or name == b"PSDT"
