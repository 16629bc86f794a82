"""Threads of the kernel itself, and the end of all threads, and of objects that cannot end elsewhere.

A thread keeps itself alive, by a reference to itself, from its start until its burial.
"""

from __future__ import annotations

from core import object as counted
from core.object import Header
from kernel.cpu import context, simd
from kernel.mem.layout import round_up
from kernel.sched import burial, priority, scheduler, sleep
from kernel.sched.thread import Main, Thread
from lang import (
    Atomic,
    Order,
    Ptr,
    Slice,
    borrow,
    export,
    holds,
    no_raise,
    symbol_address,
    u8,
    u64,
)

next_number: Atomic[u64]


def start(name: str, main: Main) -> Thread:
    """Start a thread of the kernel, and return it; it ends when `main` returns.

    Raises:
        MemoryError: there is no memory for it.
    """
    thread = new(name, main, has_program=False)
    let_run(thread)
    return thread


def new(name: str, main: Main, has_program: bool) -> Thread:
    """Return a thread that does not run yet.

    has_program: it keeps SIMD state, at the end of its stack.

    Raises:
        MemoryError: there is no memory for it.
    """
    thread = Thread(next_number.fetch_add(1, Order.RELAXED), name, main)
    thread.stack.create()
    thread.kernel_top = thread.stack.top
    if has_program:
        thread.kernel_top -= round_up(simd.area_size, simd.ALIGNMENT)
        area = Ptr[u8](thread.kernel_top)
        simd.initialise(Slice[u8](area, simd.area_size))
        thread.simd = area
    thread.stack_pointer = context.prepare(thread.kernel_top, symbol_address("thread_begin"))
    thread.entity.set_share(priority.weight_of(priority.HIGHEST), priority.SLICE_NS)
    return thread


@no_raise
def let_run(thread: Thread) -> None:
    """Let a new thread run."""
    thread.self = thread
    scheduler.start(borrow(thread))


def new_idle() -> Thread:
    """Return the thread that a processor is to be when it has nothing to do.

    Raises:
        MemoryError: there is no memory for it.
    """
    idle = Thread(next_number.fetch_add(1, Order.RELAXED), "idle", None)
    idle.self = idle
    return idle


@no_raise
@holds("preemption")
def begin_processor(idle: Thread) -> None:
    """Let this processor run threads; what runs here becomes its idle thread, and never sleeps."""
    scheduler.begin_processor(borrow(idle))


def begin() -> None:
    """Begin to bury threads.

    Raises:
        MemoryError: there is no memory for a thread.
    """
    burial.undertaker = start("undertaker", bury_for_ever)


@export("thread_begin")
@no_raise
def run_new_thread() -> None:
    """First Python of a thread, on its own stack, with interrupts off."""
    scheduler.complete_first_switch()
    main = sleep.current().main
    if main is not None:
        main()
    sleep.end_thread()


@no_raise
def bury_for_ever() -> None:
    """Let go of threads that have ended, and end objects that were put aside, whenever there are some."""
    while True:
        sleep.begin_sleep()
        dead = burial.take_all()
        if dead is None and burial.object_count.load() == 0:
            sleep.block(sleep.NEVER)
            continue
        sleep.cancel_sleep()
        if dead is not None:
            bury(dead)
        for place in range(u64(burial.PLACES)):
            object = burial.take_object(place)
            if object is not None:
                counted.destroy(object)


@export("__pw_destroy_later")
@no_raise
def destroy_later(object: Ptr[Header]) -> None:
    """End an object whose last reference went where nothing may sleep."""
    undertaker = burial.undertaker
    if undertaker is not None and burial.add_object(object):
        sleep.wake(borrow(undertaker))
    else:
        counted.destroy(object)


@no_raise
def bury(first: Ptr[Thread]) -> None:
    """Let go of a list of threads."""
    dead: Ptr[Thread] | None = first
    while dead is not None:
        thread = dead
        dead = thread.next_dead
        process = thread.process
        if process is not None:
            process.thread_is_gone()
        thread.self = None
