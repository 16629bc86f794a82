"""The system beneath a program (core/world/system.py), where that is ours."""

from __future__ import annotations

from typing import Final

from core.text import format
from core.text.buffer import TextBuffer
from lang import (
    Array,
    Atomic,
    Ptr,
    Slice,
    asm,
    export,
    i32,
    irq_safe,
    naked,
    no_raise,
    u8,
    u32,
    u64,
    unreachable,
)
from lib.std.system_call import try_call

EXITS = 0
WRITE = 13
MMAP = 18
MUNMAP = 19
FUTEX_WAIT = 26
FUTEX_WAKE = 45
FOR_EVER: Final[u64] = 0xFFFF_FFFF_FFFF_FFFF
READ_WRITE = 3
COUNTS: Final = False  # the kernel knows what a process has
STACK = 7 << 20  # bytes of the stack for recursion; the kernel gives 8 MiB


@naked
@export("_start")
def start() -> None:
    """The kernel gives a stack whose end is a multiple of 16; the count of arguments in rdi, them in rsi."""
    asm(
        """
        xorl %ebp, %ebp
        callq __pw_enter
        ud2
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


@no_raise
def exit(status: i32) -> None:
    """End the process. Its status is a text: empty for 0, which is success, and else the number."""
    storage = Array[u8, 16]()
    out = TextBuffer(storage[:])
    if status != 0:
        format.write_i64(out, status)
    end_with(out.text())


@no_raise
def end_with(status: Slice[u8]) -> None:
    """End the process with a status in words."""
    try_call(EXITS, status.pointer.address, len(status), 0, 0, 0, 0)
    unreachable()


@irq_safe
@no_raise
def write(file: u64, text: Slice[u8]) -> None:
    """Write text to an open file, as far as it takes it."""
    try_call(WRITE, file, text.pointer.address, len(text), 0, 0, 0)


@no_raise
def map_memory(size: u64) -> u64:
    """Return the address of new, zeroed memory; 0 if there is none."""
    address, _ = try_call(MMAP, 0, size, READ_WRITE, 0, 0, 0)
    return address


@no_raise
def unmap_memory(address: u64, size: u64) -> None:
    """Give mapped memory back."""
    try_call(MUNMAP, address, size, 0, 0, 0, 0)


@no_raise
def wait_while(word: Ptr[Atomic[u32]], value: u32) -> None:
    """Sleep until somebody wakes who waits for a word, if that still has a value; may return early."""
    try_call(FUTEX_WAIT, word.address, u64(value), FOR_EVER, 0, 0, 0)


@no_raise
def wake(word: Ptr[Atomic[u32]], count: u32) -> None:
    """Wake threads that wait for a word, so many at most."""
    try_call(FUTEX_WAKE, word.address, u64(count), 0, 0, 0, 0)
