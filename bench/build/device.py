"""A disk controller with a command queue, simulated: registers, commands, interrupts.

The driver writes commands into slots and rings the bell; the controller works on one slot at a
time and raises an interrupt for each that is done or failed.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag

from lang import Array, over, struct, trailing_zeros, u8, u16, u32, u64

SLOTS = 16  # or 24, 32
SECTORS = 4096  # or 1024, 65536
RETRIES = 3  # or 2, 5


@over(u32)
class Status(IntFlag):
    READY = 1 << 0
    BUSY = 1 << 1
    ERROR = 1 << 2
    INTERRUPT = 1 << 3
    OFFLINE = 1 << 7


@over(u8)
class Command(IntEnum):
    NOTHING = 0
    READ = 1
    WRITE = 2
    FLUSH = 3
    IDENTIFY = 4


@over(u8)
class Phase(IntEnum):
    IDLE = 0
    SEEKING = 1
    TRANSFERRING = 2
    FINISHING = 3
    FAILED = 4


@struct
class Slot:
    command: Command
    retries: u8
    sectors: u16
    first: u32
    result: u64


@struct(pinned=True)
class Controller:
    status: Status
    phase: Phase
    current: u8
    position: u32
    left: u16
    slots: Array[Slot, SLOTS]
    issued: u32  # a bit for each slot
    completed: u32

    # Counts, readable as files.
    reads: u64
    writes: u64
    errors: u64
    seeks: u64

    def reset(self) -> None:
        """Bring the controller to its first state."""
        self.status = Status.READY
        self.phase = Phase.IDLE
        self.issued = 0
        self.completed = 0
        self.position = 0

    def issue(self, command: Command, first: u32, sectors: u16) -> u32:
        """Put a command into a free slot and return the slot.

        Raises:
            BlockingIOError: no slot is free.
            ValueError: the sectors do not exist.
        """
        if first + sectors > SECTORS:
            raise ValueError
        free = ~(self.issued | self.completed)
        slot = u32(trailing_zeros(free)) if free != 0 else u32(SLOTS)
        if slot >= SLOTS:
            raise BlockingIOError
        self.slots[slot] = Slot(command, RETRIES, sectors, first, 0)
        self.issued |= 1 << slot
        return slot

    def step(self) -> None:
        """Let the controller do what it can do next."""
        match self.phase:
            case Phase.IDLE:
                self.start_next()
            case Phase.SEEKING:
                self.seek()
            case Phase.TRANSFERRING:
                self.transfer()
            case Phase.FINISHING:
                self.finish()
            case Phase.FAILED:
                self.fail()

    def start_next(self) -> None:
        if self.issued == 0:
            return
        self.current = u8(trailing_zeros(self.issued))
        slot = self.slots[self.current]
        self.left = slot.sectors
        self.status = Status.BUSY
        self.phase = Phase.SEEKING
        if slot.command == Command.FLUSH or slot.command == Command.IDENTIFY:
            self.phase = Phase.FINISHING

    def seek(self) -> None:
        """Move a quarter of the way, at least one sector."""
        target = self.slots[self.current].first
        self.seeks += 1
        if self.position < target:
            self.position += (target - self.position + 3) // 4
        elif self.position > target:
            self.position -= (self.position - target + 3) // 4
        else:
            self.phase = Phase.TRANSFERRING

    def transfer(self) -> None:
        """Transfer one sector; some are bad."""
        slot = self.slots[self.current]
        if self.left == 0:
            self.phase = Phase.FINISHING
            return
        if self.position % 61 == 60 and slot.retries % 2 == 1:
            self.phase = Phase.FAILED
            return
        match slot.command:
            case Command.READ:
                self.reads += 1
                slot.result = slot.result * 31 % 65537 + self.position
            case Command.WRITE:
                self.writes += 1
            case _:
                self.phase = Phase.FAILED
        self.position = (self.position + 1) % SECTORS
        self.left -= 1

    def finish(self) -> None:
        self.issued &= ~(u32(1) << self.current)
        self.completed |= u32(1) << self.current
        self.status = Status.READY | Status.INTERRUPT
        self.phase = Phase.IDLE

    def fail(self) -> None:
        """Start the command again, or give it up."""
        slot = self.slots[self.current]
        self.errors += 1
        if slot.retries == 0:
            slot.result = 0
            self.status = Status.ERROR
            self.finish()
            return
        slot.retries -= 1
        self.left = slot.sectors
        self.phase = Phase.SEEKING

    def acknowledge(self) -> u64:
        """Take the results of all completed commands; return their sum."""
        total = u64(0)
        while self.completed != 0:
            slot = trailing_zeros(self.completed)
            total += self.slots[slot].result
            self.completed &= self.completed - 1
        self.status &= ~Status.INTERRUPT
        return total


controller: Controller


def exercise(seed: u64) -> u64:
    """Issue commands and let the controller work; return a checksum."""
    controller.reset()
    total = seed % 1000
    for i in range(u32(30)):
        command = Command.WRITE if i % 3 == 0 else Command.READ
        if i % 11 == 10:
            command = Command.FLUSH
        try:
            controller.issue(command, (u32(seed % 300) + i * 97) % 1000, u16(1 + i % 5))
        except BlockingIOError:
            total += 1
        except ValueError:
            total += 2
        for _ in range(20):
            controller.step()
        if controller.status & Status.INTERRUPT:
            total = total * 3 % 65537 + controller.acknowledge()
    return total + controller.reads + controller.writes + controller.errors + controller.seeks % 7
