"""Locations: where in a namespace something was found, by which names, and through which mount.

A location knows the one above it, so that `..` leads back the way one came, over mounts, too. It is constant; what it
leads to may lose its name meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import NameTooLong
from core.file_records import ENTRY_NAME
from kernel.fs.path import LONGEST_PATH
from kernel.fs.vnode import Vnode
from lang import Array, Slice, no_raise, u8, u64

if TYPE_CHECKING:
    from kernel.fs.mount import Mount


class Location:
    """A place in the tree."""

    node: Vnode
    mount: Mount
    above: Location | None  # None: the root of a namespace
    name_length: u64
    name_bytes: Array[u8, ENTRY_NAME]

    def __init__(self, node: Vnode, mount: Mount, above: Location | None, name: Slice[u8]) -> None:
        self.node = node
        self.mount = mount
        self.above = above
        self.name_length = min(len(name), u64(ENTRY_NAME))
        self.name_bytes[: self.name_length].copy_from(name[: self.name_length])

    @property
    @no_raise
    def name(self) -> Slice[u8]:
        return self.name_bytes[: self.name_length]


def write_path(location: Location, into: Slice[u8]) -> u64:
    """Store the absolute path of a location; return its length.

    into: LONGEST_PATH bytes at least.

    Raises:
        NameTooLong: it is longer than a path may be.
    """
    size = path_length(location)
    if size > LONGEST_PATH:
        raise NameTooLong
    if location.above is None:
        into[0] = 47
        return 1
    at: Location | None = location
    end = size
    while at is not None and at.above is not None:
        end -= at.name_length + 1
        into[end] = 47
        into[end + 1 : end + 1 + at.name_length].copy_from(at.name)
        at = at.above
    return size


@no_raise
def path_length(location: Location) -> u64:
    size: u64 = 0
    at: Location | None = location
    while at is not None and at.above is not None:
        size += at.name_length + 1
        at = at.above
    return max(size, 1)
