"""Threads: what the kernel knows of each."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum, IntFlag
from typing import TYPE_CHECKING, Annotated, Final

from core.collections.list import ListLink
from core.object import DEEPEST, Dying
from kernel.cpu.processor_set import ProcessorSet
from kernel.mem import heap
from kernel.mem.address_space import AddressSpace
from kernel.mem.heap_memory import HeapMemory
from kernel.mem.kernel_stack import KernelStack
from kernel.sched.call_time import CallTime
from kernel.sched.eevdf import Entity
from kernel.sync.lock_order import HeldLocks
from kernel.time.timer_queue import Timer
from lang import Array, Atomic, Ptr, no_raise, over, u8, u16, u32, u64

if TYPE_CHECKING:
    from kernel.proc.note import Note
    from kernel.proc.process import Process

Main = Annotated[Callable[[], None], no_raise]

MOST_ENDING: Final[u32] = 4  # objects within each other, on a kernel's stack


@over(u32)
class ThreadState(IntEnum):
    RUNNABLE = 0  # runs, or waits for a processor
    SLEEPING = 1  # will leave its processor, or has
    DEAD = 2  # will not come back


@over(u32)
class WakeReason(IntEnum):
    WOKEN = 0
    TIMED_OUT = 1
    INTERRUPTED = 2  # by a note


@over(u32)
class Request(IntFlag):
    """What a thread is to do before it returns to its program; each keeps it from sleeping."""

    END = 1 << 0
    NOTE = 1 << 1  # have its program handle one


class Thread:
    """One thread of execution."""

    # Set at creation, then constant.
    number: u64  # counted up from 0, never used again
    name: str
    stack: (
        KernelStack  # without memory for an idle thread, which runs on what its processor began on
    )
    kernel_top: u64  # where what it does in the kernel begins, growing down
    main: Main | None  # what it does; None: it was running before there were threads

    # Atomic: SLEEPING is stored by the thread itself, everything else under the queue's lock.
    state: Atomic[u32]  # ThreadState

    # Guarded by the lock of the run queue of its processor.
    processor: Atomic[u16]  # the number of the one that it is queued at, or was last
    entity: Entity
    is_queued: bool
    is_moving: (
        bool  # between two queues: whoever took it out of one is about to put it into the other
    )
    allowed: ProcessorSet  # where it may run; if none of these does, anywhere
    must_move: bool  # to one of those, at the end of its turn
    stopped_at: u64  # the uptime at which it last left a processor, in ns
    reason: WakeReason  # why it was woken last

    is_on_processor: Atomic[bool]
    stack_pointer: u64  # while it is not on a processor

    # The thread's own.
    dying: Dying  # the objects that it is ending
    call_time: CallTime
    held: HeldLocks  # its mutexes, in checked builds
    timer: Timer  # while it sleeps with a deadline
    is_timer_over: Atomic[bool]  # the timer's action will not touch the thread any more

    # What a thread that runs a program has; zeros for one of the kernel.
    process: Process | None
    is_servant: bool  # works for its process in the kernel, and never enters the program
    space: Ptr[AddressSpace] | None  # of its process
    simd: Ptr[u8] | None  # while it is not on a processor
    fs_base: u64
    entry: u64  # where it enters the program
    entry_stack: u64
    arguments: Array[u64, 2]
    place: ListLink  # among the threads, or the servants, of the process; guarded by its lock
    fault_address: u64  # of its last page fault that was none of the kernel's promises
    requests: Atomic[u32]  # Request
    notes: (
        Note | None
    )  # that its program is to handle, the oldest first; guarded by the process' lock
    note_count: u32  # guarded by the process' lock
    is_handling: bool  # its program handles a note; guarded by the process' lock
    complaint: HeapMemory | None  # its own: what its last command was refused for

    next_dead: Ptr[Thread] | None  # in the list of those to be buried

    self: Thread | None  # while it is to live on, though nobody else may refer to it

    def __del__(self) -> None:
        self.stack.free()
        more = self.dying.more
        if more is not None:
            heap.free(more.cast(u8))

    def __init__(self, number: u64, name: str, main: Main | None) -> None:
        self.number = number
        self.name = name
        self.main = main
        self.dying.reserved = DEEPEST - MOST_ENDING
        self.allowed.add_all()
