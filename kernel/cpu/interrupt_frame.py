"""Interrupt frame: what an interrupted piece of code was doing, as the entry code stores it.

The processor pushes the last five words, and for some exceptions the error code; the entry code pushes
the rest (entry.py). Whoever changes the frame changes where and how the interrupted code goes on.

Source: Intel SDM volume 3A, section 6.14.
"""

from __future__ import annotations

from lang import sizeof, struct, u64


@struct
class InterruptFrame:
    r15: u64
    r14: u64
    r13: u64
    r12: u64
    r11: u64
    r10: u64
    r9: u64
    r8: u64
    rbp: u64
    rdi: u64
    rsi: u64
    rdx: u64
    rcx: u64
    rbx: u64
    rax: u64
    vector: u64
    error: u64  # 0 where the vector has none
    rip: u64
    cs: u64
    rflags: u64
    rsp: u64
    ss: u64


assert sizeof(InterruptFrame) == 22 * 8
