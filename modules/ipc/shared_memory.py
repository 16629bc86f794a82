"""Shared memory: /dev/shmem/new makes memory without a name with each opening, which who has the file can map.

The first mapping, from position 0 on, says how much there is; it is zeros then. Later ones show parts of it. The file goes to
another process as any open file does; what is mapped stays when all have closed it.

Files in /dev:
    shmem/new    opening makes memory to be mapped
"""

from __future__ import annotations

from typing import Annotated

from core.file_records import NodeKind
from kernel.fs import module_files
from kernel.fs.folder import FixedFolder
from kernel.fs.mode import Mode
from kernel.fs.tmpfs import LARGEST, TmpFile
from kernel.fs.vnode import Vnode
from kernel.mem.address_space import AddressSpace, Protection
from kernel.mem.layout import PAGE_SIZE, round_up
from kernel.module.description import Device, Module
from lang import section, sleeps, u64


class SharedMemory(TmpFile):
    @sleeps
    def map(
        self,
        space: AddressSpace,
        place: u64,
        size: u64,
        protection: Protection,
        may_write: bool,
        offset: u64,
    ) -> u64:
        """See Vnode."""
        self.settle(offset, size)
        return super().map(space, place, size, protection, may_write, offset)

    @sleeps
    def settle(self, offset: u64, size: u64) -> None:
        """Let the first mapping say how much memory there is.

        Raises:
            ValueError: it is more than any space has.
        """
        with self.lock:
            if self.length == 0 and offset == 0:
                if size > LARGEST:
                    raise ValueError
                self.length = round_up(size, PAGE_SIZE)


class NewSharedMemory(Vnode):
    """/dev/shmem/new."""

    def __init__(self) -> None:
        super().__init__(NodeKind.FILE)

    @sleeps
    def opened(self, mode: Mode) -> Vnode:
        return SharedMemory(b"")


def attach(device: Device) -> None:
    """Let programs make shared memory.

    Raises:
        MemoryError: there is too little memory.
    """
    folder = FixedFolder()
    folder.put(b"new", NewSharedMemory())
    module_files.there(module_files.devices).put(b"shmem", folder)


def detach(device: Device) -> None:
    """Let nobody make any more; what is open keeps the module where it is, but not what is only mapped."""
    module_files.there(module_files.devices).take_all(b"shmem")


MODULE: Annotated[Module, section(".module")] = Module(
    name="Shared memory",
    author="the authors of PatchworkOS",
    description="memory that several programs see",
    version="1.0",
    licence="MIT",
    devices="BOOT_ALWAYS",
    attach=attach,
    detach=detach,
)
