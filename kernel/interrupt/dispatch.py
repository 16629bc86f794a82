"""Dispatch: leads each interrupt to whoever deals with it.

An exception is what the processor reports about the instruction that it was executing. In the kernel
every one of them is a defect, and the end: the kernel's own mistakes are not survived, but reported.
But for page faults on what was promised, which make the page. In a program they end that program.

Source: Intel SDM volume 3A, section 6.15.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import calls, instructions, interrupts
from kernel.cpu.interrupt_frame import InterruptFrame
from kernel.cpu.vectors import DEVICES_END, EXCEPTIONS, Vector
from kernel.interrupt import controller, routing
from kernel.mem import page_fault, user_copy
from kernel.mem.layout import USER_END
from kernel.mem.page_fault import PageFault
from kernel.panic import others, panic
from kernel.proc import mistake, program_thread
from kernel.sched import scheduler
from kernel.syscall import enter  # noqa: F401 - the other way in, which the entry code calls by name
from kernel.time import timers
from lang import Ptr, export, holds, irq_safe, no_raise, u64

PRIVILEGE: Final[u64] = 3  # in a code segment's selector


@export("interrupt_dispatch")
@no_raise
@holds("preemption")
def dispatch(frame: Ptr[InterruptFrame]) -> None:
    """Deal with one interrupt. Interrupts are off, and the frame is complete."""
    if frame.vector == Vector.PAGE_FAULT:
        deal_with_page_fault(frame)
    elif frame.vector == Vector.NMI and panic.is_elsewhere():
        others.stop_here(frame)
    elif frame.vector < EXCEPTIONS:
        deal_with_exception(frame, 0)
    else:
        deal_with_interrupt(frame.vector)
        if is_program(frame):
            before_return(frame)


@no_raise
@holds("preemption")
def deal_with_page_fault(frame: Ptr[InterruptFrame]) -> None:
    """Make the page, or have whoever wanted it know that there is none."""
    address = instructions.read_cr2()
    try:
        if page_fault.answer(address, PageFault(frame.error), frame.rip):
            return
    except MemoryError:
        frame.error |= u64(PageFault.NO_MEMORY)
    if user_copy.is_copying(frame.rip) and address < USER_END:
        frame.rip = user_copy.failed()
    else:
        deal_with_exception(frame, address)


@no_raise
@holds("preemption")
def deal_with_exception(frame: Ptr[InterruptFrame], address: u64) -> None:
    """A program's mistake is its end; what the kernel does wrong, or the hardware reports, is everybody's."""
    is_hardware = frame.vector in (Vector.NMI, Vector.DOUBLE_FAULT, Vector.MACHINE_CHECK)
    if is_program(frame) and not is_hardware:
        mistake.fault(frame, address)
    else:
        panic.fault(frame)


@irq_safe
@no_raise
def is_program(frame: Ptr[InterruptFrame]) -> bool:
    """Whether a program was interrupted."""
    return frame.cs & PRIVILEGE != 0


@no_raise
def before_return(frame: Ptr[InterruptFrame]) -> None:
    """Before a program goes on, do what somebody asked its thread for."""
    interrupts.enable()
    program_thread.finish(frame)
    instructions.disable_interrupts()


@no_raise
@holds("preemption")
def deal_with_interrupt(vector: u64) -> None:
    """Deal with what comes from outside; then another thread may run here."""
    scheduler.begin_interrupt()
    if vector < DEVICES_END:
        routing.deliver(vector)
    else:
        deal_with_own(vector)
    scheduler.end_interrupt()
    scheduler.preempt()


@irq_safe
@no_raise
@holds("preemption")
def deal_with_own(vector: u64) -> None:
    """Deal with an interrupt that the kernel itself sends; one that went away needs no end."""
    match vector:
        case Vector.SWITCH:
            controller.end()
            scheduler.want_switch()
        case Vector.CALL:
            controller.end()
            calls.answer()
        case Vector.TIMER:
            controller.end()
            timers.expire()
        case Vector.SPURIOUS:
            pass
        case _:
            panic.stop(f"interrupt {vector} came, which nobody asked for")
