"""The system beneath a program: Linux, by its system calls. Another target puts its own in this place.

Source: System V ABI, AMD64 Supplement, sections 3.4.1 and A.2.1; Linux, syscall(2).
"""

from __future__ import annotations

from typing import Final

from lang import (
    Atomic,
    Ptr,
    Slice,
    asm,
    export,
    i32,
    i64,
    irq_safe,
    naked,
    no_raise,
    u8,
    u32,
    u64,
    unreachable,
)

SYS_WRITE: Final = 1
SYS_MMAP: Final = 9
SYS_MUNMAP: Final = 11
SYS_FUTEX: Final = 202
SYS_EXIT_GROUP: Final = 231

COUNTS: Final = True  # checked programs count what is alive (tally.py)
STACK: Final = 7 << 20  # bytes of the stack for recursion; Linux gives 8 MiB unless told otherwise

READ_WRITE: Final = 3
FUTEX_WAIT_PRIVATE: Final = 128
FUTEX_WAKE_PRIVATE: Final = 129
PRIVATE_ANONYMOUS: Final = 0x22


@naked
@export("_start")
def start() -> None:
    """Linux passes the count of arguments, and them, on the stack, which is aligned to 16."""
    asm(
        """
        xorl %ebp, %ebp
        movq (%rsp), %rdi
        leaq 8(%rsp), %rsi
        andq $$-16, %rsp
        callq __pw_enter
        ud2
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


@no_raise
def exit(status: i32) -> None:
    """End the process; 0 is success."""
    system_call(SYS_EXIT_GROUP, u64(status & 0xFF), 0, 0)
    unreachable()


@no_raise
def end_with(status: Slice[u8]) -> None:
    """End the process with a status in words, of which Linux knows whether there are any."""
    exit(0 if len(status) == 0 else 1)


@irq_safe
@no_raise
def write(file: u64, text: Slice[u8]) -> None:
    """Write text to an open file, as far as it takes it."""
    system_call(SYS_WRITE, file, text.pointer.address, len(text))


@no_raise
def map_memory(size: u64) -> u64:
    """Return the address of new, zeroed memory; 0 if there is none."""
    address = asm(
        "syscall",
        inputs=[
            ("{rax}", u64(SYS_MMAP)),
            ("{rdi}", u64(0)),
            ("{rsi}", size),
            ("{rdx}", u64(READ_WRITE)),
            ("{r10}", u64(PRIVATE_ANONYMOUS)),
            ("{r8}", i64(-1)),
            ("{r9}", u64(0)),
        ],
        outputs=[("={rax}", i64)],
        clobbers=["rcx", "r11", "memory"],
    )
    return 0 if address < 0 else u64(address)


@no_raise
def unmap_memory(address: u64, size: u64) -> None:
    """Give mapped memory back."""
    system_call(SYS_MUNMAP, address, size, 0)


@no_raise
def wait_while(word: Ptr[Atomic[u32]], value: u32) -> None:
    """Sleep until somebody wakes who waits for a word, if that still has a value; may return early."""
    system_call(SYS_FUTEX, word.address, FUTEX_WAIT_PRIVATE, value, 0)


@no_raise
def wake(word: Ptr[Atomic[u32]], count: u32) -> None:
    """Wake threads that wait for a word, so many at most."""
    system_call(SYS_FUTEX, word.address, FUTEX_WAKE_PRIVATE, count)


@irq_safe
@no_raise
def system_call(number: u64, first: u64, second: u64, third: u64, fourth: u64 = 0) -> i64:
    return asm(
        "syscall",
        inputs=[
            ("{rax}", number),
            ("{rdi}", first),
            ("{rsi}", second),
            ("{rdx}", third),
            ("{r10}", fourth),
        ],
        outputs=[("={rax}", i64)],
        clobbers=["rcx", "r11", "memory"],
    )
