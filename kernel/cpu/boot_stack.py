"""The stack on which the kernel starts, part of its image.

The entry code knows it by its symbol, and its size: kernel.cpu.boot_stack.stack + 69632 is its top.
"""

from __future__ import annotations

from typing import Final

from lang import Array, address_of, no_raise, sizeof, struct, u8, u64

SIZE: Final = 64 * 1024
GUARD_SIZE: Final = 4096


@struct(align=4096)
class Stack:
    guard: Array[u8, GUARD_SIZE]  # unmapped once the kernel has its own page tables
    room: Array[u8, SIZE]


stack: Stack

assert sizeof(Stack) == 69632


@no_raise
def guard() -> u64:
    """Return the address of the page below."""
    return address_of(stack.guard).address
