"""What is typed at the console, on the serial port or on a keyboard: bytes that are kept until somebody reads them.

Bytes that come while CAPACITY wait are lost, and counted.
"""

from __future__ import annotations

from typing import Final

from kernel.sync.spin_lock import SpinLock
from kernel.sync.wait_queue import WaitQueue
from lang import Array, Slice, irq_safe, no_raise, u8, u64, usize

CAPACITY: Final[u64] = 1024

lock: SpinLock
bytes: Array[u8, CAPACITY]  # guarded by lock
first: u64 = 0  # counted up; guarded by lock
end: u64 = 0  # counted up; guarded by lock
lost: u64 = 0  # guarded by lock
readable: WaitQueue


@irq_safe
@no_raise
def put(data: Slice[u8]) -> None:
    """Keep what was typed, and wake who waits for it."""
    global end, lost
    with lock:
        for byte in data:
            if end - first < CAPACITY:
                bytes[usize(end % CAPACITY)] = byte
                end += 1
            else:
                lost += 1
    readable.wake_all()


@irq_safe
@no_raise
def has_bytes() -> bool:
    with lock:
        return end != first


@irq_safe
@no_raise
def take(into: Slice[u8]) -> u64:
    """Take as many bytes as have come and fit; return how many."""
    global first
    with lock:
        count = min(u64(len(into)), end - first)
        for index in range(usize(count)):
            into[index] = bytes[usize((first + index) % CAPACITY)]
        first += count
        return count
