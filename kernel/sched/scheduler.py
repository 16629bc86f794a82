"""Switches: which thread a processor runs, and when that changes.

    reschedule    let this processor's queue pick, and switch
    preempt       the same at the end of an interrupt, if that is wanted and may be
    wake, start   a thread that sleeps, or is new, joins a queue

A wish to switch is a flag of the processor (`is_switch_wanted`), seen at the end of its next interrupt. Whoever
sets it in an interrupt handler need do nothing else; in a thread the switch happens there and then, or, if
interrupts are off, by an interrupt that the processor sends itself; another processor is interrupted.

The timer of a slice is set when two threads or more share the processor, to the end of the running one's
slice. It is not taken back when another runs: then it comes too early, and is set anew.

A thread that another processor is still switching away from stays at that processor's queue, so nobody ever
waits for a switch to complete.
"""

from __future__ import annotations

from enum import IntEnum

from kernel.cpu import context, interrupts, processor, running
from kernel.cpu.instructions import read_tsc
from kernel.cpu.interrupts import interrupts_disabled
from kernel.cpu.processor_set import ProcessorSet
from kernel.cpu.vectors import Vector
from kernel.interrupt import controller
from kernel.sched import balance, burial, priority, program_state, trace
from kernel.sched.balance import Load
from kernel.sched.eevdf import RunQueue
from kernel.sched.thread import Thread, ThreadState, WakeReason
from kernel.sync.spin_lock import SpinLock
from kernel.time import clock, timers
from kernel.time.timer_queue import NEVER, Timer
from lang import (
    Array,
    Atomic,
    Order,
    PerCpu,
    Ptr,
    address_of,
    borrow,
    copy,
    holds,
    irq_safe,
    no_raise,
    owner,
    struct,
    u16,
    u32,
    u64,
)


class Wish(IntEnum):
    """What a thread wants that runs, and lets its processor choose."""

    RUN = 0  # it may be about to sleep, but has yet to look whether it should
    YIELD = 1
    STOP = 2  # it sleeps or is dead, unless somebody has woken it


@struct(pinned=True, align=64)
class Turns:
    """The threads of one processor."""

    # Set when the processor begins, then constant.
    idle: Ptr[Thread] | None  # None: it has not begun
    number: u16
    began_at: u64  # uptime, in ns

    lock: SpinLock
    queue: RunQueue  # guarded by lock
    running: Ptr[Thread] | None  # guarded by lock
    picks: u64  # how often it has chosen whom to run; guarded by lock
    switches: u64  # guarded by lock
    arrivals: u64  # of threads that were elsewhere before; guarded by lock

    # The processor's own.
    slice_end: Timer
    slice_end_at: u64  # the uptime for which that is set, in ns; NEVER: it is not
    interrupt_began_at: u64  # ticks of the processor's counter
    interrupt_ticks: u64  # of those that are over
    balanced_at: u64  # the uptime at which it last looked for a processor with less to do, in ns

    @holds("lock", "preemption")
    @irq_safe
    @no_raise
    def choose(self, wish: Wish) -> Ptr[Thread]:
        """Let the queue of this processor pick; return the thread that is to run.

        wish: that of the thread that runs.
        """
        leaving = self.running
        idle = self.idle
        assert leaving is not None and idle is not None
        self.picks += 1
        self.queue.charge(clock.uptime())
        if leaving.is_queued:
            trace.stops(self.queue, leaving)
            is_awake = leaving.state.load() == ThreadState.RUNNABLE
            if (leaving.must_move and is_awake) or (wish == Wish.STOP and not is_awake):
                self.remove(leaving)
                leaving.must_move = False
                if is_awake:
                    leaving.is_moving = True
                    evicted.store(leaving)
        entity = self.queue.pick_other() if wish == Wish.YIELD else self.queue.pick()
        arriving = idle if entity is None else owner(entity, Thread, "entity")
        leaving.stopped_at = self.queue.charged_at
        arriving.is_on_processor.store(True, Order.RELAXED)
        trace.runs(self.queue, arriving)
        if arriving != leaving:
            self.switches += 1
        self.running = arriving
        if self.queue.count > 1:
            self._set_slice_end()
        return arriving

    @holds("lock")
    @irq_safe
    @no_raise
    def add(self, thread: Ptr[Thread]) -> bool:
        """Queue a thread that nobody else may queue; return whether its processor is to switch, or to set
        the timer of the slice."""
        self.queue.charge(clock.uptime())
        self.queue.join(thread.entity)
        trace.has_joined(self.queue, thread)
        thread.is_queued = True
        loads[self.number].publish(self.queue.weight, self.queue.count)
        return self.slice_end_at == NEVER or self.queue.would_preempt(thread.entity)

    @holds("lock")
    @irq_safe
    @no_raise
    def remove(self, thread: Ptr[Thread]) -> None:
        """Take a thread out of the queue, which is charged."""
        trace.leaves(self.queue, thread)
        self.queue.leave(thread.entity)
        thread.is_queued = False
        loads[self.number].publish(self.queue.weight, self.queue.count)

    @holds("lock")
    @irq_safe
    @no_raise
    def find_movable(self, target: u16) -> Ptr[Thread] | None:
        """Return a waiting thread for another processor that has less to do, one that has long waited if possible.

        target: the other processor; NOWHERE: the one with the least to do where the thread may run.
        """
        warm: Ptr[Thread] | None = None
        entity = self.queue.waiting.find_first()
        for _ in range(balance.CANDIDATES):
            if entity is None:
                break
            thread = owner(entity, Thread, "entity")
            if self._may_move(thread, target):
                if not is_hot(thread):
                    return thread
                if warm is None:
                    warm = thread
            entity = self.queue.waiting.after(entity[0])
        return warm

    @holds("lock")
    @irq_safe
    @no_raise
    def _may_move(self, thread: Ptr[Thread], target: u16) -> bool:
        """Whether a waiting thread can move, and that brings the loads closer; for find_movable."""
        if thread.state.load() != ThreadState.RUNNABLE:
            return False  # it is about to sleep here
        if thread.is_on_processor.load(Order.ACQUIRE):
            return False
        to = lightest_for(thread, self.number) if target == balance.NOWHERE else target
        if to == balance.NOWHERE or to not in thread.allowed:
            return False
        load = loads[to].weight.load(Order.RELAXED)
        return balance.is_gain(self.queue.weight, load, thread.entity.weight)

    @holds("lock")
    @irq_safe
    @no_raise
    def _set_slice_end(self) -> None:
        """See to it that this processor is interrupted when the running thread has had its slice."""
        end = self.queue.charged_at + self.queue.slice_left()
        if self.slice_end_at <= end:
            return
        timers.stop(self.slice_end)
        self.slice_end_at = end
        timers.start(self.slice_end, end, end_slice)


