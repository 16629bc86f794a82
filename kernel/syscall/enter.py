"""Where a program's system call comes to Python, and what it gets back."""

from __future__ import annotations

from core.object import TypeInfo
from kernel.cpu.interrupt_frame import InterruptFrame
from kernel.proc import program_thread
from kernel.sched import sleep
from kernel.syscall import dispatch
from kernel.syscall.error_number import number_of
from lang import Ptr, export, handled_class, no_raise


@export("system_call")
@no_raise
def enter(frame: Ptr[InterruptFrame]) -> None:
    """Do what the program asks for, on its thread's stack, with interrupts on."""
    me = sleep.current()
    me.call_time.begin()
    try:
        frame.rax = dispatch.call(
            frame.rax, frame.rdi, frame.rsi, frame.rdx, frame.r10, frame.r8, frame.r9
        )
        frame.rdx = 0
    except BaseException:  # noqa: BLE001 - each is the program's to handle
        frame.rax = 0
        frame.rdx = number_of(handled_class().cast(TypeInfo))
    me.call_time.end()
    program_thread.finish(frame)
