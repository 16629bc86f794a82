"""What is done to keyboards and mice, as text that programs read from files.

Each opening of such a file has a queue (byte_queue.py); an event that does not fit into it is lost for that reader, and
counted. Without readers nothing is kept.

    4_4^        the key number 4 was pressed and released
    12x-3y      the mouse was moved by 12 to the right and by 3 upwards
    1_1^        its left button was pressed and released
    1z          its wheel was turned by one step, away from the user

Locks: `making` guards the list of sources; EventSource.lock guards the list of readers and their queues. Lock order: before that of a wait queue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.collections.list import IntrusiveList, ListLink
from core.file_records import NodeKind
from kernel.fs.mode import Mode
from kernel.fs.vnode import Vnode
from kernel.io.byte_queue import ByteQueue
from kernel.mem.heap_memory import HeapMemory, copy_of
from kernel.sync.mutex import Mutex
from kernel.sync.spin_lock import SpinLock
from kernel.sync.wait_queue import WaitQueue
from lang import (
    Array,
    Atomic,
    Order,
    Ptr,
    Slice,
    UserSlice,
    address_of,
    irq_safe,
    no_raise,
    owner,
    sleeps,
    u8,
    u64,
)

if TYPE_CHECKING:
    from kernel.fs.file import File

PIECE: Final = 512  # that a program gets at once

lost: Atomic[u64]  # events, of all readers of all devices


class EventSource:
    """Where a device's events come from."""

    name: HeapMemory  # constant
    next: EventSource | None  # guarded by making

    lock: SpinLock
    readers: IntrusiveList  # guarded by lock

    def __init__(self, name: Slice[u8]) -> None:
        self.name = copy_of(name)

    @irq_safe
    @no_raise
    def report(self, event: Slice[u8]) -> None:
        """Let all readers have an event."""
        with self.lock:
            link = self.readers.first
            while link is not None:
                reader = owner(link, EventReader, "link")
                if not reader.put(event):
                    lost.fetch_add(1, Order.RELAXED)
                link = self.readers.after(link[0])


making: Mutex
sources: EventSource | None = None  # guarded by making


@sleeps
def source_of(device: Slice[u8]) -> EventSource:
    """Return where the events of a device come from, by its name. It stays when the device goes, and is there when it comes back,
    perhaps driven by another: who has its events open goes on reading.

    Raises:
        MemoryError: there is too little memory.
    """
    global sources
    with making:
        source = sources
        while source is not None:
            if source.name.bytes == device:
                return source
            source = source.next
        made = EventSource(device)
        made.next = sources
        sources = made
        return made


class EventFile(Vnode):
    """The file `events` of a device."""

    source: EventSource

    def __init__(self, source: EventSource) -> None:
        super().__init__(NodeKind.FILE)
        self.source = source

    @sleeps
    def opened(self, mode: Mode) -> Vnode:
        return EventReader(self.source)


class EventReader(Vnode):
    """One opening of it."""

    source: EventSource
    has_come: WaitQueue

    # Guarded by the source's lock.
    link: ListLink
    queue: ByteQueue

    def __init__(self, source: EventSource) -> None:
        super().__init__(NodeKind.FILE)
        self.source = source
        with source.lock:
            source.readers.push_back(self.link)

    @no_raise
    def closed(self) -> None:
        with self.source.lock:
            self.source.readers.remove(self.link)

    @irq_safe
    @no_raise
    def put(self, event: Slice[u8]) -> bool:
        """Take an event, and return True, if there is room for all of it. The caller holds the source's lock."""
        if len(event) > self.queue.room:
            return False
        for byte in event:
            self.queue.put(byte)
        self.has_come.wake_all()
        return True

    @sleeps
    def read(self, file: File, into: UserSlice[u8], offset: u64) -> u64:
        """See Vnode. A buffer that is small gets a part of an event."""
        piece = Array[u8, PIECE]()
        if len(into) == 0:
            return 0
        with self.source.lock:
            count = self.queue.take(piece[: min(len(into), u64(PIECE))])
        if count == 0:
            raise BlockingIOError
        into[:count].copy_in(piece[:count])
        return count

    @no_raise
    def can_be_read(self) -> bool:
        with self.source.lock:
            return len(self.queue) > 0

    @no_raise
    def readable(self) -> Ptr[WaitQueue] | None:
        return address_of(self.has_come)