turns: Array[Turns, processor.LIMIT]
loads: Array[Load, processor.LIMIT]
processor_count: Atomic[u16]  # those that run threads: once any thread does, the first numbers
preemption_depth: PerCpu[u32]  # how many blocks of preemption.py this processor is in
is_in_interrupt: PerCpu[bool]
is_switch_wanted: PerCpu[bool]
left: PerCpu[Ptr[Thread] | None]  # the thread that this processor is switching away from
evicted: PerCpu[Ptr[Thread] | None]  # the same, if it is to go on elsewhere


# Switching --------------------------------------------------------------------------------------


@irq_safe
@no_raise
@holds("preemption")
def begin_processor(idle: Ptr[Thread]) -> None:
    """Let this processor run threads. What runs here now is its idle thread, from now on."""
    me = turns[processor.number()]
    idle.processor.store(processor.number())
    idle.is_on_processor.store(True)
    me.slice_end_at = NEVER
    me.running = idle
    me.idle = idle
    me.number = processor.number()
    me.began_at = clock.uptime()
    me.queue.charged_at = me.began_at
    running.put(idle.address)
    processor_count.fetch_add(1)


@irq_safe
@no_raise
@holds("preemption")
def reschedule(wish: Wish) -> None:
    """Run whoever is to run here now. Interrupts are off; returns when this thread is to run again."""
    is_switch_wanted.store(False)
    me = turns[processor.number()]
    leaving = me.running
    with me.lock:
        arriving = me.choose(wish)
    if arriving == me.idle and pull(me.number):
        with me.lock:
            arriving = me.choose(wish)
    if leaving is not None and leaving != arriving:
        left.store(leaving)
        running.put(arriving.address)
        program_state.exchange(leaving, arriving)
        leaving.call_time.pause()
        context.switch(address_of(leaving.stack_pointer), arriving.stack_pointer)
        leaving.call_time.resume()  # which is this thread again
        complete_switch()


@irq_safe
@no_raise
@holds("preemption")
def begin_interrupt() -> None:
    """An interrupt of a device begins, during which nobody is switched to. Interrupts are off."""
    is_in_interrupt.store(True)
    turns[processor.number()].interrupt_began_at = read_tsc()


@irq_safe
@no_raise
@holds("preemption")
def end_interrupt() -> None:
    """The interrupt is over."""
    me = turns[processor.number()]
    me.interrupt_ticks += read_tsc() - me.interrupt_began_at
    is_in_interrupt.store(False)


