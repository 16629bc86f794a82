"""Transfers: bytes that move between a program's memory and a file, as far as they have come.

A transfer goes on as far as it can without waiting, and says whether that was all. The calls `read` and `write` let their
thread wait in between; a ring (kernel/request) does other things meanwhile. What is read is done with the first bytes that
come; what is written is done when all of it is.

Context: the running thread is in the address space of the program. Whoever has a transfer keeps its file.
"""

from __future__ import annotations

from kernel.fs.file import AT_POSITION, File
from kernel.sched.sleep import NEVER
from kernel.sched.thread import WakeReason
from kernel.sync.wait_queue import WaitQueue
from lang import Ptr, UserSlice, borrow, no_raise, sleeps, struct, u8, u64


@struct
class Transfer:
    file: Ptr[File]
    address: u64  # of the program's memory
    size: u64  # in bytes
    is_write: bool  # of the file
    offset: u64  # in the file; AT_POSITION
    done: u64  # bytes that have been moved

    @sleeps
    def go_on(self) -> bool:
        """Move what can be moved without waiting; return whether the transfer is done.

        Raises:
            OSError: whatever the file raises before the first byte; after it that ends the transfer.
        """
        try:
            if not self.is_write:
                self.done = self.file.read(UserSlice[u8](self.address, self.size), self.offset)
                return True
            while not self.write_more():
                pass
            return True
        except BlockingIOError:
            if self.queue() is not None:
                return False
            if self.done == 0:
                raise
            return True
        except Exception:
            if self.done == 0:
                raise
            return True

    @sleeps
    def write_more(self) -> bool:
        """Write what the file takes at once; return whether it takes no more, or there is no more."""
        rest = UserSlice[u8](self.address + self.done, self.size - self.done)
        offset = self.offset if self.offset == AT_POSITION else self.offset + self.done
        count = self.file.write(rest, offset)
        self.done += count
        return count == 0 or self.done == self.size

    @no_raise
    def queue(self) -> Ptr[WaitQueue] | None:
        """Return the queue that is woken when the transfer may go on; None if none ever is."""
        return self.file.node.writable() if self.is_write else self.file.node.readable()

    @no_raise
    def may_go_on(self) -> bool:
        node = borrow(self.file.node)
        return node.can_be_written() if self.is_write else node.can_be_read()

    @sleeps
    def finish(self) -> u64:
        """Go on until the transfer is done, waiting as long as it takes; return how many bytes were moved.

        Raises:
            BlockingIOError: it would have to wait, and the file is open with NONBLOCK.
            InterruptedError: a note came.
            OSError: as `go_on`. Each of them only before the first byte.
        """
        while not self.go_on():
            if self.file.is_nonblocking:
                if self.done > 0:
                    break
                raise BlockingIOError
            if self.wait() != WakeReason.WOKEN:
                if self.done > 0:
                    break
                raise InterruptedError
        return self.done

    @no_raise
    @sleeps
    def wait(self) -> WakeReason:
        """Let the running thread sleep until the transfer may go on, or a note comes."""
        queue = self.queue()
        if queue is None:
            return WakeReason.WOKEN
        return queue.wait_until(lambda: self.may_go_on(), NEVER)


@sleeps
def read(file: File, into: UserSlice[u8]) -> u64:
    """Read from where a file is; return how many bytes came, 0 at the end. Raises as Transfer.finish."""
    return Transfer(borrow(file), into.address, len(into), False, AT_POSITION, 0).finish()


@sleeps
def write(file: File, data: UserSlice[u8]) -> u64:
    """Write to where a file is; return how many bytes were taken. Raises as Transfer.finish."""
    return Transfer(borrow(file), data.address, len(data), True, AT_POSITION, 0).finish()
