"""What is typed at the console, on the serial port or on a keyboard: bytes that are kept until somebody reads them.

Ctrl-C is one of them, unless somebody watches over a program in the foreground: then it is for the watch that began last, and what
was typed before it and not read yet is forgotten, as it was meant for the program that is to end.

Bytes that come while the queue is full are lost, and counted.

Locks: `lock` guards all of it. Lock order: before that of a wait queue.
"""

from __future__ import annotations

from typing import Final

from core.collections.list import IntrusiveList, ListLink
from kernel.io.byte_queue import ByteQueue
from kernel.sync.spin_lock import SpinLock
from kernel.sync.wait_queue import WaitQueue
from lang import Slice, holds, irq_safe, no_raise, owner, struct, u8, u64

CONTROL_C: Final[u8] = 3


@struct(pinned=True)
class Watch:
    """Somebody who watches over a program in the foreground."""

    link: ListLink
    is_interrupted: bool
    changed: WaitQueue  # woken by Ctrl-C


lock: SpinLock
queue: ByteQueue  # guarded by lock
lost: u64 = 0  # guarded by lock
readable: WaitQueue
watches: IntrusiveList  # the oldest first; guarded by lock, as what is in them


@irq_safe
@no_raise
def put(data: Slice[u8]) -> None:
    """Keep what was typed, and wake who waits for it."""
    global lost
    with lock:
        for byte in data:
            is_note = byte == CONTROL_C and interrupt()
            if not is_note and not queue.put(byte):
                lost += 1
    readable.wake_all()


@holds("lock")
@irq_safe
@no_raise
def interrupt() -> bool:
    """Let the watch that began last have a Ctrl-C; return False if there is none."""
    link = watches.last
    if link is None:
        return False
    queue.forget()
    watch = owner(link, Watch, "link")
    watch.is_interrupted = True
    watch.changed.wake_all()
    return True


@irq_safe
@no_raise
def has_bytes() -> bool:
    with lock:
        return len(queue) > 0


@irq_safe
@no_raise
def take(into: Slice[u8]) -> u64:
    """Take as many bytes as have come and fit; return how many."""
    with lock:
        return queue.take(into)


@struct
class Counts:
    """Bytes."""

    waiting: u64
    passed: u64  # since the start, those that wait included
    lost: u64


@no_raise
def counts() -> Counts:
    with lock:
        return Counts(len(queue), queue.end, lost)


@no_raise
def begin_watch(watch: Watch) -> None:
    """Let Ctrl-C be for a watch from now on, until it ends or another one begins."""
    with lock:
        watches.push_back(watch.link)


@no_raise
def end_watch(watch: Watch) -> None:
    """Let Ctrl-C be for the watch before, or a byte again."""
    with lock:
        watches.remove(watch.link)


@no_raise
def is_interrupted(watch: Watch) -> bool:
    with lock:
        return watch.is_interrupted


@no_raise
def take_interrupt(watch: Watch) -> bool:
    """Whether Ctrl-C was typed since this was asked last."""
    with lock:
        was_interrupted = watch.is_interrupted
        watch.is_interrupted = False
        return was_interrupted
