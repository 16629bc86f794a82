"""Entry code: from an interrupt to Python and back.

Every vector has a stub of 16 bytes in one array, which pushes an error code of 0 where the processor
pushes none, and the vector. All go on to one of two sequences, which complete the InterruptFrame, call
`interrupt_dispatch` with its address, and restore everything:

    ordinary   swaps GS if a program was interrupted; the base in the kernel is the kernel's
    any time   NMI, double fault, machine check, debug exception: they may come between the entry of a
               program into the kernel and its SWAPGS, when nothing says whose GS base is loaded. Their
               stacks are this processor's alone, and the word above the top of each is its GS base
               (interrupt_stacks.py). If a program was interrupted they are ordinary

Before the call a word pair like that of a function's frame is pushed, so that a walk over the frames
passes through the interrupt: the interrupted code's frame pointer, and the address to which it would
return, had it made a call (one above its next instruction, since a walk looks one below).

Source: Intel SDM volume 3A, sections 6.12 and 6.14; volume 2, SWAPGS.
"""

from __future__ import annotations

from typing import Final

from core.cpu.registers import POP_REGISTERS, PUSH_REGISTERS
from lang import asm, export, naked, section, u64

STUB_SIZE: Final[u64] = 16


@naked
@export("interrupt_stubs")
@section(".text.stubs")
def stubs() -> None:
    """Hold the stubs. Vectors 8, 10 to 14, 17, 21, 29 and 30 bring an error code."""
    asm(
        """
        .set vector, 0
        .rept 256
        .balign 16
        .if (vector == 8) || (vector >= 10 && vector <= 14) || (vector == 17) || (vector == 21) || (vector == 29) || (vector == 30)
        .else
        pushq $$0
        .endif
        .if vector < 128
        pushq $$vector
        .else
        .byte 0x68
        .long vector
        .endif
        .if (vector == 1) || (vector == 2) || (vector == 8) || (vector == 18)
        jmp any_time_entry
        .else
        jmp ordinary_entry
        .endif
        .set vector, vector + 1
        .endr
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


# Complete the InterruptFrame, in the order of its fields from the last to the first.
SAVE_REGISTERS: Final = PUSH_REGISTERS + "cld\n"

# With the frame on top of the stack: push the pair for whoever walks over frames, and go to Python.
DISPATCH: Final = """
        movq %rsp, %rdi
        movq 136(%rsp), %rax
        incq %rax
        pushq %rax
        pushq %rbp
        movq %rsp, %rbp
        callq interrupt_dispatch
        addq $$16, %rsp
"""

# The frame's registers back; vector and error code go, and what the processor pushed is on top.
RESTORE_REGISTERS: Final = POP_REGISTERS + "addq $$16, %rsp\n"

SWAP_GS_ON_ENTRY: Final = """
        testb $$3, 24(%rsp)
        jz 1f
        swapgs
    1:
"""

SWAP_GS_ON_EXIT: Final = """
        testb $$3, 8(%rsp)
        jz 2f
        swapgs
    2:
"""

# The GS base that the stack names, at its top: a multiple of the stacks' size, 16 KiB. rbx, which
# the called code keeps, has the base from before.
TAKE_GS_OF_STACK: Final = """
        movl $$0xc0000101, %ecx
        rdmsr
        shlq $$32, %rdx
        leaq (%rax,%rdx), %rbx
        movq %rsp, %rdi
        orq $$0x3fff, %rdi
        movl -15(%rdi), %eax
        movl -11(%rdi), %edx
        wrmsr
"""

GIVE_GS_BACK: Final = """
        movl $$0xc0000101, %ecx
        movl %ebx, %eax
        movq %rbx, %rdx
        shrq $$32, %rdx
        wrmsr
"""

RETURN: Final = """
        iretq
"""

ORDINARY: Final = (
    SWAP_GS_ON_ENTRY + SAVE_REGISTERS + DISPATCH + RESTORE_REGISTERS + SWAP_GS_ON_EXIT + RETURN
)
IF_PROGRAM_ORDINARY: Final = """
        testb $$3, 24(%rsp)
        jnz ordinary_entry
"""

ANY_TIME: Final = (
    IF_PROGRAM_ORDINARY
    + SAVE_REGISTERS
    + TAKE_GS_OF_STACK
    + DISPATCH
    + GIVE_GS_BACK
    + RESTORE_REGISTERS
    + RETURN
)


@naked
@export("ordinary_entry")
def ordinary_entry() -> None:
    """Complete the frame, dispatch, and return to what was interrupted."""
    asm(ORDINARY, inputs=[], outputs=[], clobbers=[])


@naked
@export("any_time_entry")
def any_time_entry() -> None:
    """The same where nothing says whose GS base is loaded."""
    asm(ANY_TIME, inputs=[], outputs=[], clobbers=[])
