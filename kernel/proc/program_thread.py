"""Threads that run a program: how they begin, how they go back to it, and how they end.

new       a thread of a process, in the kernel, with a function that leads into the program; or of its servants
finish    before any return to a program: has somebody asked it to end, or to handle a note?
end       the thread ends; with the last one its process has
"""

from __future__ import annotations

from typing import NoReturn

from kernel.cpu import user_mode
from kernel.cpu.interrupt_frame import InterruptFrame
from kernel.proc import note
from kernel.proc.process import Process
from kernel.sched import kernel_thread, sleep
from kernel.sched.thread import Main, Request, Thread
from lang import Ptr, no_raise, retain, sleeps, u64


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


def new_servant(process: Process, name: str, main: Main) -> Thread:
    """Return a thread that works for a process in the kernel, and never enters its program; it ends by `end`.

    Raises as `new`.
    """
    thread = kernel_thread.new(name, main, has_program=True)
    thread.is_servant = True
    if not process.add(thread):
        raise ProcessLookupError
    return thread


def new_at(
    process: Process, entry: u64, stack: u64, argument: u64, thread_pointer: u64 = 0
) -> Thread:
    """Return a thread that enters its program at an address, with an argument.

    stack: the address at which the program's stack ends, to grow down. thread_pointer: the base of FS.

    Raises:
        MemoryError: there is no memory for it.
        ProcessLookupError: the process is ending.
    """
    thread = new(process, "thread", enter_program)
    thread.entry = entry
    thread.entry_stack = stack
    thread.arguments[0] = argument
    thread.fs_base = thread_pointer
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
    me.call_time.end()
    process = me.process
    if process is not None:
        process.remove(me)


@no_raise
@sleeps
def finish(frame: Ptr[InterruptFrame]) -> None:
    """Before a return to the program, with interrupts on: do what the thread is asked for.

    frame: with which it returns.
    """
    while (requests := sleep.current().requests.load()) != 0:
        if requests & Request.END != 0:
            end()
        note.deliver(frame)


@no_raise
@sleeps
def resume(frame: Ptr[InterruptFrame]) -> NoReturn:
    """Return to the program, from wherever the thread is in the kernel.

    frame: with which it returns, at the top of its stack.
    """
    finish(frame)
    user_mode.resume(frame.address)
