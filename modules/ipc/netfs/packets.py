"""Packets: what is written in one piece is read in one piece.

A packet has one byte to LARGEST. There is room while what waits is less than CAPACITY, so a packet of any size gets in once
the others are out. Reading takes one packet; what does not fit is lost.

Locks: PacketQueue.lock. A packet is copied from a program before it is taken, and to a program with it held.
"""

from __future__ import annotations

from typing import Final

from core.errors import TooLarge
from kernel.mem.heap_memory import HeapMemory
from kernel.sync.mutex import Mutex
from lang import Atomic, Ptr, UserSlice, borrow, holds, no_raise, sleeps, u8, u64
from modules.ipc.pipe.channel import Channel

CAPACITY: Final[u64] = 64 * 1024
LARGEST: Final[u64] = 1024 * 1024
OVERHEAD: Final[u64] = 128  # what a packet counts for besides its bytes


class Packet:
    memory: HeapMemory
    next: Packet | None  # that came after it; guarded by the queue's lock

    def __init__(self, size: u64) -> None:
        self.memory = HeapMemory(size)


class PacketQueue(Channel):
    """Packets that wait."""

    lock: Mutex
    first: Packet | None  # guarded by lock
    last: Ptr[Packet] | None  # guarded by lock
    waiting: Atomic[u64]  # bytes, with overhead; changed under lock

    def __del__(self) -> None:
        while (
            self.first is not None
        ):  # one by one: each would end the next one, however many there are
            self.remove_first()

    @no_raise
    def is_empty(self) -> bool:
        return self.waiting.load() == 0

    @no_raise
    def has_room(self) -> bool:
        return self.waiting.load() < CAPACITY

    @sleeps
    def take(self, into: UserSlice[u8]) -> u64:
        if len(into) == 0:
            return 0
        with self.lock:
            packet = self.first
            if packet is None:
                return 0
            count = min(len(into), packet.memory.size)
            into[:count].copy_in(packet.memory.bytes[:count])
            had_room = self.has_room()
            self.remove_first()
            gives_room = self.has_room() and not had_room
        if gives_room:
            self.writable.wake_all()
        return count

    @sleeps
    def put(self, data: UserSlice[u8]) -> u64:
        """Take one packet, or nothing.

        Raises:
            TooLarge: it is larger than packets are.
        """
        size = len(data)
        if size > LARGEST:
            raise TooLarge
        if size == 0 or not self.has_room():
            return 0
        packet = Packet(size)
        data.copy_out(packet.memory.bytes)
        with self.lock:
            if not self.has_room():
                return 0
            self.append(packet)
        self.readable.wake_all()
        return size

    @holds("lock")
    @no_raise
    def append(self, packet: Packet) -> None:
        last = self.last
        if last is None:
            self.first = packet
        else:
            last.next = packet
        self.last = borrow(packet)
        self.waiting.fetch_add(packet.memory.size + OVERHEAD)

    @no_raise
    def remove_first(self) -> None:
        """Let the first packet go, with the lock held, or at the queue's end."""
        packet = self.first
        assert packet is not None, "who removes a packet has seen it"
        self.first = packet.next
        packet.next = None
        if self.first is None:
            self.last = None
        self.waiting.fetch_sub(packet.memory.size + OVERHEAD)
