"""Classes of devices: folders in /dev in which each device of a kind has a number, counted from 0."""

from __future__ import annotations

from core.text.buffer import TextBuffer
from kernel.fs.folder import FixedFolder
from kernel.fs.text_file import TextFile, text
from kernel.fs.vnode import Vnode
from lang import Array, Atomic, Slice, no_raise, sleeps, u8, u32


class DeviceClass(FixedFolder):
    """A kind of devices."""

    count: Atomic[u32]

    def add(self, device: Vnode) -> u32:
        """Let a device have the next number, and return it.

        Raises:
            MemoryError: there is too little memory.
        """
        number = self.count.fetch_add(1)
        storage = Array[u8, 16]()
        self.put(name_of(number, storage[:]), device)
        return number

    @no_raise
    @sleeps
    def leave(self, number: u32) -> None:
        """Let the device with a number be there no longer; no other gets it."""
        storage = Array[u8, 16]()
        self.take_all(name_of(number, storage[:]))


@no_raise
def name_of(number: u32, into: Slice[u8]) -> Slice[u8]:
    out = TextBuffer(into)
    text(out, f"{number}")
    return into[: out.used]


class NameFile(TextFile):
    """The file `name` of a device."""

    name: str

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    @sleeps
    def show(self, out: TextBuffer) -> None:
        text(out, f"{self.name}")


keyboards: DeviceClass | None = None  # set once, before devices are attached
mice: DeviceClass | None = None
pci: FixedFolder | None = None  # devices by their places, as modules/drivers/pci/files.py says
