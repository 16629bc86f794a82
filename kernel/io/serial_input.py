"""What is typed on the serial port: bytes that the interrupt handler keeps until somebody reads them.

Bytes that come while CAPACITY wait are lost, and counted.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import port
from kernel.interrupt import routing
from kernel.interrupt.routing import Handler, LineBusy, NoVector
from kernel.io.serial import COM1, LineStatus, Register
from kernel.log import log
from kernel.sync.spin_lock import SpinLock
from kernel.sync.wait_queue import WaitQueue
from lang import Array, Ptr, Slice, irq_safe, no_raise, u8, u64, usize

CAPACITY: Final[u64] = 1024
ISA_INTERRUPT: Final = 4  # of the first port
ON_DATA: Final[u8] = 1  # in INTERRUPT_ENABLE
OUT_2: Final[u8] = 0x0B  # in MODEM_CONTROL: ready, request, and the line that lets interrupts out

handler: Handler
lock: SpinLock
bytes: Array[u8, CAPACITY]  # guarded by lock
first: u64 = 0  # counted up; guarded by lock
end: u64 = 0  # counted up; guarded by lock
lost: u64 = 0  # guarded by lock
readable: WaitQueue


@no_raise
def begin() -> None:
    """Have the port interrupt for each byte that comes."""
    route = routing.isa[ISA_INTERRUPT]
    try:
        routing.add(handler, route.line, route.signal, on_interrupt)
    except (LineBusy, NoVector):
        log.warning("the serial port cannot interrupt, so nothing can be typed there")
        return
    port.write8(COM1 + Register.MODEM_CONTROL, OUT_2)
    port.write8(COM1 + Register.INTERRUPT_ENABLE, ON_DATA)


@irq_safe
@no_raise
def on_interrupt(mine: Ptr[Handler]) -> bool:
    """Keep what has come; it is always this port's, though what it came for may have been taken with the last."""
    global end, lost
    has_come = False
    while port.read8(COM1 + Register.LINE_STATUS) & LineStatus.DATA_READY != 0:
        has_come = True
        byte = port.read8(COM1 + Register.DATA)
        with lock:
            if end - first < CAPACITY:
                bytes[usize(end % CAPACITY)] = byte
                end += 1
            else:
                lost += 1
    if has_come:
        readable.wake_all()
    return True


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
