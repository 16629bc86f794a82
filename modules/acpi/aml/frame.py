"""A call: the terms that it reads, its locals and arguments, and the names that it made.

All bytes of AML are read here, and never beyond the end of what encloses them.

Source: ACPI 6.5, sections 20.2.2 (names), 20.2.3 (data) and 20.2.4 (package length).
"""

from __future__ import annotations

from typing import Final

from core import endian
from lang import Slice, no_raise, struct, u8, u16, u32, u64
from modules.acpi.aml.errors import BadName, Truncated
from modules.acpi.aml.node import Node
from modules.acpi.aml.table import Table
from modules.acpi.aml.values import Slots, Value

ROOT_PREFIX: Final = 0x5C
PARENT_PREFIX: Final = 0x5E
NULL_NAME: Final = 0x00
DUAL_NAME: Final = 0x2E
MULTI_NAME: Final = 0x2F
EXTENDED: Final = 0x5B


@struct
class NamePath:
    """A name as a table writes it."""

    is_absolute: bool
    parents: u64  # how many times "^" stands before it
    start: u64  # of its segments, in the table
    count: u64  # of segments, 4 bytes each


class Frame:
    """A call of a method, or the loading of a table."""

    # Constant.
    table: Table
    scope: Node  # where names are made, and looked up first; of a table, what encloses the current term
    method: Node | None  # None: a table is loaded
    slots: Slots

    at: u64  # the next byte
    end: u64  # of what encloses it
    made: Node | None  # the names that it made, the last first
    result: Value | None  # what it returns

    def __init__(self, table: Table, start: u64, end: u64, scope: Node, slots: Slots) -> None:
        self.table = table
        self.scope = scope
        self.slots = slots
        self.at = start
        self.end = min(end, table.size)

    # Bytes --------------------------------------------------------------------------------------

    @property
    @no_raise
    def is_at_end(self) -> bool:
        return self.at >= self.end

    def peek(self) -> u8:
        """Return the next byte, and leave it."""
        if self.at >= self.end:
            raise Truncated
        return self.table.bytes()[self.at]

    def take_byte(self) -> u8:
        result = self.peek()
        self.at += 1
        return result

    def take_word(self) -> u16:
        start = self.take(2)
        return endian.load_u16(self.table.bytes(), start)

    def take_double_word(self) -> u32:
        start = self.take(4)
        return endian.load_u32(self.table.bytes(), start)

    def take_quad_word(self) -> u64:
        start = self.take(8)
        return endian.load_u64(self.table.bytes(), start)

    def take(self, size: u64) -> u64:
        """Step over some bytes; return where they start.

        Raises:
            Truncated: there are fewer.
        """
        if self.at > self.end or size > self.end - self.at:
            raise Truncated
        start = self.at
        self.at += size
        return start

    def peek_opcode(self) -> u16:
        """Return the next operation's number: that of an extended one has 5B in its high byte."""
        first = self.peek()
        if first != EXTENDED:
            return u16(first)
        if self.end - self.at < 2:
            raise Truncated
        return 0x5B00 | u16(self.table.bytes()[self.at + 1])

    def take_opcode(self) -> u16:
        result = self.peek_opcode()
        self.at += 1 if result < 0x100 else 2
        return result

    def take_length(self) -> u64:
        """Read a package length; return where the package ends.

        Raises:
            Truncated: it is longer than what it stands in, or ends within its own length.
        """
        start = self.at
        size = self.take_number()
        if size > self.end - start or start + size < self.at:
            raise Truncated
        return start + size

    def take_number(self) -> u64:
        """Read a number that is written as a package length is: of at most 28 bits."""
        lead = self.take_byte()
        following = u64(lead >> 6)
        if following == 0:
            return u64(lead & 0x3F)
        size = u64(lead & 0x0F)
        for index in range(following):
            size |= u64(self.take_byte()) << (4 + 8 * index)
        return size

    def take_text(self) -> Slice[u8]:
        """Return a string, which a zero ends, without it."""
        start = self.at
        while self.take_byte() != 0:
            pass
        return self.table.bytes()[start : self.at - 1]

    # Names --------------------------------------------------------------------------------------

    def take_segment(self) -> u32:
        """Return four letters.

        Raises:
            BadName: they are no name.
        """
        start = self.take(4)
        return segment_at(self.table.bytes(), start)

    def take_name(self) -> NamePath:
        """Return a name, which may be empty."""
        path = NamePath(False, 0, 0, 0)
        if self.peek() == ROOT_PREFIX:
            self.at += 1
            path.is_absolute = True
        else:
            while self.peek() == PARENT_PREFIX:
                self.at += 1
                path.parents += 1
        path.count = self.take_segment_count()
        path.start = self.take(path.count * 4)
        data = self.table.bytes()
        for index in range(path.count):
            segment_at(data, path.start + index * 4)
        return path

    def take_segment_count(self) -> u64:
        match self.peek():
            case 0x00:
                self.at += 1
                return 0
            case 0x2E:
                self.at += 1
                return 2
            case 0x2F:
                self.at += 1
                return u64(self.take_byte())
            case _:
                return 1

    def segment(self, path: NamePath, index: u64) -> u32:
        """Return four letters of a name that was read here."""
        return endian.load_u32(self.table.bytes(), path.start + index * 4)


def segment_at(data: Slice[u8], start: u64) -> u32:
    """Return the four letters at an offset, where there are four bytes.

    Raises:
        BadName: they are no name.
    """
    if not is_lead(data[start]):
        raise BadName
    for index in range(u64(1), u64(4)):
        letter = data[start + index]
        if not is_lead(letter) and not ord("0") <= letter <= ord("9"):
            raise BadName
    return endian.load_u32(data, start)


@no_raise
def is_lead(letter: u8) -> bool:
    """Whether a name may begin with it."""
    return ord("A") <= letter <= ord("Z") or letter == ord("_")
