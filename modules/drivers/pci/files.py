"""/dev/pci: each function of each device as a folder, named by bus, slot and function.

Files in /dev/pci:
    <name>/id              vendor and device
    <name>/class           base class, sub-class, programming interface
    <name>/resources       a line for each range of memory or ports
    <name>/capabilities    their identities, and where they are
    <name>/extended        those of PCI Express: their identities, versions, and where they are
    <name>/config          the configuration space as bytes
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.file_records import NodeKind
from core.text.buffer import TextBuffer
from kernel.fs.folder import FixedFolder
from kernel.fs.text_file import TextFile, text
from kernel.fs.vnode import Vnode
from lang import Array, Ptr, UserSlice, no_raise, sleeps, truncate, u8, u32, u64, usize
from modules.drivers.pci import configuration
from modules.drivers.pci.extended import Walk
from modules.drivers.pci.function import Function, RangeKind

if TYPE_CHECKING:
    from kernel.fs.file import File

PIECE: Final = 256


class FunctionText(TextFile):
    """Something about a function, as text."""

    function: Ptr[Function]

    def __init__(self, function: Ptr[Function]) -> None:
        super().__init__()
        self.function = function


class IdentityFile(FunctionText):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        text(out, f"{self.function.vendor:04x}:{self.function.device:04x}\n")


class ClassFile(FunctionText):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        text(out, f"{self.function.class_code:06x}\n")


class ResourcesFile(FunctionText):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        for index in range(len(self.function.ranges)):
            each = self.function.ranges[index]
            if each.kind == RangeKind.PORTS:
                text(out, f"{index} ports {each.start:#x} {each.size:#x}\n")
            elif each.kind == RangeKind.MEMORY:
                text(out, f"{index} memory {each.start:#x} {each.size:#x}")
                text(out, " prefetchable\n" if each.is_prefetchable else "\n")


class CapabilitiesFile(FunctionText):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        for identity in range(usize(256)):
            if self.function.capabilities[identity] != 0:
                text(out, f"{identity:02x} {self.function.capabilities[identity]:#x}\n")


class ExtendedFile(FunctionText):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        walk = Walk(self.function.place)
        while walk.go_on():
            text(out, f"{walk.identity:04x} {walk.version} {walk.place:#x}\n")


class ConfigurationFile(Vnode):
    function: Ptr[Function]

    def __init__(self, function: Ptr[Function]) -> None:
        super().__init__(NodeKind.FILE)
        self.function = function

    @property
    @no_raise
    def is_seekable(self) -> bool:
        return True

    @sleeps
    def size(self) -> u64:
        return configuration.size(self.function.place)

    @sleeps
    def read(self, file: File, into: UserSlice[u8], offset: u64) -> u64:
        piece = Array[u8, PIECE]()
        end = self.size()
        if offset >= end:
            return 0
        count = min(min(len(into), end - offset), u64(PIECE))
        for index in range(count):
            at = truncate(u32, offset + index)
            word = configuration.read(self.function.place, at & ~u32(3))
            piece[index] = truncate(u8, word >> (at & 3) * 8)
        into[:count].copy_in(piece[:count])
        return count


def add(folder: FixedFolder, function: Ptr[Function]) -> None:
    """Let a folder have one for a function.

    Raises:
        MemoryError: there is too little memory.
    """
    made = FixedFolder()
    made.put(b"id", IdentityFile(function))
    made.put(b"class", ClassFile(function))
    made.put(b"resources", ResourcesFile(function))
    made.put(b"capabilities", CapabilitiesFile(function))
    made.put(b"extended", ExtendedFile(function))
    made.put(b"config", ConfigurationFile(function))
    storage = Array[u8, 24]()
    out = TextBuffer(storage[:])
    write_place(out, function.place)
    folder.put(out.text(), made)


@no_raise
def write_place(out: TextBuffer, place: u32) -> None:
    """Write a place as BUS.SLOT.FUNCTION, after its segment if that is not 0."""
    if place >> 16 != 0:
        text(out, f"{place >> 16:04x}.")
    text(out, f"{place >> 8 & 0xFF:02x}.{place >> 3 & 31:02x}.{place & 7}")
