"""The system calls, in the order of their numbers.

Each function checks what comes from the program and hands it on. A number, once given, keeps its meaning; those that are
missing belong to calls that the system does not have yet.
"""

from __future__ import annotations

from typing import Final

from core.errors import BadAddress
from kernel.cpu import instructions, user_mode
from kernel.mem.address_space import Protection
from kernel.mem.layout import USER_END
from kernel.proc import current, program_thread
from kernel.sched import kernel_thread, sleep
from kernel.sched.thread import WakeReason
from kernel.time import clock, wall_clock
from lang import Array, UserSlice, sleeps, syscall, u8, u32, u64

LONGEST_STATUS: Final[u64] = 255
SATURATED: Final[u64] = sleep.NEVER - 1


@syscall(0)
@sleeps
def exits(status: UserSlice[u8]) -> None:
    """End the process, with a status: text of which the first 255 bytes count; empty is success.

    Raises:
        BadAddress: the text is not the program's.
    """
    text = Array[u8, 256]()
    length = min(len(status), LONGEST_STATUS)
    status[:length].copy_out(text[:length])
    current.process().ask_to_end(text[:length])
    program_thread.end()


@syscall(1)
@sleeps
def thread_exit() -> None:
    """End the calling thread; with the last one the process ends, successfully."""
    program_thread.end()


@syscall(3)
@sleeps
def nanosleep(duration_ns: u64) -> None:
    """Sleep.

    Raises:
        InterruptedError: a note came first.
    """
    start = clock.uptime()
    deadline = start + min(duration_ns, SATURATED - start)
    if sleep.until(deadline) == WakeReason.INTERRUPTED:
        raise InterruptedError


@syscall(5)
def getpid() -> u64:
    """Return the number of the process."""
    return current.process().number


@syscall(6)
def gettid() -> u64:
    """Return the number of the thread."""
    return sleep.current().number


@syscall(7)
def uptime() -> u64:
    """Return the time since the system started, in nanoseconds."""
    return clock.uptime()


@syscall(8)
def epoch() -> u64:
    """Return the time since the beginning of 1970, UTC, in nanoseconds."""
    return wall_clock.now()


@syscall(11)
@sleeps
def close(file: u64) -> None:
    """Let go of an open file.

    Raises:
        BadFile: the number is not open.
    """
    current.process().files.close(file)


@syscall(12)
@sleeps
def read(file: u64, into: UserSlice[u8]) -> u64:
    """Read into memory of the program; return how many bytes came, 0 at the end.

    Raises:
        BadFile: the number is not open.
        BadAddress: the memory is not the program's.
        NotSupported: the file cannot be read.
    """
    return current.process().files.find(file).read(into)


@syscall(13)
@sleeps
def write(file: u64, data: UserSlice[u8]) -> u64:
    """Write memory of the program; return how many bytes were taken.

    Raises:
        BadFile: the number is not open.
        BadAddress: the memory is not the program's.
        NotSupported: the file cannot be written.
    """
    return current.process().files.find(file).write(data)


@syscall(18)
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
    process = current.process()
    allowed = protection_of(protection)
    if address == 0:
        return process.space.reserve(size, allowed)
    return process.space.reserve(size, allowed, address)


@syscall(19)
def munmap(address: u64, size: u64) -> None:
    """Give memory back, and whatever was mapped in the range.

    Raises:
        ValueError: no size, or a place between pages.
        BadAddress: the range is not the program's.
        MemoryError: no memory for the page tables that the rest needs.
    """
    current.process().space.unmap(address, size)


@syscall(20)
def mprotect(address: u64, size: u64, protection: u32) -> None:
    """Change what may be done with memory; as for mmap.

    Raises:
        ValueError: no size, a place between pages, or write and execute.
        BadAddress: the range is not the program's, or not all of it mapped.
        MemoryError: no memory for the page tables that this needs.
    """
    current.process().space.protect(address, size, protection_of(protection))


@syscall(22)
def thread_create(entry: u64, argument: u64, stack: u64) -> u64:
    """Start a thread at an address, with an argument in rdi and a stack that ends at `stack`; return its number.

    Raises:
        BadAddress: the entry or the stack is not the program's.
        MemoryError: there is no memory for the thread.
        ProcessLookupError: the process is ending.
    """
    if entry >= USER_END or stack > USER_END:
        raise BadAddress
    thread = program_thread.new_at(current.process(), entry, stack, argument)
    number = thread.number
    kernel_thread.let_run(thread)
    return number


@syscall(23)
@sleeps
def yield_processor() -> None:
    """Let other threads run that have had less."""
    sleep.yield_processor()


@syscall(39)
def set_thread_pointer(address: u64) -> None:
    """Set the base of FS for the calling thread: where its own variables are.

    Raises:
        BadAddress: the address is not the program's.
    """
    if address >= USER_END:
        raise BadAddress
    thread = sleep.current()
    thread.fs_base = address
    instructions.write_msr(user_mode.MSR_FS_BASE, address)


def protection_of(bits: u32) -> Protection:
    """Return what a program asks for.

    Raises:
        ValueError: bits that mean nothing.
    """
    if bits & ~u32(7) != 0:
        raise ValueError
    return Protection(u8(bits))
