"""Copies between the kernel and a program, of which each byte may turn out not to be there.

The address is checked against the range that programs have, and then simply used: what is promised is made by
the page fault, and for what is not there the page fault goes on at `user_copy_failed` (interrupt/dispatch.py).
To look first, and copy then, would be to believe in what another thread of the program may change between.

Where the processor has SMAP, the kernel may touch a program's pages in these few instructions only.

Source: Intel SDM volume 3A, section 4.6.1 (SMAP); volume 2, STAC, CLAC, MOVS.
"""

from __future__ import annotations

from kernel.cpu import control
from kernel.mem.layout import USER_END, VirtAddr
from lang import Ptr, asm, export, irq_safe, naked, no_raise, symbol_address, u8, u64


@export("__pw_copy_from_user")
@irq_safe
@no_raise
def copy_from_user(to: Ptr[u8], source: VirtAddr, size: u64) -> bool:
    """Return whether all of it could be copied."""
    return is_user(source, size) and copy(to.address, source, size)


@export("__pw_copy_to_user")
@irq_safe
@no_raise
def copy_to_user(to: VirtAddr, source: Ptr[u8], size: u64) -> bool:
    """Return whether all of it could be copied; some may have been."""
    return is_user(to, size) and copy(to, source.address, size)


@irq_safe
@no_raise
def is_user(start: VirtAddr, size: u64) -> bool:
    """Whether a range lies where programs have their memory."""
    return size <= USER_END and start <= USER_END - size


@irq_safe
@no_raise
def copy(to: u64, source: u64, size: u64) -> bool:
    if control.has_smap:
        return bool(copy_with_smap(to, source, size))
    return bool(copy_without(to, source, size))


@irq_safe
@no_raise
def is_copying(instruction: u64) -> bool:
    """Whether an instruction is one that copies."""
    return symbol_address("user_copy_begin") <= instruction < symbol_address("user_copy_end")


@irq_safe
@no_raise
def failed() -> u64:
    """Return where a copy goes on that cannot be done."""
    return symbol_address("user_copy_failed")


@naked
@export("user_copy_with_smap")
@irq_safe
@no_raise
def copy_with_smap(to: u64, source: u64, size: u64) -> u64:
    asm(
        """
        stac
        callq user_copy
        clac
        retq
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


@naked
@export("user_copy")
@irq_safe
@no_raise
def copy_without(to: u64, source: u64, size: u64) -> u64:
    """Copy by words, then what is left; return 1, or 0 where the page fault says so."""
    asm(
        """
        movq %rdx, %rcx
        shrq $$3, %rcx
        andl $$7, %edx
        .globl user_copy_begin
    user_copy_begin:
        rep movsq
        movl %edx, %ecx
        rep movsb
        .globl user_copy_end
    user_copy_end:
        movl $$1, %eax
        retq
        .globl user_copy_failed
    user_copy_failed:
        xorl %eax, %eax
        retq
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )
