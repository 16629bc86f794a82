"""Lock order: checked builds watch in which order locks are taken, and say when two orders contradict each other.

Locks that are called the same (`modules.ipc.pipe.pipe.Pipe.lock`; compiler/check/contexts.py) are of one class. Class j comes
after class i once anybody took a lock of j while holding one of i. Were there a circle of classes, each before the
next, then threads that take them at the right time would wait for each other for ever; it is reported when it closes,
though nobody waits yet. What order is meant is declared before the first lock is taken (declared_order.py), so the first
one that contradicts it is reported:

    after[i]    the set of classes that came after i
    edges       where the first lock of j was taken with i held, for each pair

What else is reported, once for each class: a spin lock held longer than `longest_hold_ns`, and a thread that sleeps with a
spin lock held. So is, once for each place where it began, a reading (rcu.py), or a block without preemption, in which a thread
sleeps, and a call that is put off again before it was made. Each report has the calls that led to where the fault was seen, and to where it began (began.py). A
spin lock that its own holder takes again would never be free: the kernel stops.

Within one class there is no order: those that take two locks of it say how in their docstring. Locks without a
name are in no class. Release builds have nothing of this: all calls stand behind is_checked().

Invariants: a HeldLocks is its processor's, with interrupts off, or its thread's. A name's class never changes.
    `is_busy` guards classes and edges; bits of `after` are set under it and read without.
Context: everywhere; takes no SpinLock, since it is called by them.
Source: the lock dependency validator of Linux, Documentation/locking/lockdep-design.rst, describes the idea of classes.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Annotated, Final

from core import backtrace, hash
from core.cpu import frame
from kernel.cpu.interrupts import interrupts_disabled
from kernel.sync import began
from kernel.sync.began import Began
from kernel.time import clock
from lang import (
    Array,
    Atomic,
    Order,
    Ptr,
    Slice,
    address_of,
    copy,
    irq_safe,
    no_raise,
    noinline,
    over,
    spin_hint,
    struct,
    truncate,
    u8,
    u16,
    u64,
    usize,
    wrapping_mul,
    wrapping_sub,
)

CLASSES: Final = 64  # as many as a set in a word has
DEPTH: Final = 8  # of locks held at once that are watched
EDGES: Final = 256
PLACES: Final = 16  # where readings began that are complained about
CACHED_BITS: Final[u64] = 10
CACHED: Final = 1 << CACHED_BITS
LONGEST_NAME: Final = 96  # what is longer is cut off
ADDRESS_BITS: Final[u64] = (1 << 48) - 1  # that a packed address has
NO_CLASS: Final[u16] = 0


@struct
class Held:
    lock: u64  # its address
    kind: u16  # its class


@struct(pinned=True)
class HeldLocks:
    """What a processor or thread holds, in the order in which it took them."""

    count: usize
    locks: Array[Held, DEPTH]


@struct
class Hold:
    """The holding of a spin lock."""

    since: u64  # uptime, in ns
    began: Began


@struct(pinned=True)
class HeldSpinLocks:
    """What a processor holds, and since when."""

    held: HeldLocks
    holds: Array[Hold, DEPTH]


@struct(pinned=True)
class LockClass:
    """Constant once it is counted."""

    name: Array[u8, LONGEST_NAME]  # a copy, as that of a module goes with it
    length: usize
    takes: Atomic[u64]  # of all locks of the class; not constant


@struct(pinned=True)
class Edge:
    """Where a lock of a class was first taken with one of another held."""

    held: u16
    taken: u16
    calls: Array[u64, backtrace.DEPTH]  # as of backtrace.collect
    depth: usize


@over(u8)
class Complaint(IntEnum):
    CIRCLE = 0
    HELD_LONG = 1
    ASLEEP = 2
    ASLEEP_READING = 3
    PUT_OFF_TWICE = 4


@struct(pinned=True)
class Report:
    """What is wrong, for whoever says it."""

    complaint: Complaint
    circle: Array[u16, CLASSES]  # each was taken with the one before held; the first, with the last
    length: usize
    duration_ns: u64  # for which it was held
    calls: Array[u64, backtrace.DEPTH]  # that led to where it was taken, or began; not of a circle
    depth: usize


Reporter = Annotated[Callable[[Ptr[Report]], None], irq_safe, no_raise]

reporter: Reporter | None = None
longest_hold_ns: u64 = 1_000_000_000  # what takes less may be the fault of a busy host
reported: Atomic[u64]  # how much was
complained: Array[
    Atomic[u64], 3
]  # the classes about which each complaint was made that is about one
complained_places: Array[
    Atomic[u64], PLACES
]  # behind the calls that began what the others are about; 0: none yet

is_busy: Atomic[bool]
class_count: Atomic[u16]  # class 0 is that of locks without a name
classes: Array[LockClass, CLASSES]
after: Array[Atomic[u64], CLASSES]
edge_count: usize
edges: Array[Edge, EDGES]

# A name's class by its address, which is packed with the class: address << 16 | class.
known: Array[Atomic[u64], CACHED]


# Taking and releasing -----------------------------------------------------------------------------


@noinline
@irq_safe
@no_raise
def want(mine: Ptr[HeldLocks], lock: u64, place: Slice[u8]) -> u16:
    """Note that a lock is about to be waited for; return its class."""
    kind = class_of(place)
    for index in range(mine.count):
        held = mine.locks[index].kind
        assert mine.locks[index].lock != lock, "a lock is taken again by who holds it"
        is_pair = kind != NO_CLASS and held != NO_CLASS and held != kind
        if is_pair and after[held].load(Order.RELAXED) & bit(kind) == 0:
            add_edge(held, kind)
    return kind


@noinline
@irq_safe
@no_raise
def take(mine: Ptr[HeldLocks], lock: u64, kind: u16) -> None:
    """Note that a lock is held from now on, and count that it was taken."""
    classes[kind].takes.fetch_add(1, Order.RELAXED)
    if mine.count == DEPTH:
        return
    held = mine.locks[mine.count]
    held.lock = lock
    held.kind = kind
    mine.count += 1


@noinline
@irq_safe
@no_raise
def take_spin_lock(mine: Ptr[HeldSpinLocks], lock: u64, kind: u16) -> None:
    """The same of a spin lock, by a function that is called by the one with the block."""
    index = mine.held.count
    take(address_of(mine.held), lock, kind)
    if index < DEPTH:
        mine.holds[index].since = clock.uptime()
        began.note(address_of(mine.holds[index].began), frame.frame_pointer())


@noinline
@irq_safe
@no_raise
def release(mine: Ptr[HeldLocks], lock: u64) -> None:
    """Note that a lock is not held from now on."""
    index = find_held(mine, lock)
    if index < DEPTH:
        for at in range(index + 1, mine.count):
            mine.locks[at - 1] = copy(mine.locks[at])
        mine.count -= 1


@noinline
@irq_safe
@no_raise
def release_spin_lock(mine: Ptr[HeldSpinLocks], lock: u64) -> None:
    """The same of a spin lock, which may have been held for too long."""
    index = find_held(address_of(mine.held), lock)
    if index == DEPTH:
        return
    hold = address_of(mine.holds[index])
    duration_ns = wrapping_sub(clock.uptime(), hold.since)
    if duration_ns > longest_hold_ns:
        kind = mine.held.locks[index].kind
        complain_once(Complaint.HELD_LONG, kind, address_of(hold.began), duration_ns)
    for at in range(index + 1, mine.held.count):
        mine.holds[at - 1] = copy(mine.holds[at])
    release(address_of(mine.held), lock)


@irq_safe
@no_raise
def find_held(mine: Ptr[HeldLocks], lock: u64) -> usize:
    """Return where among the locks that are held one is, mostly the last; DEPTH if it is not watched."""
    for behind in range(mine.count):
        index = mine.count - 1 - behind
        if mine.locks[index].lock == lock:
            return index
    return usize(DEPTH)


# Complaints ---------------------------------------------------------------------------------------


@irq_safe
@no_raise
def check_sleep(mine: Ptr[HeldSpinLocks]) -> None:
    """Complain if a processor whose thread sleeps holds a spin lock, for which others would wait meanwhile."""
    count = mine.held.count
    if count > 0:
        kind = mine.held.locks[count - 1].kind
        complain_once(Complaint.ASLEEP, kind, address_of(mine.holds[count - 1].began), 0)


@irq_safe
@no_raise
def complain_once(complaint: Complaint, kind: u16, start: Ptr[Began], duration_ns: u64) -> None:
    """Report something about a class, unless that was done before."""
    before = complained[u8(complaint)].fetch_or(bit(kind), Order.RELAXED)
    if before & bit(kind) == 0:
        complain(complaint, kind, start, duration_ns)


@irq_safe
@no_raise
def complain_of_place(complaint: Complaint, start: Ptr[Began]) -> None:
    """Report something about what began somewhere, unless that was done before."""
    for index in range(usize(PLACES)):
        seen = complained_places[index].compare_exchange(0, start.call, Order.RELAXED)
        if seen == start.call:
            return
        if seen == 0:
            complain(complaint, NO_CLASS, start, 0)
            return


@noinline
@irq_safe
@no_raise
def complain(complaint: Complaint, kind: u16, start: Ptr[Began], duration_ns: u64) -> None:
    report = Report()
    report.complaint = complaint
    report.circle[0] = kind
    report.length = 1
    report.duration_ns = duration_ns
    report.depth = began.collect(start, frame.frame_pointer(), report.calls)
    publish(report)


@irq_safe
@no_raise
def publish(report: Report) -> None:
    reported.fetch_add(1)
    hook = reporter
    if hook is not None:
        hook(address_of(report))


# Classes ------------------------------------------------------------------------------------------


@irq_safe
@no_raise
def class_of(place: Slice[u8]) -> u16:
    """Return the class of locks of a name; NO_CLASS without one, or if there are too many."""
    if len(place) == 0:
        return NO_CLASS
    address = start_of(place)
    key = wrapping_mul(address, 1 << 16)
    slot = hash.scatter(address, CACHED_BITS)
    cached = known[slot].load(Order.RELAXED)
    if cached >> 16 == key >> 16:
        return truncate(u16, cached)
    kind = find_or_add(place)
    known[slot].store(key | kind, Order.RELAXED)
    return kind


@irq_safe
@no_raise
def find_or_add(place: Slice[u8]) -> u16:
    with interrupts_disabled():
        begin_change()
        count = class_count.load(Order.RELAXED)
        name = place[: min(len(place), usize(LONGEST_NAME))]
        kind: u16 = 1
        while kind <= count and name_of(kind) != name:
            kind += 1
        if kind > count and kind < CLASSES:
            classes[kind].name[: len(name)].copy_from(name)
            classes[kind].length = len(name)
            class_count.store(kind, Order.RELEASE)
        end_change()
        return kind if kind < CLASSES else NO_CLASS


@irq_safe
@no_raise
def name_of(kind: u16) -> Slice[u8]:
    """Return what the locks of a class are called."""
    length = classes[kind].length
    return b"a lock without a name" if length == 0 else classes[kind].name[:length]


@no_raise
def forget(start: u64, size: u64) -> None:
    """Know no class by the address of its name any more, if that is in some memory, which may soon hold others."""
    first = start & ADDRESS_BITS
    for slot in range(usize(CACHED)):
        cached = known[slot].load(Order.RELAXED)
        if first <= cached >> 16 < first + size:
            known[slot].store(0, Order.RELAXED)


# The order ----------------------------------------------------------------------------------------


@no_raise
def declare(outer: Slice[u8], inner: Slice[u8]) -> None:
    """Know, before it happens, that locks of one name are taken with those of another held, and never the other way round."""
    held, taken = class_of(outer), class_of(inner)
    report = Report()
    after[held].fetch_or(bit(taken), Order.RELAXED)
    find_path(taken, held, report)
    assert report.length == 0, "the order of locks is declared in a circle"


@noinline
@irq_safe
@no_raise
def add_edge(held: u16, taken: u16) -> None:
    """Note a pair for the first time, and report the circle that it closes."""
    global edge_count
    report = Report()
    with interrupts_disabled():
        begin_change()
        is_new = after[held].load(Order.RELAXED) & bit(taken) == 0
        if is_new:
            after[held].fetch_or(bit(taken), Order.RELAXED)
            if edge_count < EDGES:
                edge = edges[edge_count]
                edge.held = held
                edge.taken = taken
                edge.depth = backtrace.collect(frame.frame_pointer(), edge.calls, 0)
                edge_count += 1
            find_path(taken, held, report)
        end_change()
    if report.length > 0:
        publish(report)


@irq_safe
@no_raise
def find_path(start: u16, end: u16, report: Report) -> None:
    """Store the shortest path of classes from one to another, each after the one before; nothing if there is none.

    Breadth first: each class that is reached remembers from where.
    """
    came_from = Array[u16, CLASSES]()
    queue = Array[u16, CLASSES]()
    queue[0] = end
    reached = bit(end)
    first: usize = 0
    last: usize = 1
    # From the end backward, so that following `came_from` gives the path in its order.
    while first < last:
        at = queue[first]
        first += 1
        for kind in range(u16(1), u16(CLASSES)):
            if after[kind].load(Order.RELAXED) & bit(at) == 0 or reached & bit(kind) != 0:
                continue
            came_from[kind] = at
            reached |= bit(kind)
            queue[last] = kind
            last += 1
    if reached & bit(start) == 0:
        return
    report.complaint = Complaint.CIRCLE
    kind = start
    while kind != end:
        report.circle[report.length] = kind
        report.length += 1
        kind = came_from[kind]
    report.circle[report.length] = end
    report.length += 1


@irq_safe
@no_raise
def find_edge(held: u16, taken: u16) -> Ptr[Edge] | None:
    """Return where a pair was noted, if that was kept; for a report."""
    for index in range(edge_count):
        if edges[index].held == held and edges[index].taken == taken:
            return address_of(edges[index])
    return None


@irq_safe
@no_raise
def begin_change() -> None:
    while is_busy.swap(True, Order.ACQUIRE):
        spin_hint()


@irq_safe
@no_raise
def end_change() -> None:
    is_busy.store(False, Order.RELEASE)


@irq_safe
@no_raise
def bit(kind: u16) -> u64:
    return u64(1) << kind


@irq_safe
@no_raise
def start_of(name: Slice[u8]) -> u64:
    return address_of(name[0]).address
