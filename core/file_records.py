"""What crosses system calls about files: the kinds of nodes, what `stat` tells, and the entries of folders."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from lang import Array, Slice, no_raise, over, struct, u8, u32, u64

ENTRY_NAME: Final = 64
IS_MOUNTED: Final[u32] = 1 << 31


@over(u32)
class NodeKind(IntEnum):
    FILE = 0
    DIRECTORY = 1
    SYMLINK = 2


@struct
class Stat:
    """What there is to know of a file."""

    number: u64
    size: u64  # in bytes
    kind: u32  # NodeKind
    links: u32  # names that it has
    permissions: u32  # that the path gives: 1 read, 2 write, 4 execute
    mount: u32  # the flags of that through which it is seen (kernel/fs/mode.py); IS_MOUNTED: it is itself what is mounted


@struct
class Entry:
    """One entry of a folder."""

    kind: NodeKind
    name_length: u32
    name: Array[u8, ENTRY_NAME]

    @no_raise
    def set(self, name: Slice[u8], kind: NodeKind) -> None:
        length = min(len(name), u64(ENTRY_NAME))
        self.kind = kind
        self.name_length = u32(length)
        self.name[:length].copy_from(name[:length])
