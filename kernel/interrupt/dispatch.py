"""Dispatch: leads each interrupt to whoever deals with it.

An exception is what the processor reports about the instruction that it was executing. In the kernel
every one of them is a defect, and the end: the kernel's own mistakes are not survived, but reported.
But for page faults on what was promised, which make the page.

Source: Intel SDM volume 3A, section 6.15.
"""

from __future__ import annotations

from kernel.cpu import calls, instructions
from kernel.cpu.interrupt_frame import InterruptFrame
from kernel.cpu.vectors import DEVICES_END, EXCEPTIONS, Vector
from kernel.interrupt import controller, routing
from kernel.mem import page_fault
from kernel.mem.page_fault import PageFault
from kernel.panic import others, panic
from kernel.sched import scheduler
from kernel.time import timers
from lang import Ptr, export, holds, irq_safe, no_raise, u64


@export("interrupt_dispatch")
@no_raise
@holds("preemption")
def dispatch(frame: Ptr[InterruptFrame]) -> None:
    """Deal with one interrupt. Interrupts are off, and the frame is complete."""
    if frame.vector == Vector.PAGE_FAULT:
        address = instructions.read_cr2()
        if not page_fault.answer(address, PageFault(frame.error)):
            panic.fault(frame)
    elif frame.vector == Vector.NMI and panic.is_elsewhere():
        others.stop_here(frame)
    elif frame.vector < EXCEPTIONS:
        panic.fault(frame)
    else:
        deal_with_interrupt(frame.vector)


@no_raise
@holds("preemption")
def deal_with_interrupt(vector: u64) -> None:
    """Deal with what comes from outside; then another thread may run here."""
    scheduler.is_in_interrupt.store(True)
    if vector < DEVICES_END:
        routing.deliver(vector)
    else:
        deal_with_own(vector)
    scheduler.is_in_interrupt.store(False)
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
