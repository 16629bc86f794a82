"""Threads of the system beneath a program (lib/python/thread_system.py), where that is ours."""

from __future__ import annotations

from typing import Final

from lang import Atomic, Ptr, no_raise, u32, u64
from lib.std import system
from lib.std.system_call import try_call

THREAD_EXIT: Final[u64] = 1
GETTID: Final[u64] = 6
MUNMAP: Final[u64] = 19
FUTEX_WAIT: Final[u64] = 26
SET_THREAD_POINTER: Final[u64] = 39
FUTEX_WAKE: Final[u64] = 45
READ_WRITE = 3
NEVER: Final[u64] = 0xFFFF_FFFF_FFFF_FFFF


@no_raise
def set_thread_pointer(address: u64) -> None:
    """Let FS lead somewhere for the running thread."""
    try_call(SET_THREAD_POINTER, address, 0, 0, 0, 0, 0)


def make_stack(size: u64, guard: u64) -> u64:
    """Return the lowest address of memory for a stack, of which the first `guard` bytes may not be touched.

    Raises:
        MemoryError: there is no room for it.
    """
    start = system.mmap(0, size, READ_WRITE)
    system.mprotect(start, guard, 0)
    return start


@no_raise
def free_stack(start: u64, size: u64) -> None:
    try_call(MUNMAP, start, size, 0, 0, 0, 0)


def start(entry: u64, argument: u64, stack: u64, pointer: u64) -> None:
    """Start a thread at an address, with an argument in rdi, on a stack that ends at `stack`, and FS leading to `pointer`.

    Raises:
        MemoryError: there is no memory for the thread.
        ProcessLookupError: the process is ending.
    """
    system.thread_create(entry, argument, stack, pointer)


@no_raise
def end(has_left: Ptr[Atomic[u32]]) -> None:
    """End the running thread, and store 1 when it has left its stack for ever; does not return."""
    try_call(THREAD_EXIT, has_left.address, 0, 0, 0, 0, 0)


@no_raise
def number() -> u64:
    """Return the number of the running thread."""
    number, _ = try_call(GETTID, 0, 0, 0, 0, 0, 0)
    return number


@no_raise
def sleep_while(word: Ptr[Atomic[u32]], value: u32, timeout_ns: u64) -> None:
    """Sleep until somebody wakes who waits for a word, if that still has a value; may return early.

    timeout_ns: for so long at most, NEVER for ever.
    """
    try_call(FUTEX_WAIT, word.address, u64(value), timeout_ns, 0, 0, 0)


@no_raise
def wake(word: Ptr[Atomic[u32]], count: u32) -> None:
    """Wake threads that wait for a word, so many at most."""
    try_call(FUTEX_WAKE, word.address, u64(count), 0, 0, 0, 0)
