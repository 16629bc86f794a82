"""A ring of messages between a driver and its readers.

Invariant: 0 <= written - read <= CAPACITY.
"""

from __future__ import annotations

from lang import Array, copy, struct, u8, u16, u32, u64

CAPACITY = 32  # or 64, 128
PAYLOAD = 16  # or 24, 40
URGENT = 1
COMPRESSED = 2


@struct
class Message:
    kind: u16
    length: u8
    flags: u8
    sender: u32
    payload: Array[u8, PAYLOAD]

    def seal(self) -> None:
        """Set the last byte so that all bytes together sum to zero."""
        self.payload[PAYLOAD - 1] = 0
        self.payload[PAYLOAD - 1] = u8((256 - self.sum()) % 256)

    def sum(self) -> u32:
        total = u32(0)
        for byte in self.payload:
            total += byte
        return total % 256

    def is_sealed(self) -> bool:
        return self.sum() == 0


@struct(pinned=True)
class Ring:
    messages: Array[Message, CAPACITY]
    written: u64
    read: u64
    dropped: u64

    def count(self) -> u64:
        """Return how many messages wait."""
        return self.written - self.read

    def try_write(self, message: Message) -> bool:
        """Append a message; when the ring is full, only an urgent one replaces the oldest."""
        if self.count() == CAPACITY:
            self.dropped += 1
            if message.flags & URGENT == 0:
                return False
            self.read += 1
        self.messages[self.written % CAPACITY] = copy(message)
        self.written += 1
        return True

    def take(self) -> Message:
        """Take out the oldest message.

        Raises:
            LookupError: the ring is empty.
        """
        if self.count() == 0:
            raise LookupError
        self.read += 1
        return copy(self.messages[(self.read - 1) % CAPACITY])

    def count_from(self, sender: u32) -> u64:
        """Return how many waiting messages a sender has."""
        found = u64(0)
        for i in range(self.read, self.written):
            if self.messages[i % CAPACITY].sender == sender:
                found += 1
        return found


ring: Ring


def make_message(number: u64) -> Message:
    """Return a sealed message that depends on the number alone."""
    message = Message(u16(number % 7), PAYLOAD, URGENT if number % 5 == 0 else 0, u32(number % 11))
    for i in range(PAYLOAD):
        message.payload[i] = u8((number * 31 + u64(i) * 7) % 256)
    if number % 3 == 0:
        message.flags |= COMPRESSED
    message.seal()
    return message


def drain(limit: u64) -> u64:
    """Read up to `limit` messages and return how many of them were sound."""
    sound = u64(0)
    for _ in range(limit):
        try:
            message = ring.take()
        except LookupError:
            break
        if message.is_sealed():
            sound += 1
    return sound


def exercise(seed: u64) -> u64:
    """Write and read in bursts; return a checksum."""
    total = seed % 1000
    for i in range(seed % 50, 100):
        refused = not ring.try_write(make_message(i))
        total = total * 3 % 65537 + (ring.count_from(3) if refused else 1)
        if i % 13 == 0:
            total += drain(i % 29)
    return total + drain(CAPACITY) + ring.dropped % 2
