"""Shared memory: /dev/shmem/new makes memory without a name with each opening, which who has the file can map.

The first mapping, from position 0 on, says how much there is; it is zeros then. Later ones show parts of it. The file goes to
another process as any open file does; what is mapped stays when all have closed it.

Files in /dev:
    shmem/new    opening makes memory to be mapped
"""

from __future__ import annotations

from core.file_records import NodeKind
from kernel.fs.mode import Mode
from kernel.fs.tmpfs import LARGEST, TmpFile
from kernel.fs.vnode import Vnode
from kernel.mem.address_space import AddressSpace, Protection
from kernel.mem.layout import PAGE_SIZE, round_up
from lang import sleeps, u64


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
