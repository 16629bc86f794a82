"""Channels: what goes in at one end and comes out at the other; what pipes and connections are made of.

What waits in a channel has a limit: whoever writes waits for room, whoever reads for something to come. When the last writer
is gone, what is left is read, and then the end; writing when nobody reads any more raises BrokenPipeError.

    channel.py           a channel, and the two that make a connection
    pipe.py              one for bytes
    netfs/packets.py     one for packets
"""

from __future__ import annotations

from kernel.sync.wait_queue import WaitQueue
from lang import Atomic, UserSlice, no_raise, sleeps, u8, u32, u64


class Channel:
    """One direction. Redefined: how much there is, and how it moves."""

    readers: Atomic[u32]
    writers: Atomic[u32]
    readable: WaitQueue
    writable: WaitQueue

    @no_raise
    def is_empty(self) -> bool:
        return True

    @no_raise
    def has_room(self) -> bool:
        """Whether `put` would take something, whatever it is."""
        return True

    @sleeps
    def take(self, into: UserSlice[u8]) -> u64:
        """Move what there is to a program, as much as fits; return how many bytes, 0 if there are none."""
        return 0

    @sleeps
    def put(self, data: UserSlice[u8]) -> u64:
        """Take what there is room for from a program; return how many bytes."""
        return 0

    # -------------------------------------------------------------------------------------------

    @no_raise
    def is_readable(self) -> bool:
        """Whether reading would not wait."""
        return not self.is_empty() or self.writers.load() == 0

    @no_raise
    def is_writable(self) -> bool:
        """Whether writing would not wait."""
        return self.has_room() or self.readers.load() == 0

    @sleeps
    def read(self, into: UserSlice[u8]) -> u64:
        """See Vnode.read."""
        may_get_more = (
            self.writers.load() != 0
        )  # looked at first: what the last one wrote is here now
        count = self.take(into)
        if count == 0 and may_get_more and len(into) > 0:
            raise BlockingIOError
        return count

    @sleeps
    def write(self, data: UserSlice[u8]) -> u64:
        """See Vnode.write.

        Raises:
            BrokenPipeError: nobody reads any more.
        """
        if self.readers.load() == 0:
            raise BrokenPipeError
        count = self.put(data)
        if count == 0 and len(data) > 0:
            raise BlockingIOError
        return count

    @no_raise
    def add_reader(self) -> None:
        self.readers.fetch_add(1)

    @no_raise
    def add_writer(self) -> None:
        self.writers.fetch_add(1)

    @no_raise
    def remove_reader(self) -> None:
        if self.readers.fetch_sub(1) == 1:
            self.writable.wake_all()

    @no_raise
    def remove_writer(self) -> None:
        if self.writers.fetch_sub(1) == 1:
            self.readable.wake_all()


class Connection:
    """One side of two channels: what comes, and what goes. Its end is the end for the other side."""

    incoming: Channel
    outgoing: Channel

    def __init__(self, incoming: Channel, outgoing: Channel) -> None:
        self.incoming = incoming
        self.outgoing = outgoing
        incoming.add_reader()
        outgoing.add_writer()

    def __del__(self) -> None:
        self.incoming.remove_reader()
        self.outgoing.remove_writer()

    @property
    @no_raise
    def is_deserted(self) -> bool:
        """Whether the other side is gone."""
        return self.incoming.writers.load() == 0
