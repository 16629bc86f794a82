"""Futexes: threads of a program sleep until another one says that a word of its memory has changed.

    wait    sleep if the word has a value
    wake    wake those that sleep for a word, the first come first

The kernel knows nothing of a word until somebody waits for it: a waiter lies on its thread's stack, and in one of BUCKETS lists,
chosen by address space and address. So a futex costs no memory, and locks of any kind are built on it in the program
(lib/std/threads.py).

No wake-up is lost: a waiter joins its list, and says that it is about to sleep (sleep.py), before it reads the word; who
wakes changed the word before. Whoever is taken out of a list was woken, and nothing else takes it out but itself.

Lock order: Bucket.lock before that of a run queue.
Context: threads that run a program.
Source: Franke, Russell and Kirkwood, "Fuss, Futexes and Furwocks: Fast Userlevel Locking in Linux", OLS 2002.
"""

from __future__ import annotations

from typing import Final

from core import hash
from core.collections.list import IntrusiveList, ListLink
from kernel.mem.address_space import AddressSpace
from kernel.sched import scheduler, sleep
from kernel.sched.thread import Thread, WakeReason
from kernel.sync.spin_lock import SpinLock
from lang import (
    Array,
    Ptr,
    UserPtr,
    address_of,
    no_raise,
    owner,
    sleeps,
    struct,
    u32,
    u64,
    usize,
)

BUCKET_BITS: Final[u64] = 8
BUCKETS: Final = 1 << BUCKET_BITS


@struct(pinned=True)
class Waiter:
    """A thread that waits, on its stack. All but the link is constant while it is in a list."""

    thread: Ptr[Thread] | None
    space: Ptr[AddressSpace] | None
    address: u64
    link: ListLink  # guarded by the bucket's lock


@struct(pinned=True, align=64)
class Bucket:
    lock: SpinLock
    waiters: IntrusiveList  # guarded by lock


buckets: Array[Bucket, BUCKETS]


@sleeps
def wait(word: UserPtr[u32], expected: u32, deadline: u64) -> WakeReason:
    """Sleep until somebody wakes this thread, if a word of its program has a value; return why it woke.

    deadline: an uptime in ns.

    Raises:
        BlockingIOError: the word has another value.
        BadAddress: it is not the program's.
    """
    waiter = Waiter()
    waiter.thread = sleep.current()
    waiter.space = sleep.current().space
    waiter.address = word.address
    bucket = bucket_of(waiter.space, waiter.address)
    with bucket.lock:
        sleep.begin_sleep()
        bucket.waiters.push_back(waiter.link)
    try:
        has_changed = word.read() != expected
    except Exception:
        sleep.cancel_sleep()
        leave(bucket, waiter)
        raise
    if has_changed or sleep.is_wanted():
        sleep.cancel_sleep()
        if leave(bucket, waiter):
            return WakeReason.WOKEN
        if has_changed:
            raise BlockingIOError
        return WakeReason.INTERRUPTED
    reason = sleep.block(deadline)
    return WakeReason.WOKEN if leave(bucket, waiter) else reason


@no_raise
def leave(bucket: Ptr[Bucket], waiter: Waiter) -> bool:
    """Take a waiter out of its list; return whether somebody has done it before, and so woken it."""
    with bucket.lock:
        if not waiter.link.is_linked:
            return True
        bucket.waiters.remove(waiter.link)
        return False


def wake(word: UserPtr[u32], count: u32) -> u64:
    """Wake threads of this program that wait for a word, at most so many; return how many.

    Raises:
        BadAddress: the word is not the program's.
    """
    space, address = sleep.current().space, word.address
    bucket = bucket_of(space, address)
    woken: u64 = 0
    with bucket.lock:
        link = bucket.waiters.first
        end = bucket.waiters.last
        while link is not None and woken < count:
            waiter = owner(link, Waiter, "link")
            following = None if link == end else link.next
            if waiter.address == address and waiter.space == space:
                bucket.waiters.remove(waiter.link)
                if (thread := waiter.thread) is not None:
                    scheduler.wake(thread, WakeReason.WOKEN)
                woken += 1
            link = following
    scheduler.give_way()
    return woken


@no_raise
def waiting() -> u64:
    """Return how many threads wait now, for whatever word."""
    count: u64 = 0
    for index in range(usize(BUCKETS)):
        bucket = buckets[index]
        with bucket.lock:
            for _ in bucket.waiters:
                count += 1
    return count


@no_raise
def bucket_of(space: Ptr[AddressSpace] | None, address: u64) -> Ptr[Bucket]:
    key = address if space is None else address ^ space.address
    return address_of(buckets[hash.scatter(key, BUCKET_BITS)])
