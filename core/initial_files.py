"""The initial files: a tree of files in one piece of memory, read where it lies.

    header          32 bytes
    nodes           32 bytes each; number 0 is the top folder
    names           UTF-8, one after the other
    contents        each file's at a multiple of 4096, and zeros up to the next, so that it can be mapped

All numbers are little-endian. A folder's children follow each other in order of their names' bytes, and
come after it, so that nothing leads in a circle. `tools/initial_files.py` writes it; `open` proves once
that it is whole, and everything else relies on that.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from core.errors import BadMessage
from lang import Slice, no_raise, over, sizeof, struct, u8, u16, u32, u64

MAGIC: Final[u64] = 0x3153_454C_4946_5750  # "PWFILES1"
ALIGNMENT: Final[u64] = 4096
LONGEST_NAME: Final = 255
ROOT: Final[u32] = 0


@over(u16)
class NodeKind(IntEnum):
    FOLDER = 1
    FILE = 2


@struct
class Header:
    magic: u64
    node_count: u32
    names_size: u32
    size: u64  # of everything, in bytes
    reserved: u64


@struct
class Node:
    name_offset: u32  # from the first name's beginning
    name_length: u16
    kind: u16  # NodeKind
    start: u64  # folder: the number of its first child; file: where its content is
    size: u64  # folder: how many children; file: its length in bytes
    parent: u32
    reserved: u32


assert sizeof(Header) == 32
assert sizeof(Node) == 32


@struct
class InitialFiles:
    """A tree that is known to be whole."""

    bytes: Slice[u8]
    nodes: Slice[Node]
    names: Slice[u8]

    @no_raise
    def name_of(self, number: u32) -> Slice[u8]:
        node = self.nodes[number]
        return self.names[node.name_offset : u64(node.name_offset) + node.name_length]

    @no_raise
    def is_folder(self, number: u32) -> bool:
        return self.nodes[number].kind == NodeKind.FOLDER

    @no_raise
    def content_of(self, number: u32) -> Slice[u8]:
        """Return what a file holds."""
        node = self.nodes[number]
        return self.bytes[node.start : node.start + node.size]

    @no_raise
    def child(self, folder: u32, name: Slice[u8]) -> u32 | None:
        """Return a folder's child of some name; None if it has none."""
        low = self.nodes[folder].start
        high = low + self.nodes[folder].size
        while low < high:
            middle = (low + high) // 2
            order = compare(self.name_of(u32(middle)), name)
            if order == 0:
                return u32(middle)
            if order < 0:
                low = middle + 1
            else:
                high = middle
        return None


def open(bytes: Slice[u8]) -> InitialFiles:
    """Return the tree that some memory holds.

    bytes: aligned to 8 bytes; they must stay where they are.

    Raises:
        BadMessage: it holds none, or a damaged one.
    """
    _check_nodes(_parts_of(bytes))
    return _parts_of(bytes)


def _parts_of(bytes: Slice[u8]) -> InitialFiles:
    """Return the tree, of which only the header was checked.

    Raises:
        BadMessage: the header makes no sense.
    """
    if len(bytes) < sizeof(Header):
        raise BadMessage
    header = bytes.pointer.cast(Header)
    nodes_size = u64(header.node_count) * sizeof(Node)
    names = sizeof(Header) + nodes_size
    contents = names + header.names_size
    if header.magic != MAGIC or header.size > len(bytes) or contents > header.size:
        raise BadMessage
    if header.node_count == 0:
        raise BadMessage
    nodes = (bytes.pointer + sizeof(Header)).cast(Node)
    return InitialFiles(
        bytes[: header.size], Slice[Node](nodes, header.node_count), bytes[names:contents]
    )


def _check_nodes(files: InitialFiles) -> None:
    """Check each node, and that each but the top one is the child of one folder that comes before it."""
    count = u64(len(files.nodes))
    contents = sizeof(Header) + count * sizeof(Node) + len(files.names)
    next_child: u64 = 1
    for number in range(count):
        node = files.nodes[number]
        if u64(node.name_offset) + node.name_length > len(files.names):
            raise BadMessage
        if number != ROOT and not is_name(files.name_of(u32(number))):
            raise BadMessage
        if node.kind == NodeKind.FOLDER:
            if node.start != next_child or node.size > count - next_child or node.start <= number:
                raise BadMessage
            _check_children(files, u32(number))
            next_child += node.size
        elif (
            node.kind != NodeKind.FILE
            or number == ROOT
            or node.start < contents
            or node.start & (ALIGNMENT - 1) != 0
            or node.start > len(files.bytes)
            or node.size > len(files.bytes) - node.start
            or not _is_padded(files.bytes, node.start + node.size)
        ):
            raise BadMessage
    if next_child != count:
        raise BadMessage


@no_raise
def _is_padded(bytes: Slice[u8], end: u64) -> bool:
    """Return whether zeros follow a file that ends somewhere, up to a multiple of ALIGNMENT."""
    up_to = (end + ALIGNMENT - 1) & ~(ALIGNMENT - 1)
    if up_to > len(bytes):
        return False
    for byte in bytes[end:up_to]:
        if byte != 0:
            return False
    return True


def _check_children(files: InitialFiles, folder: u32) -> None:
    """Check that a folder's children know it, and are in order."""
    first = files.nodes[folder].start
    for number in range(first, first + files.nodes[folder].size):
        node = files.nodes[number]
        if node.parent != folder:
            raise BadMessage
        if u64(node.name_offset) + node.name_length > len(files.names):
            raise BadMessage
        if (
            number > first
            and compare(files.name_of(u32(number) - 1), files.name_of(u32(number))) >= 0
        ):
            raise BadMessage


@no_raise
def is_name(name: Slice[u8]) -> bool:
    """Return whether a file may have a name: it is not empty, `.` or `..`, and has no `/` or 0 in it."""
    if len(name) == 0 or len(name) > LONGEST_NAME or name == b"." or name == b"..":
        return False
    for byte in name:
        if byte == 0 or byte == 47:
            return False
    return True


@no_raise
def compare(one: Slice[u8], other: Slice[u8]) -> int:
    """Return a number below, at or above 0, as `one` comes before, is, or comes after `other`."""
    for index in range(min(len(one), len(other))):
        if one[index] != other[index]:
            return -1 if one[index] < other[index] else 1
    if len(one) == len(other):
        return 0
    return -1 if len(one) < len(other) else 1
