"""/sys/counts: how much there is of what the kernel keeps. Modules add files of their own.

Files in /sys/counts:
    objects     for each kind of objects: its name, bytes of one, how many are alive, pages that they are in
    dentries    names that walks have found lately: how many are kept, how many at most, and how many came since the start
    frames      pages of memory: free, and all
    offers      shared files that nobody has claimed yet
    stacks      of the kernel's stacks: bytes of one, and how many of these any that has come back had used, in a checked build, else 0
    locks       of locks: name, how often they were waited for, for how many ns in all; in checked builds also how often they were taken, else 0
    queues      what waits in the kernel's queues: name, how much, how much at most, passed since the start, lost; - is not counted, with run queues and timers of each processor
"""

from __future__ import annotations

from core.text.buffer import TextBuffer
from kernel.cpu import processor
from kernel.fs import dentry_cache
from kernel.fs.folder import FixedFolder
from kernel.fs.text_file import TextFile, text
from kernel.io import byte_queue, console_input, input_events
from kernel.ipc import shared_files
from kernel.log import log, ring
from kernel.mem import frames, kernel_stack, object_cache
from kernel.sched import accounting, burial, scheduler
from kernel.sync import contention, futex, lock_order, rcu
from kernel.time import timers
from kernel.time.timer_queue import TimerQueue
from lang import (
    Order,
    Ptr,
    Slice,
    no_raise,
    sleeps,
    symbol_address,
    u8,
    u16,
    u32,
    u64,
    usize,
    wrapping_add,
)


class ObjectCounts(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        for number in range(u32(1), object_cache.count + 1):
            use = object_cache.use_of(number)
            out.write(name_or(use.name, b"memory"))
            text(out, f" {use.size} {use.live} {use.pages}\n")


@no_raise
def name_or(name: Slice[u8], other: Slice[u8]) -> Slice[u8]:
    return other if len(name) == 0 else name


class DentryCounts(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        text(out, f"kept {dentry_cache.count.load()}\nmost {dentry_cache.MOST}\n")
        text(out, f"came {dentry_cache.came.load()}\n")


class FrameCounts(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        pages = frames.statistics()
        text(out, f"free {pages.free}\ntotal {pages.total}\n")


class StackCounts(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        text(out, f"size {kernel_stack.SIZE}\ndeepest {kernel_stack.deepest.load()}\n")


class OfferCounts(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        text(out, f"offers {shared_files.count.load()}\n")


class LockCounts(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        for kind in range(u16(1), lock_order.class_count.load(Order.ACQUIRE) + 1):
            contention.find(lock_order.name_of(kind))  # those that nobody has waited for, too
        for index in range(usize(contention.MOST)):
            entry = contention.table[index]
            name = entry.name[: entry.length.load(Order.ACQUIRE)]
            if len(name) > 0:
                text(out, f"{name} {entry.count.load()} {entry.ns.load()} {takes_of(name)}\n")
        others = contention.others.count.load()
        if others > 0:
            text(out, f"others {others} {contention.others.ns.load()} 0\n")


@no_raise
def takes_of(name: Slice[u8]) -> u64:
    """Return how often locks of a name were taken, as far as that is counted."""
    for kind in range(u16(1), lock_order.class_count.load(Order.ACQUIRE) + 1):
        if lock_order.name_of(kind) == name:
            return lock_order.classes[kind].takes.load()
    return 0


class QueueCounts(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        typed = console_input.counts()
        text(out, f"console {typed.waiting} {byte_queue.CAPACITY} {typed.passed} {typed.lost}\n")
        text(out, f"input_events - {byte_queue.CAPACITY} - {input_events.lost.load()}\n")
        written = log.lines.counts()
        text(out, f"log {written.waiting} {ring.CAPACITY} {written.passed} {written.lost}\n")
        text(out, f"buried_objects {burial.object_count.load()} {burial.PLACES} - -\n")
        for number in range(scheduler.processor_count.load()):
            times = accounting.of_processor(number)
            text(out, f"run_queue_{number} {times.threads} - {times.switches} -\n")
            timed = timers_of(number)
            text(out, f"timers_{number} {timed.waiting} - {timed.expired} -\n")
        text(out, f"futexes {futex.waiting()} - - -\n")
        text(out, f"rcu_calls - - {rcu.made.load()} -\n")
        text(out, f"rcu_grace_periods - - {rcu.periods.load()} -\n")


@no_raise
def timers_of(number: u16) -> Ptr[TimerQueue]:
    """Return what waits for a time on a processor."""
    area = wrapping_add(processor.base_of(number), symbol_address("__percpu_start"))
    return timers.queue.at(area)


def make() -> FixedFolder:
    """Return the folder.

    Raises:
        MemoryError: there is too little memory.
    """
    folder = FixedFolder()
    folder.put(b"objects", ObjectCounts())
    folder.put(b"dentries", DentryCounts())
    folder.put(b"frames", FrameCounts())
    folder.put(b"offers", OfferCounts())
    folder.put(b"stacks", StackCounts())
    folder.put(b"locks", LockCounts())
    folder.put(b"queues", QueueCounts())
    return folder
