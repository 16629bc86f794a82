"""The system calls, as functions that raise what the kernel raised.

Made by tools/system_calls.py from kernel/syscall/calls.py; change that.
"""

from __future__ import annotations

from lang import Slice, u8, u32, u64
from lib.std.system_call import system_call


def exits(status: Slice[u8]) -> None:
    """End the process, with a status: text of which the first 255 bytes count; empty is success.

    Raises:
        BadAddress: the text is not the program's.
    """
    system_call(0, status.pointer.address, u64(len(status)), 0, 0, 0, 0)


def thread_exit() -> None:
    """End the calling thread; with the last one the process ends, successfully."""
    system_call(1, 0, 0, 0, 0, 0, 0)


def nanosleep(duration_ns: u64) -> None:
    """Sleep.

    Raises:
        InterruptedError: a note came first.
    """
    system_call(3, u64(duration_ns), 0, 0, 0, 0, 0)


def getpid() -> u64:
    """Return the number of the process."""
    return system_call(5, 0, 0, 0, 0, 0, 0)


def gettid() -> u64:
    """Return the number of the thread."""
    return system_call(6, 0, 0, 0, 0, 0, 0)


def uptime() -> u64:
    """Return the time since the system started, in nanoseconds."""
    return system_call(7, 0, 0, 0, 0, 0, 0)


def epoch() -> u64:
    """Return the time since the beginning of 1970, UTC, in nanoseconds."""
    return system_call(8, 0, 0, 0, 0, 0, 0)


def close(file: u64) -> None:
    """Let go of an open file.

    Raises:
        BadFile: the number is not open.
    """
    system_call(11, u64(file), 0, 0, 0, 0, 0)


def read(file: u64, into: Slice[u8]) -> u64:
    """Read into memory of the program; return how many bytes came, 0 at the end.

    Raises:
        BadFile: the number is not open.
        BadAddress: the memory is not the program's.
        NotSupported: the file cannot be read.
    """
    return system_call(12, u64(file), into.pointer.address, u64(len(into)), 0, 0, 0)


def write(file: u64, data: Slice[u8]) -> u64:
    """Write memory of the program; return how many bytes were taken.

    Raises:
        BadFile: the number is not open.
        BadAddress: the memory is not the program's.
        NotSupported: the file cannot be written.
    """
    return system_call(13, u64(file), data.pointer.address, u64(len(data)), 0, 0, 0)


def mmap(address: u64, size: u64, protection: u32) -> u64:
    """Promise memory that is zero until it is written, and return where it begins.

    address: where, a multiple of 4096; 0 leaves it to the kernel. size: in bytes, rounded up to pages.
    protection: 1 read, 2 write, 4 execute; never both of the last two.

    Raises:
        ValueError: no size, a place between pages, or write and execute.
        FileExistsError: something is mapped there.
        BadAddress: the place is not the program's.
        MemoryError: there is no room, or no memory for page tables.
    """
    return system_call(18, u64(address), u64(size), u64(protection), 0, 0, 0)


def munmap(address: u64, size: u64) -> None:
    """Give memory back, and whatever was mapped in the range.

    Raises:
        ValueError: no size, or a place between pages.
        BadAddress: the range is not the program's.
        MemoryError: no memory for the page tables that the rest needs.
    """
    system_call(19, u64(address), u64(size), 0, 0, 0, 0)


def mprotect(address: u64, size: u64, protection: u32) -> None:
    """Change what may be done with memory; as for mmap.

    Raises:
        ValueError: no size, a place between pages, or write and execute.
        BadAddress: the range is not the program's, or not all of it mapped.
        MemoryError: no memory for the page tables that this needs.
    """
    system_call(20, u64(address), u64(size), u64(protection), 0, 0, 0)


def thread_create(entry: u64, argument: u64, stack: u64) -> u64:
    """Start a thread at an address, with an argument in rdi and a stack that ends at `stack`; return its number.

    Raises:
        BadAddress: the entry or the stack is not the program's.
        MemoryError: there is no memory for the thread.
        ProcessLookupError: the process is ending.
    """
    return system_call(22, u64(entry), u64(argument), u64(stack), 0, 0, 0)


def yield_processor() -> None:
    """Let other threads run that have had less."""
    system_call(23, 0, 0, 0, 0, 0, 0)


def set_thread_pointer(address: u64) -> None:
    """Set the base of FS for the calling thread: where its own variables are.

    Raises:
        BadAddress: the address is not the program's.
    """
    system_call(39, u64(address), 0, 0, 0, 0, 0)