@irq_safe
@no_raise
@holds("preemption")
def complete_switch() -> None:
    """On the new thread's stack, let go of the thread that was left."""
    gone = left.load()
    if gone is None:
        return
    is_dead = gone.state.load() == ThreadState.DEAD
    gone.is_on_processor.store(False, Order.RELEASE)
    if evicted.load() == gone:
        evicted.store(None)
        let_run(gone)
    if is_dead:
        burial.add(gone)
        if (undertaker := burial.undertaker) is not None:
            wake(borrow(undertaker), WakeReason.WOKEN)
    me = turns[processor.number()]
    if me.running == me.idle:
        give_way()  # whoever became runnable just now would wait for the next interrupt, however late that is


@no_raise
def complete_first_switch() -> None:
    """The same on the stack of a new thread, which begins with interrupts off."""
    with interrupts_disabled():
        complete_switch()
    interrupts.enable()


@no_raise
@holds("preemption")
def give_up_slice() -> None:
    """Let another thread run, if there is one here, and give up what this one is owed."""
    number = processor.number()
    if loads[number].count.load(Order.RELAXED) > 1:
        reschedule(Wish.YIELD)


@irq_safe
@no_raise
@holds("preemption")
def preempt() -> None:
    """At the end of an interrupt: let the running thread give way, if that is wanted and may be."""
    if is_switch_wanted.load() and preemption_depth.load() == 0:
        reschedule(Wish.RUN)


@irq_safe
@no_raise
@holds("preemption")
def want_switch() -> None:
    is_switch_wanted.store(True)


@irq_safe
@no_raise
def end_slice(timer: Ptr[Timer]) -> None:
    """The slice of the thread that runs on this processor may be over, and the queue is to look."""
    me = owner(timer, Turns, "slice_end")
    me.slice_end_at = NEVER
    now = clock.uptime()
    if processor_count.load(Order.RELAXED) > 1 and now >= me.balanced_at + balance.INTERVAL_NS:
        me.balanced_at = now
        push(me.number)
    with interrupts_disabled():
        is_switch_wanted.store(True)


# Balancing --------------------------------------------------------------------------------------


@irq_safe
@no_raise
def pull(number: u16) -> bool:
    """Let a processor without threads take a waiting one from another; return whether there was one."""
    source = balance.busiest(loads[: processor_count.load(Order.RELAXED)], number)
    if source == balance.NOWHERE:
        return False
    thread = take(source, number)
    if thread is None:
        return False
    move(thread, number)
    return True


@irq_safe
@no_raise
def push(number: u16) -> None:
    """Let a processor with several threads give one to the processor with the least to do."""
    thread = take(number, balance.NOWHERE)
    if thread is None:
        return
    target = lightest_for(thread, number)
    if target == balance.NOWHERE:
        target = number
    if move(thread, target):
        ask_to_switch(target)


@irq_safe
@no_raise
def take(source: u16, target: u16) -> Ptr[Thread] | None:
    """Take a waiting thread out of a queue, to be moved to another; as Turns.find_movable."""
    there = turns[source]
    with there.lock:
        there.queue.charge(clock.uptime())
        thread = there.find_movable(target)
        if thread is not None:
            there.remove(thread)
            thread.is_moving = True
        return thread


@irq_safe
@no_raise
def lightest_for(thread: Ptr[Thread], number: u16) -> u16:
    """Return the processor, but for one, with the least to do of those where a thread may run; or NOWHERE."""
    return balance.lightest(loads[: processor_count.load(Order.RELAXED)], number, thread.allowed)


@irq_safe
@no_raise
def restrict(thread: Ptr[Thread], allowed: ProcessorSet) -> None:
    """Let a thread run on some processors only, from the end of its turn on.

    If none of them runs, the thread may run anywhere. The caller sees to it that it does not end meanwhile.
    """
    with interrupts_disabled():
        while True:
            number = thread.processor.load()
            home = turns[number]
            with home.lock:
                if thread.processor.load() != number or thread.is_moving:
                    continue
                thread.allowed = copy(allowed)
                thread.must_move = thread.is_queued and number not in allowed
                may_move_now = (
                    thread.must_move
                    and not thread.is_on_processor.load(Order.ACQUIRE)
                    and thread.state.load() == ThreadState.RUNNABLE
                )
                if may_move_now:
                    home.queue.charge(clock.uptime())
                    home.remove(thread)
                    thread.must_move = False
                    thread.is_moving = True
            if may_move_now:
                let_run(thread)
            else:
                interrupt(thread)
            break
    give_way()


