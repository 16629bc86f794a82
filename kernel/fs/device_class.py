"""Classes of devices: folders in /dev in which each device of a kind has a number, counted from 0."""

from __future__ import annotations

from core.text.buffer import TextBuffer
from kernel.fs.folder import FixedFolder
from kernel.fs.text_file import TextFile, text
from kernel.fs.vnode import Vnode
from kernel.mem.heap_memory import HeapMemory, copy_of
from kernel.sync.mutex import Mutex
from lang import Array, Slice, no_raise, sleeps, u8, u32


class DeviceClass(FixedFolder):
    """A kind of devices."""

    adding: Mutex  # held while a device is added; before that of the folder

    def add(self, device: Vnode) -> u32:
        """Let a device have the lowest number that is free, and return it.

        Raises:
            MemoryError: there is too little memory.
        """
        storage = Array[u8, 16]()
        with self.adding:
            number: u32 = 0
            while self.has(name_of(number, storage[:])):
                number += 1
            self.put(name_of(number, storage[:]), device)
        return number

    @no_raise
    @sleeps
    def leave(self, number: u32) -> None:
        """Let the device with a number be there no longer."""
        storage = Array[u8, 16]()
        self.take_all(name_of(number, storage[:]))

    @no_raise
    @sleeps
    def has(self, name: Slice[u8]) -> bool:
        with self.lock:
            return self.look_up(name) is not None


@no_raise
def name_of(number: u32, into: Slice[u8]) -> Slice[u8]:
    out = TextBuffer(into)
    text(out, f"{number}")
    return into[: out.used]


class NameFile(TextFile):
    """The file `name` of a device."""

    name: HeapMemory  # a copy, since that of a module goes with it

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = copy_of(name.encode())

    @sleeps
    def show(self, out: TextBuffer) -> None:
        out.write(self.name.bytes)


keyboards: DeviceClass | None = None  # set once, before devices are attached
mice: DeviceClass | None = None
screens: DeviceClass | None = None
pci: FixedFolder | None = None  # devices by their places, as modules/drivers/pci/files.py says
