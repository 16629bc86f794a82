"""User mode: how a thread enters a program, calls the kernel from there, and returns.

A system call is the instruction SYSCALL: number in rax, arguments in rdi, rsi, rdx, r10, r8, r9. The result comes
in rax, and in rdx the number of an exception's class, 0 for none (core/errors.py); rcx and r11 are lost, all other
registers kept.

SYSCALL changes neither stack nor GS base, so the first instructions do, with interrupts off; then they complete an
InterruptFrame, as an interrupt would have, and call `system_call` with it. What the processor is known to get
wrong, or programs to use, around the two instructions:

    SYSRET to an address that is none faults in the kernel, with the program's stack pointer. No program
    is mapped where the address behind a SYSCALL could be such (layout.py); and a frame that was changed returns by IRET.

    SYSCALL leaves flags to the program but for those of FLAGS_OFF, which are turned off: interrupts, so
    that nothing comes between stacks; trap, or a debug exception would; direction, which compiled code relies on; AC, which
    would let the kernel touch what is the program's; nested task, which changes what IRET does.

    A debug exception can come at the first instruction all the same, held up by a load of SS: it has a stack of its own,
    and finds the GS base there (entry.py).

A thread enters a program for the first time by IRET, with all registers zero that it is given no value for.

Source: Intel SDM volume 2, SYSCALL and SYSRET; volume 3A, section 5.8.8; volume 4, table 2-2 (the MSRs); CVE-2012-0217 and CVE-2018-8897.
"""

from __future__ import annotations

from enum import IntFlag
from typing import Final, NoReturn

from kernel.cpu import descriptors, instructions
from kernel.cpu.control import EFER, MSR_EFER
from kernel.cpu.descriptors import Selector
from kernel.cpu.entry import RESTORE_REGISTERS, SAVE_REGISTERS
from kernel.cpu.processor import MSR_KERNEL_GS_BASE
from lang import (
    PerCpu,
    asm,
    export,
    holds,
    irq_safe,
    naked,
    no_raise,
    over,
    symbol_address,
    u32,
    u64,
)

MSR_STAR: Final[u32] = 0xC000_0081
MSR_LSTAR: Final[u32] = 0xC000_0082
MSR_FMASK: Final[u32] = 0xC000_0084
MSR_FS_BASE: Final[u32] = 0xC000_0100

SYSTEM_CALL: Final[u64] = 0x100  # in the place of a vector, in a frame


@over(u64)
class Flags(IntFlag):
    """Bits of RFLAGS. SDM volume 1, section 3.4.3."""

    ALWAYS = 1 << 1
    TRAP = 1 << 8
    INTERRUPT = 1 << 9
    DIRECTION = 1 << 10
    NESTED_TASK = 1 << 14
    ALIGNMENT_CHECK = 1 << 18


PROGRAM_FLAGS: Final[u64] = 0x24_0DD5  # what a program may have at will: status, TF, DF, AC, ID
FIXED_FLAGS: Final = Flags.ALWAYS | Flags.INTERRUPT  # what it always has

FLAGS_OFF: Final = (
    Flags.TRAP | Flags.INTERRUPT | Flags.DIRECTION | Flags.NESTED_TASK | Flags.ALIGNMENT_CHECK
)

kernel_stack: PerCpu[u64]  # where the stack of the running thread begins, for its system calls
program_stack: PerCpu[u64]  # for the few instructions of an entry


@no_raise
@holds("preemption")
def begin_processor() -> None:
    """Let programs call the kernel on this processor. Their GS base is 0, which names nothing."""
    efer = instructions.read_msr(MSR_EFER)
    instructions.write_msr(MSR_EFER, efer | EFER.SYSTEM_CALLS)
    # SYSRET adds 8 to its selector for the stack's segment, 16 for the code's.
    selectors = u64(Selector.KERNEL_DATA) << 48 | u64(Selector.KERNEL_CODE) << 32
    instructions.write_msr(MSR_STAR, selectors)
    instructions.write_msr(MSR_LSTAR, symbol_address("system_call_entry"))
    instructions.write_msr(MSR_FMASK, u64(FLAGS_OFF))
    instructions.write_msr(MSR_KERNEL_GS_BASE, 0)


@irq_safe
@no_raise
@holds("preemption")
def set_kernel_stack(top: u64) -> None:
    """Set where the stack of the running thread begins, for whatever leads from its program into the kernel."""
    kernel_stack.store(top)
    descriptors.set_kernel_stack(top)


ENTER_KERNEL: Final = """
        swapgs
        movq %rsp, %gs:kernel.cpu.user_mode.program_stack
        movq %gs:kernel.cpu.user_mode.kernel_stack, %rsp
        pushq $$0x1b
        pushq %gs:kernel.cpu.user_mode.program_stack
        pushq %r11
        pushq $$0x23
        pushq %rcx
        pushq $$0
        pushq $$0x100
"""

# The frame is on top; a walk over the frames ends here, as the caller's is the program's.
CALL: Final = """
        movq %rsp, %rdi
        pushq $$0
        pushq $$0
        movq %rsp, %rbp
        sti
        callq system_call
        cli
        addq $$16, %rsp
"""

# rcx and r11 are what SYSRET takes rip and the flags from, unless the frame was changed.
RETURN: Final = """
        cmpq %rcx, (%rsp)
        jne 1f
        cmpq %r11, 16(%rsp)
        jne 1f
        movq 24(%rsp), %rsp
        swapgs
        sysretq
    1:
        swapgs
        iretq
"""


SYSTEM_CALL_ENTRY: Final = ENTER_KERNEL + SAVE_REGISTERS + CALL + RESTORE_REGISTERS + RETURN

RESUME: Final = (
    """
        cli
        movq %rdi, %rsp
"""
    + RESTORE_REGISTERS
    + """
        swapgs
        iretq
"""
)


@naked
@export("system_call_entry")
def system_call_entry() -> None:
    """Where SYSCALL leads."""
    asm(SYSTEM_CALL_ENTRY, inputs=[], outputs=[], clobbers=[])


@naked
@export("user_mode_enter")
@no_raise
def enter(instruction: u64, stack: u64, first: u64, second: u64) -> NoReturn:
    """Run a program from an instruction on, with two arguments in rdi and rsi.

    On the stack of the thread, of which nothing is needed any more.
    """
    asm(
        """
        cli
        movq %rdi, %rax
        movq %rsi, %rbx
        movq %rdx, %rdi
        movq %rcx, %rsi
        pushq $$0x1b
        pushq %rbx
        pushq $$0x202
        pushq $$0x23
        pushq %rax
        xorl %eax, %eax
        xorl %ebx, %ebx
        xorl %ecx, %ecx
        xorl %edx, %edx
        xorl %ebp, %ebp
        xorl %r8d, %r8d
        xorl %r9d, %r9d
        xorl %r10d, %r10d
        xorl %r11d, %r11d
        xorl %r12d, %r12d
        xorl %r13d, %r13d
        xorl %r14d, %r14d
        xorl %r15d, %r15d
        swapgs
        iretq
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


@naked
@export("user_mode_resume")
@no_raise
def resume(frame: u64) -> NoReturn:
    """Return to a program as an InterruptFrame says, which lies at the top of the thread's stack."""
    asm(RESUME, inputs=[], outputs=[], clobbers=[])
