"""Contexts: what the processor has in hand when one thread goes on instead of another.

A thread that does not run has left what the calling convention lets a function keep on top of its stack,
and is known by its stack pointer:

    rsp     flags, r15, r14, r13, r12, rbx, rbp, where it goes on

The flags are kept for AC, which a thread has while it copies from or to a program (user_copy.py): no other may
inherit it. A new thread's stack is laid out as if it had left just before its first instruction. Its frame pointer
and the address that it would return to are 0, where a walk over the frames ends.

Source: System V Application Binary Interface, AMD64 supplement, section 3.2.1.
"""

from __future__ import annotations

from typing import Final

from lang import Ptr, asm, export, irq_safe, naked, no_raise, u64

KEPT: Final = 6  # registers
FLAGS: Final[u64] = 2  # of a new thread: interrupts off, and the bit that is always set


@naked
@export("context_switch")
@irq_safe
@no_raise
def switch(leaving: Ptr[u64], arriving: u64) -> None:
    """Go on with another thread; return when somebody goes on with this one.

    leaving: where this thread's stack pointer goes. arriving: the other's. Interrupts are off.
    """
    asm(
        """
        pushq %rbp
        pushq %rbx
        pushq %r12
        pushq %r13
        pushq %r14
        pushq %r15
        pushfq
        movq %rsp, (%rdi)
        movq %rsi, %rsp
        popfq
        popq %r15
        popq %r14
        popq %r13
        popq %r12
        popq %rbx
        popq %rbp
        retq
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


@irq_safe
@no_raise
def prepare(top: u64, start: u64) -> u64:
    """Lay out the stack of a thread that begins at the code `start`; return its stack pointer.

    top: the end of the stack, a multiple of 16.
    """
    words = Ptr[u64](top)
    words[-1] = 0  # where `start` would return to
    words[-2] = start
    for index in range(KEPT):
        words[-3 - index] = 0
    words[-3 - KEPT] = FLAGS
    return top - (KEPT + 3) * 8
