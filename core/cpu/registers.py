"""The general registers of code that was interrupted, as they lie in memory: r15 first, rax last.

The kernel pushes them so (kernel/cpu/interrupt_frame.py), and hands them to a program's handler of notes, which pops them
(lib/std/notes.py).
"""

from __future__ import annotations

from typing import Final

PUSH_REGISTERS: Final = """
        pushq %rax
        pushq %rbx
        pushq %rcx
        pushq %rdx
        pushq %rsi
        pushq %rdi
        pushq %rbp
        pushq %r8
        pushq %r9
        pushq %r10
        pushq %r11
        pushq %r12
        pushq %r13
        pushq %r14
        pushq %r15
"""

POP_REGISTERS: Final = """
        popq %r15
        popq %r14
        popq %r13
        popq %r12
        popq %r11
        popq %r10
        popq %r9
        popq %r8
        popq %rbp
        popq %rdi
        popq %rsi
        popq %rdx
        popq %rcx
        popq %rbx
        popq %rax
"""
