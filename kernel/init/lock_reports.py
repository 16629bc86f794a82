"""What is said when locks are misused (kernel/sync/lock_order.py): a line in the log, and the calls that led there.

    locks in two orders: kernel.b.lock is taken here while kernel.a.lock is held
    Traceback ...
    kernel.a.lock was taken here while kernel.b.lock was held
    Traceback ...

    held too long: kernel.a.lock, for 1200000 us, until here
    Traceback ...
    it was taken here
    Traceback ...

Context: called where locks are held, and takes none.
"""

from __future__ import annotations

from core import backtrace
from core.cpu import frame
from core.text.buffer import TextBuffer
from kernel.io import serial
from kernel.log import log
from kernel.panic import modules
from kernel.panic import report as panic_report
from kernel.sync import declared_order, lock_order
from kernel.sync.lock_order import Complaint, Report
from lang import Array, Ptr, Slice, irq_safe, no_raise, symbol_address, u8, u16, u64, usize


@no_raise
def begin() -> None:
    """Know the order that is meant, and report what contradicts it from now on."""
    lock_order.reporter = say
    declared_order.declare()


@irq_safe
@no_raise
def say(report: Ptr[Report]) -> None:
    first = lock_order.name_of(report.circle[0])
    match report.complaint:
        case Complaint.CIRCLE:
            last = lock_order.name_of(report.circle[report.length - 1])
            log.error(f"locks in two orders: {first} is taken here while {last} is held")
        case Complaint.HELD_LONG:
            log.error(f"held too long: {first}, for {report.duration_ns // 1000} us, until here")
        case Complaint.ASLEEP:
            log.error(
                f"sleeping while atomic: a thread sleeps here while its processor holds {first}"
            )
        case Complaint.ASLEEP_READING:
            log.error("RCU misuse: a thread sleeps here while it reads, or with preemption off")
        case Complaint.PUT_OFF_TWICE:
            log.error("RCU misuse: a call is put off here that is put off already")
    storage = Array[u8, 256]()
    out = TextBuffer(storage[:], flush_hook=emit)
    panic_report.write_traceback(out, frame.frame_pointer())
    out.flush()
    match report.complaint:
        case Complaint.CIRCLE:
            for index in range(1, report.length):
                say_edge(report.circle[index - 1], report.circle[index])
        case Complaint.HELD_LONG | Complaint.ASLEEP:
            log.error("it was taken here")
            say_calls(report.calls, report.depth)
        case Complaint.ASLEEP_READING:
            log.error("that began here")
            say_calls(report.calls, report.depth)
        case Complaint.PUT_OFF_TWICE:
            log.error("it was put off here")
            say_calls(report.calls, report.depth)


@irq_safe
@no_raise
def say_edge(held: u16, taken: u16) -> None:
    """Say where a lock of one class was first taken while one of another was held."""
    edge = lock_order.find_edge(held, taken)
    if edge is None:
        return
    log.error(
        f"{lock_order.name_of(taken)} was taken here while {lock_order.name_of(held)} was held"
    )
    say_calls(edge.calls, edge.depth)


@irq_safe
@no_raise
def say_calls(calls: Array[u64, backtrace.DEPTH], depth: usize) -> None:
    """Say which calls, noted before, led somewhere."""
    storage = Array[u8, 256]()
    out = TextBuffer(storage[:], flush_hook=emit)
    image = symbol_address("__image_start")
    known = panic_report.symbols()
    backtrace.write_calls(out, known, image, calls, depth, modules.write)
    out.flush()


@irq_safe
@no_raise
def emit(text: Slice[u8]) -> None:
    serial.write(text)
