"""16550: a serial port with room for 16 bytes in each direction.

What comes is kept until somebody reads it, as much as a queue holds (kernel/io/byte_queue.py); what comes then is lost, and counted. What is to go waits
for the port's interrupt, which comes when it has sent all that it had.

    interrupt       the port asks for
    data            what has come to be taken
    empty           up to 16 bytes; asked for only while some wait

Locks: `lock` guards registers and queues, and is taken in the interrupt. Lock order: before that of a wait queue.

Source: National Semiconductor, PC16550D data sheet, sections 8.0 to 8.6.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import port
from kernel.interrupt.routing import Handler
from kernel.io.byte_queue import ByteQueue
from kernel.io.serial import (
    FIFO_ENABLE_AND_CLEAR,
    SCRATCH_VALUE,
    LineControl,
    LineStatus,
    Register,
)
from kernel.sync.spin_lock import SpinLock
from kernel.sync.wait_queue import WaitQueue
from lang import Array, Slice, holds, irq_safe, no_raise, u8, u16, u64

FIFO: Final = 16  # bytes that the port keeps, and takes when it is empty
MOST_ROUNDS: Final = 64  # in one interrupt
NO_PORT: Final[u8] = 0xFF  # what is read where nothing is

INTERRUPT_REASON: Final[u16] = 2  # register, when it is read
NO_REASON: Final[u8] = 1 << 0

ON_DATA: Final[u8] = 1 << 0  # in INTERRUPT_ENABLE
ON_EMPTY: Final[u8] = 1 << 1
READY: Final[u8] = 0x0B  # in MODEM_CONTROL: ready, request, and the line that lets interrupts out
OFF: Final[u8] = 0
DIVISOR_115200: Final[u8] = 1


class Uart:
    """A port."""

    base: u16  # constant
    handler: Handler
    has_come: WaitQueue
    has_room: WaitQueue

    lock: SpinLock

    # Guarded by lock.
    incoming: ByteQueue
    outgoing: ByteQueue
    lost: u64  # bytes that came when there was no room

    def __init__(self, base: u16) -> None:
        self.base = base

    @no_raise
    def is_there(self) -> bool:
        """Whether the port keeps what is written to its scratch register, as no other device does."""
        port.write8(self.base + Register.SCRATCH, SCRATCH_VALUE)
        is_kept = port.read8(self.base + Register.SCRATCH) == SCRATCH_VALUE
        return is_kept and port.read8(self.base + Register.LINE_STATUS) != NO_PORT

    @no_raise
    def begin(self) -> None:
        """Set it to 115,200 baud, 8 bits, no parity, one stop bit, and let it interrupt."""
        with self.lock:
            port.write8(self.base + Register.INTERRUPT_ENABLE, 0)
            port.write8(self.base + Register.LINE_CONTROL, LineControl.DIVISOR_LATCH)
            port.write8(self.base + Register.DATA, DIVISOR_115200)
            port.write8(self.base + Register.INTERRUPT_ENABLE, 0)
            port.write8(self.base + Register.LINE_CONTROL, LineControl.EIGHT_BITS)
            port.write8(self.base + Register.FIFO_CONTROL, FIFO_ENABLE_AND_CLEAR)
            port.write8(self.base + Register.MODEM_CONTROL, READY)
            port.write8(self.base + Register.INTERRUPT_ENABLE, ON_DATA)

    @no_raise
    def stop(self) -> None:
        """Let it interrupt no more."""
        with self.lock:
            port.write8(self.base + Register.INTERRUPT_ENABLE, 0)
            port.write8(self.base + Register.MODEM_CONTROL, OFF)

    @irq_safe
    @no_raise
    def serve(self) -> bool:
        """Do what the port interrupts for; return whether there was something.

        The interrupt is a change of the line, so there is none for what comes before the port has no more reason.
        """
        rounds = 0
        has_come = False
        has_gone = False
        with self.lock:
            while rounds < MOST_ROUNDS and self.has_reason():
                rounds += 1
                has_come |= self.receive()
                has_gone |= len(self.outgoing) > 0 and self.transmit()
            if rounds == MOST_ROUNDS:
                self.interrupt_again()
        if has_come:
            self.has_come.wake_all()
        if has_gone:
            self.has_room.wake_all()
        return rounds > 0

    @holds("lock")
    @irq_safe
    @no_raise
    def has_reason(self) -> bool:
        """Whether the port interrupts; asking is the answer to its being empty. All bits are set where the port is gone."""
        return port.read8(self.base + INTERRUPT_REASON) & NO_REASON == 0

    @holds("lock")
    @irq_safe
    @no_raise
    def interrupt_again(self) -> None:
        """Let the line change, if there is still a reason, so that others have their turn first."""
        enabled = port.read8(self.base + Register.INTERRUPT_ENABLE)
        port.write8(self.base + Register.INTERRUPT_ENABLE, 0)
        port.write8(self.base + Register.INTERRUPT_ENABLE, enabled)

    @holds("lock")
    @irq_safe
    @no_raise
    def receive(self) -> bool:
        """Take what has come, as much as the port keeps; return whether there was some."""
        count = 0
        while count < FIFO and self.has_status(LineStatus.DATA_READY):
            if not self.incoming.put(port.read8(self.base + Register.DATA)):
                self.lost += 1
            count += 1
        return count > 0

    @holds("lock")
    @irq_safe
    @no_raise
    def transmit(self) -> bool:
        """Give an empty port what it has room for, and have it ask for more if there is; return whether it was empty."""
        if not self.has_status(LineStatus.TRANSMIT_READY):
            return False
        piece = Array[u8, FIFO]()
        for byte in piece[: self.outgoing.take(piece[:])]:
            port.write8(self.base + Register.DATA, byte)
        enabled = ON_DATA | ON_EMPTY if len(self.outgoing) > 0 else ON_DATA
        port.write8(self.base + Register.INTERRUPT_ENABLE, enabled)
        return True

    @holds("lock")
    @irq_safe
    @no_raise
    def has_status(self, wanted: LineStatus) -> bool:
        """Whether a bit of the line's status is set; none is where the port is gone."""
        status = port.read8(self.base + Register.LINE_STATUS)
        return status != NO_PORT and status & wanted != 0

    @no_raise
    def take(self, into: Slice[u8]) -> u64:
        """Move what has come, as much as fits; return how many bytes."""
        with self.lock:
            return self.incoming.take(into)

    @no_raise
    def put(self, data: Slice[u8]) -> u64:
        """Send as much as there is room for; return how many bytes."""
        with self.lock:
            count: u64 = 0
            while count < len(data) and self.outgoing.put(data[count]):
                count += 1
            if not self.transmit() and count > 0:
                port.write8(self.base + Register.INTERRUPT_ENABLE, ON_DATA | ON_EMPTY)
        return count

    @no_raise
    def has_bytes(self) -> bool:
        with self.lock:
            return len(self.incoming) > 0

    @no_raise
    def can_take(self) -> bool:
        with self.lock:
            return self.outgoing.room > 0
