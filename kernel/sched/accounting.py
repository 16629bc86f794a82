"""Accounting: what processors and threads did with their time, for whoever shows it."""

from __future__ import annotations

from kernel.sched import scheduler
from kernel.sched.thread import Thread
from kernel.time import clock
from lang import Ptr, irq_safe, no_raise, struct, u16, u64


@struct
class ProcessorTimes:
    idle_ns: u64  # nobody ran
    active_ns: u64  # since then, some thread
    interrupt_ns: u64  # of both, in interrupts of devices
    switches: u64
    arrivals: u64  # of threads that were new, or elsewhere before
    threads: u64  # that run or wait there now


@struct
class ThreadTimes:
    number: u64  # the thread's
    run_ns: u64
    call_ns: u64  # of that, in calls


@irq_safe
@no_raise
def of_processor(number: u16) -> ProcessorTimes:
    """Return the times of a processor up to now, since it began to run threads; zeros if it has not."""
    result = ProcessorTimes()
    turns = scheduler.turns[number]
    if turns.idle is None:
        return result
    with turns.lock:
        turns.queue.charge(clock.uptime())
        result.idle_ns = turns.queue.idle_ns
        result.active_ns = turns.queue.charged_at - turns.began_at - result.idle_ns
        result.interrupt_ns = clock.to_ns(turns.interrupt_ticks)
        result.switches = turns.switches
        result.arrivals = turns.arrivals
        result.threads = turns.queue.count
    return result


@irq_safe
@no_raise
def in_calls(thread: Ptr[Thread]) -> u64:
    """Return for how many ns a thread has run in calls of its program that are over; a servant's time is all of that kind."""
    return of_thread(thread) if thread.is_servant else clock.to_ns(thread.call_time.ticks)


@irq_safe
@no_raise
def of_thread(thread: Ptr[Thread]) -> u64:
    """Return for how many ns a thread has run up to now. The caller sees to it that it does not go away."""
    while True:
        number = thread.processor.load()
        home = scheduler.turns[number]
        with home.lock:
            if thread.processor.load() != number:
                continue
            home.queue.charge(clock.uptime())
            return thread.entity.ran_ns