# Becoming runnable ------------------------------------------------------------------------------


@irq_safe
@no_raise
def wake(thread: Ptr[Thread], reason: WakeReason) -> bool:
    """Let a thread run again that sleeps, or is about to; return False if it does not.

    The caller sees to it that the thread does not end meanwhile, and calls `give_way` once it holds no lock.
    """
    with interrupts_disabled():  # so that a thread that is moving arrives soon
        while True:
            number = thread.processor.load()
            home = turns[number]
            with home.lock:
                if thread.processor.load() != number:
                    continue
                if thread.state.load() != ThreadState.SLEEPING:
                    return False
                thread.reason = reason
                thread.state.store(ThreadState.RUNNABLE)
                if thread.is_queued:
                    return True  # it was about to leave its processor, and stays
                target = choose_processor(thread)
                is_urgent = target == number and home.add(thread)
                if target != number:
                    home.queue.charge(clock.uptime())
                    home.queue.settle(thread.entity)
                    thread.is_moving = True
            if target != number:
                is_urgent = move(thread, target)
            if is_urgent:
                ask_to_switch(target)
            return True


@irq_safe
@no_raise
def start(thread: Ptr[Thread]) -> None:
    """Let a new thread run."""
    with interrupts_disabled():
        number = processor.number()
        with turns[number].lock:
            thread.processor.store(number)
            thread.is_moving = True
        let_run(thread)
    give_way()


@irq_safe
@no_raise
def let_run(thread: Ptr[Thread]) -> None:
    """Queue a thread that is queued nowhere, where it is best."""
    target = choose_processor(thread)
    if move(thread, target):
        ask_to_switch(target)


@irq_safe
@no_raise
def move(thread: Ptr[Thread], target: u16) -> bool:
    """Queue a thread that is in no queue, on its way to a processor; return as Turns.add."""
    there = turns[target]
    with there.lock:
        thread.processor.store(target)
        thread.is_moving = False
        there.arrivals += 1
        return there.add(thread)


@irq_safe
@no_raise
def choose_processor(thread: Ptr[Thread]) -> u16:
    """Return where a thread is to run that is queued nowhere. One that is still being left stays where it is."""
    last = thread.processor.load()
    count = processor_count.load(Order.RELAXED)
    if count <= 1 or thread.is_on_processor.load(Order.ACQUIRE):
        return last
    return balance.place(loads[:count], thread.allowed, last, is_hot(thread))


@irq_safe
@no_raise
def is_hot(thread: Ptr[Thread]) -> bool:
    """Whether a thread's data are likely to be in its processor's cache."""
    return clock.uptime() < thread.stopped_at + balance.HOT_NS


@irq_safe
@no_raise
def ask_to_switch(target: u16) -> None:
    """Have another processor look at its queue soon, or note that this one is to."""
    with interrupts_disabled():
        if target == processor.number():
            is_switch_wanted.store(True)
        else:
            controller.send(target, Vector.SWITCH)


@irq_safe
@no_raise
def picks_of(number: u16) -> u64:
    """Return how often a processor has chosen whom to run, each time outside of all blocks without preemption."""
    with turns[number].lock:
        return turns[number].picks


@irq_safe
@no_raise
def is_idle(number: u16) -> bool:
    """Whether a processor runs no thread now."""
    with turns[number].lock:
        return turns[number].running == turns[number].idle


@irq_safe
@no_raise
def give_way() -> None:
    """If another thread is to run here, let it: now, or as soon as interrupts are on.

    Where an interrupt is dealt with there is nothing to do, since its end looks, too.
    """
    are_enabled = interrupts.are_enabled()
    with interrupts_disabled():
        if not is_switch_wanted.load() or is_in_interrupt.load():
            return
        if are_enabled:
            preempt()
        else:
            controller.send(processor.number(), Vector.SWITCH)


@irq_safe
@no_raise
def interrupt(thread: Ptr[Thread]) -> None:
    """If a thread is running, have it pass through the kernel."""
    if thread.is_on_processor.load():
        ask_to_switch(thread.processor.load())


@irq_safe
@no_raise
def set_weight(thread: Ptr[Thread], weight: u32) -> None:
    """Change a thread's share; it keeps what it has had too little or too much.

    The caller sees to it that the thread does not end meanwhile.
    """
    while True:
        number = thread.processor.load()
        home = turns[number]
        with home.lock:
            if thread.processor.load() != number or thread.is_moving:
                continue
            home.queue.charge(clock.uptime())
            home.queue.reweight(thread.entity, weight, priority.SLICE_NS)
            loads[number].publish(home.queue.weight, home.queue.count)
        return
