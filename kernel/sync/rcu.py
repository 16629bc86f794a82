"""RCU: readers that take no lock, and whoever frees what they may still be reading waits until they are done.

    with rcu.read():            what was found stays as it is until the end of the block
    rcu.call(later, function)   call function(later) after a grace period
    rcu.synchronize()           wait for one
    rcu.finish()                wait until all calls have been made that were put off before

A writer first makes what it is about to free impossible to find. A grace period then is a time in which each processor has
been, once at least, where it reads nothing: all readings that began before it have ended.

A reading keeps its thread on its processor, without preemption. So a processor that picks a thread to run reads nothing,
nor does one that runs its idle thread. A grace period notes how often each processor has picked, gives them a
moment to do so by themselves, and asks those that did not to pick again; that takes an interrupt of a
processor that runs one thread for long, and nothing of one that is idle.

Calls that were put off lie on a list for each processor, which a thread of the kernel takes from it a moment after the first
came, so that one grace period is enough for all that come in a burst.

Context: readings are for threads, not for interrupt handlers; they may nest, and may not sleep. `call` is possible
everywhere; the function is called in a thread, and may sleep.
Source: McKenney, Slingwine, "Read-Copy Update: Using Execution History to Solve Concurrency Problems", PDCS 1998.
"""

from __future__ import annotations

from typing import Final

from core.cpu import frame
from kernel.cpu import processor
from kernel.cpu.interrupts import interrupts_disabled
from kernel.sched import kernel_thread, scheduler, sleep
from kernel.sched.preemption import preemption_disabled
from kernel.sched.thread import Thread
from kernel.sync import began, lock_order
from kernel.sync.began import Began
from kernel.sync.lock_order import Complaint
from kernel.sync.wait_queue import WaitQueue
from kernel.time import clock
from lang import (
    Array,
    Atomic,
    CFunction,
    Order,
    Ptr,
    address_of,
    borrow,
    irq_safe,
    is_checked,
    no_raise,
    noinline,
    owner,
    sleeps,
    struct,
    u16,
    u64,
)

PATIENCE_NS: Final[u64] = 1_000_000  # in which processors may come to rest by themselves
BURST_NS: Final[u64] = 5_000_000  # for which what is put off is gathered


read = preemption_disabled  # a block in which what was found stays as it is


@struct(pinned=True)
class Later:
    """A call that is put off; part of what it is about. Zeros: it is not."""

    next: Ptr[Later] | None
    function: CFunction[[Ptr[Later]], None] | None
    began: Began  # where it was put off, in a checked build


@struct(pinned=True, align=64)
class PutOff:
    """What one processor has put off: a list, the newest first."""

    newest: Atomic[Ptr[Later] | None]


put_off: Array[PutOff, processor.LIMIT]
made: Atomic[u64]  # calls; changed by the collector alone
periods: Atomic[u64]  # grace periods that were waited for
collector: Thread | None = None


@noinline
@irq_safe
@no_raise
def call(later: Ptr[Later], function: CFunction[[Ptr[Later]], None]) -> None:
    """Call a function after a grace period. Until then `later` is the function's, and stays where it is.

    What is put off already stays as it is; a checked build says so.
    """
    if later.function is not None:
        if is_checked():
            lock_order.complain_of_place(Complaint.PUT_OFF_TWICE, address_of(later.began))
        return
    later.function = function
    if is_checked():
        began.note(address_of(later.began), frame.frame_pointer())
    with interrupts_disabled():
        mine = put_off[processor.number()]
        newest = mine.newest.load(Order.RELAXED)
        while True:
            later.next = newest
            seen = mine.newest.compare_exchange(newest, later, Order.RELEASE)
            if seen == newest:
                break
            newest = seen
    thread = collector
    if newest is None and thread is not None:
        sleep.wake(borrow(thread))


@no_raise
@sleeps
def synchronize() -> None:
    """Wait until all readings have ended that are going on."""
    if is_checked():
        sleep.check_may_sleep()
    before = Array[u64, processor.LIMIT]()
    count = scheduler.processor_count.load()
    for number in range(count):
        before[number] = scheduler.picks_of(number)
    is_asked = False
    for number in range(count):
        while not is_at_rest(number, before[number]):
            if is_asked:
                scheduler.ask_to_switch(number)
            sleep.until(clock.uptime() + PATIENCE_NS)
            is_asked = True
    periods.fetch_add(1, Order.RELAXED)


@no_raise
def is_at_rest(number: u16, picks: u64) -> bool:
    """Whether a processor reads nothing now, or did not at some time since it had picked so often."""
    if scheduler.picks_of(number) != picks or scheduler.is_idle(number):
        return True
    with interrupts_disabled():
        return number == processor.number()


@struct(pinned=True)
class LastCall:
    later: Later
    is_made: Atomic[bool]


last_made: WaitQueue  # for LastCalls


@no_raise
@sleeps
def finish() -> None:
    """Wait until all calls have been made that were put off before."""
    for _ in range(2):  # those gathered with the first may be made after it, but before the second
        wait_for_one_call()


@no_raise
@sleeps
def wait_for_one_call() -> None:
    last = LastCall()
    call(address_of(last.later), note_last)
    last_made.wait_uninterrupted(lambda: last.is_made.load())


@no_raise
def note_last(later: Ptr[Later]) -> None:
    owner(later, LastCall, "later").is_made.store(True)
    last_made.wake_all()


def begin() -> None:
    """Begin to make the calls that are put off.

    Raises:
        MemoryError: there is no memory for a thread.
    """
    global collector
    collector = kernel_thread.start("rcu", collect_for_ever)


@no_raise
def collect_for_ever() -> None:
    while True:
        sleep.begin_sleep()
        if is_anything_put_off():
            sleep.cancel_sleep()
            sleep.until(clock.uptime() + BURST_NS)
            collect()
        else:
            sleep.block(sleep.NEVER)


@no_raise
def is_anything_put_off() -> bool:
    for number in range(scheduler.processor_count.load()):
        if put_off[number].newest.load() is not None:
            return True
    return False


@no_raise
@sleeps
def collect() -> None:
    """Make all calls that are put off now."""
    first: Ptr[Later] | None = None
    for number in range(scheduler.processor_count.load()):
        at = put_off[number].newest.swap(None, Order.ACQUIRE)
        while at is not None:
            next = at.next
            at.next = first
            first = at
            at = next
    if first is None:
        return
    synchronize()
    while first is not None:
        later = first
        first = later.next
        function = later.function
        assert function is not None, "a call that is put off has a function"
        later.function = None
        function(later)
        made.fetch_add(1, Order.RELAXED)
