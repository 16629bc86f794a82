"""Threads that run a program: how they begin, and what makes them end.

start     a thread of a process, in the kernel, with a function that leads into the program
fault     an exception of the processor in a program: on the thread's own stack, it becomes the text
          with which the process ends
finish    before any return to a program: has somebody asked it to end?
"""

from __future__ import annotations

from core.text.buffer import TextBuffer
from kernel.cpu import interrupts, user_mode
from kernel.cpu.descriptors import Selector
from kernel.cpu.interrupt_frame import InterruptFrame
from kernel.cpu.vectors import Vector
from kernel.mem.layout import USER_END
from kernel.mem.page_fault import PageFault
from kernel.proc.process import Process
from kernel.sched import kernel_thread, sleep
from kernel.sched.thread import Main, Thread
from lang import (
    Array,
    Format,
    Ptr,
    copy,
    export,
    no_raise,
    retain,
    sleeps,
    symbol_address,
    u8,
    u64,
)


def new(process: Process, name: str, main: Main) -> Thread:
    """Return a thread of a process that does not run yet.

    main: begins in the kernel, and leads into the program; the thread ends if it returns.

    Raises:
        MemoryError: there is no memory for it.
        ProcessLookupError: the process is ending.
    """
    thread = kernel_thread.new(name, main, has_program=True)
    if not process.add(thread):
        raise ProcessLookupError
    return thread


def new_at(process: Process, entry: u64, stack: u64, argument: u64) -> Thread:
    """Return a thread that enters its program at an address, with an argument.

    stack: the address at which the program's stack ends, to grow down.

    Raises:
        MemoryError: there is no memory for it.
        ProcessLookupError: the process is ending.
    """
    thread = new(process, "thread", enter_program)
    thread.entry = entry
    thread.entry_stack = stack
    thread.arguments[0] = argument
    return thread


@no_raise
@sleeps
def enter_program() -> None:
    me = sleep.current()
    user_mode.enter(me.entry, me.entry_stack, me.arguments[0], me.arguments[1])


@no_raise
@sleeps
def end() -> None:
    """End the running thread, which runs a program."""
    leave_process()
    sleep.end_thread()


@no_raise
def leave_process() -> None:
    me = retain(sleep.current())
    process = me.process
    if process is not None:
        process.remove(me)


@export("program_finish")
@no_raise
@sleeps
def finish() -> None:
    """Before a return to the program, with interrupts on: end the thread if somebody has asked for it."""
    if sleep.current().is_to_end.load():
        end()


# Exceptions -------------------------------------------------------------------------------------


@no_raise
def fault(frame: Ptr[InterruptFrame], address: u64) -> None:
    """Deal with an exception in a program, on its thread's own stack and with interrupts on.

    frame: of the exception. If it lies on a stack of the processor, which the next exception needs, it is
    moved, and the interrupted code is what deals with it. address: that a page fault was for.
    """
    thread = sleep.current()
    thread.fault_address = address
    kept = Ptr[InterruptFrame](thread.kernel_top) - 1
    if kept == frame:
        interrupts.enable()
        end_by_fault(frame)
        return
    kept[0] = copy(frame[0])
    frame.rip = symbol_address("program_fault")
    frame.cs = Selector.KERNEL_CODE
    frame.ss = Selector.KERNEL_DATA
    frame.rflags = u64(user_mode.Flags.ALWAYS | user_mode.Flags.INTERRUPT)
    frame.rsp = kept.address - 8
    frame.rbp = 0
    frame.rdi = kept.address


@export("program_fault")
@no_raise
@sleeps
def end_by_fault(frame: Ptr[InterruptFrame]) -> None:
    """End the process for what its program did; on the thread's stack, below the frame."""
    storage = Array[u8, 128]()
    out = TextBuffer(storage[:])
    write_reason(out, frame, sleep.current().fault_address)
    me = retain(sleep.current())
    process = me.process
    if process is not None:
        process.ask_to_end(out.text())
    end()


@no_raise
def write_reason(out: TextBuffer, frame: Ptr[InterruptFrame], address: u64) -> None:
    """Write what a program did, as a note says it."""
    match frame.vector:
        case Vector.DIVIDE_ERROR:
            write(out, f"divbyzero at {frame.rip:#x}")
        case Vector.INVALID_OPCODE:
            write(out, f"illegal instruction at {frame.rip:#x}")
        case Vector.PAGE_FAULT:
            is_there = frame.error & PageFault.PRESENT != 0 and address < USER_END
            write(out, f"pagefault at {frame.rip:#x} when ")
            if frame.error & PageFault.WRITE != 0:
                out.write(b"writing to present page at " if is_there else b"writing ")
            elif frame.error & PageFault.EXECUTE != 0:
                out.write(b"executing ")
            else:
                out.write(b"reading from present page at " if is_there else b"reading ")
            write(out, f"{address:#x}")
        case Vector.BREAKPOINT:
            write(out, f"breakpoint at {frame.rip:#x}")
        case Vector.DEBUG:
            write(out, f"debug exception at {frame.rip:#x}")
        case Vector.FLOATING_POINT | Vector.SIMD_FLOATING_POINT:
            write(out, f"floating point exception at {frame.rip:#x}")
        case _:
            write(out, f"segfault at {frame.rip:#x}")


@no_raise
def write(out: TextBuffer, text: Format) -> None:
    text.write_to(out)
