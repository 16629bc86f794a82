"""Threads of the system beneath a program: Linux, by its system calls. Another target puts its own in this place.

Source: Linux, clone(2), futex(2), arch_prctl(2), mmap(2), mprotect(2).
"""

from __future__ import annotations

from typing import Final

from core.world import system
from core.world.system import system_call
from lang import Array, Atomic, Ptr, address_of, asm, export, i64, naked, no_raise, u32, u64

SYS_MPROTECT: Final = 10
SYS_ARCH_PRCTL: Final = 158
SYS_GETTID: Final = 186
SYS_FUTEX: Final = 202

# CLONE_VM, FS, FILES, SIGHAND, THREAD, SYSVSEM and SETTLS: all is shared, but for the thread pointer.
SHARED: Final[u64] = 0x100 | 0x200 | 0x400 | 0x800 | 0x1_0000 | 0x4_0000 | 0x8_0000
SET_FS: Final = 0x1002
FUTEX_WAIT_PRIVATE: Final = 128
FUTEX_WAKE_PRIVATE: Final = 129
MOST: Final[u32] = 0x7FFF_FFFF  # that Linux can be told to wake
SECOND: Final = 1_000_000_000
NEVER: Final[u64] = 0xFFFF_FFFF_FFFF_FFFF


@no_raise
def set_thread_pointer(address: u64) -> None:
    """Let FS lead somewhere for the running thread."""
    system_call(SYS_ARCH_PRCTL, SET_FS, address, 0)


def make_stack(size: u64, guard: u64) -> u64:
    """Return the lowest address of memory for a stack, of which the first `guard` bytes may not be touched.

    Raises:
        MemoryError: there is no room for it.
    """
    start = system.map_memory(size)
    if start == 0:
        raise MemoryError
    system_call(SYS_MPROTECT, start, guard, 0)
    return start


@no_raise
def free_stack(start: u64, size: u64) -> None:
    system.unmap_memory(start, size)


def start(entry: u64, argument: u64, stack: u64, pointer: u64) -> None:
    """Start a thread at an address, with an argument in rdi, on a stack that ends at `stack`, and FS leading to `pointer`.

    Raises:
        MemoryError: the system has no more threads for the program.
    """
    if clone(SHARED, stack, entry, argument, pointer) < 0:
        raise MemoryError


@naked
@export("__pw_clone")
@no_raise
def clone(flags: u64, stack: u64, entry: u64, argument: u64, pointer: u64) -> i64:
    """Return the thread's number, or a negative one. The thread takes the address to go on at from its stack."""
    asm(
        """
        movq %rdx, -8(%rsi)
        subq $$8, %rsi
        movq %rcx, %r9
        movl $$56, %eax
        syscall
        testq %rax, %rax
        jz 1f
        retq
    1:
        xorl %ebp, %ebp
        movq %r9, %rdi
        retq
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


@naked
@export("__pw_end_thread")
@no_raise
def end(has_left: Ptr[Atomic[u32]]) -> None:
    """End the running thread, and store 1 when it has left its stack for ever; does not return."""
    asm(
        """
        movl $$1, (%rdi)
        xorl %edi, %edi
        movl $$60, %eax
        syscall
        ud2
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


@no_raise
def number() -> u64:
    """Return the number of the running thread."""
    return u64(system_call(SYS_GETTID, 0, 0, 0))


@no_raise
def sleep_while(word: Ptr[Atomic[u32]], value: u32, timeout_ns: u64) -> None:
    """Sleep until somebody wakes who waits for a word, if that still has a value; may return early.

    timeout_ns: for so long at most, NEVER for ever.
    """
    time = Array[u64, 2]()  # seconds, nanoseconds
    time[0] = timeout_ns // SECOND
    time[1] = timeout_ns % SECOND
    limit = u64(0) if timeout_ns == NEVER else address_of(time).address
    system_call(SYS_FUTEX, word.address, FUTEX_WAIT_PRIVATE, u64(value), limit)


@no_raise
def wake(word: Ptr[Atomic[u32]], count: u32) -> None:
    """Wake threads that wait for a word, so many at most."""
    system_call(SYS_FUTEX, word.address, FUTEX_WAKE_PRIVATE, u64(min(count, MOST)))
