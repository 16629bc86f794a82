"""The memory of a module: near the kernel's image, written while it is linked, and afterwards only what it may be.

code        r-x
constants   r--
variables   rw-
"""

from __future__ import annotations

from core.errors import BadAddress
from kernel.mem import frames, kernel_space
from kernel.mem.address_space import Protection
from kernel.mem.layout import PAGE_SIZE, VirtAddr
from kernel.module.object_file import Kind, Plan
from kernel.panic import modules
from lang import Ptr, Slice, no_raise, u8, u64


class ModuleMemory:
    """Pages in a row; they are free again when the object is."""

    start: VirtAddr  # constant
    size: u64  # constant; 0: there was no memory

    def __init__(self, size: u64) -> None:
        """Take pages of zeros, which may be written.

        size: in whole pages, at least one.

        Raises:
            MemoryError: there is too little memory.
        """
        self.size = 0
        self.start = reserve(size)
        self.size = size
        for address in range(self.start, self.start + size, u64(PAGE_SIZE)):
            put(address)

    def __del__(self) -> None:
        if self.size > 0:
            modules.remove(self.start)
            give_back(self.start, self.size)

    @property
    @no_raise
    def bytes(self) -> Slice[u8]:
        return Slice[u8](Ptr[u8](self.start), self.size)

    @no_raise
    def settle(self, plan: Plan) -> None:
        """Take the right to write from code and constants, and let code be executed."""
        code, constants = plan.ends[Kind.CODE], plan.ends[Kind.CONSTANTS]
        protect(self.start, self.start + code, Protection.READ | Protection.EXECUTE)
        protect(self.start + code, self.start + constants, Protection.READ)


def reserve(size: u64) -> VirtAddr:
    try:
        return kernel_space.of_modules.reserve(size, Protection(0))
    except (ValueError, BadAddress, FileExistsError):
        assert False, "a module has whole pages, wherever there is room"


def put(address: VirtAddr) -> None:
    """Put a page of zeros where there is room for one."""
    frame = frames.allocate_zeroed()
    try:
        both = Protection.READ | Protection.WRITE
        kernel_space.of_modules.put_frame(address, frame, both, True)
    except (ValueError, BadAddress):
        assert False, "there is room for the page"
    except MemoryError:
        frames.free(frame)
        raise


@no_raise
def protect(start: VirtAddr, end: VirtAddr, protection: Protection) -> None:
    if start == end:
        return
    try:
        kernel_space.of_modules.protect(start, end - start, protection)
    except (ValueError, BadAddress, PermissionError, MemoryError):
        assert False, "each page of a module has an entry of its own"


@no_raise
def give_back(start: VirtAddr, size: u64) -> None:
    try:
        kernel_space.of_modules.unmap(start, size)
    except (ValueError, BadAddress, MemoryError):
        assert False, "each page of a module has an entry of its own"
