"""Openings: what a path leads to, about to be opened, where that may take until somebody else comes.

As with reading and writing (transfer.py), no file waits: `Vnode.opened` does what can be done now, or raises BlockingIOError, and
`Vnode.openable` names the queue that is woken when that may have changed. The calls `open` and `openat` let their thread wait,
a ring (kernel/request) its request. So one waits for a client of a server, whose `accept` is opened.
"""

from __future__ import annotations

from kernel.fs.file import File
from kernel.fs.location import Location
from kernel.fs.mode import Mode
from kernel.fs.vnode import Vnode
from kernel.sched.thread import WakeReason
from kernel.sync.wait_queue import WaitQueue
from lang import Ptr, borrow, no_raise, sleeps


class Opening:
    """All that was found out on the way there."""

    # Constant.
    node: Vnode
    location: Location
    mode: Mode

    def __init__(self, node: Vnode, location: Location, mode: Mode) -> None:
        self.node = node
        self.location = location
        self.mode = mode

    @sleeps
    def attempt(self) -> File:
        """Return the open file.

        Raises:
            BlockingIOError: somebody else has to come first.
            OSError, ValueError: as Vnode.opened.
        """
        return File(self.node.opened(self.mode), self.location, self.mode)

    @no_raise
    def queue(self) -> Ptr[WaitQueue] | None:
        """Return the queue that is woken when an attempt may succeed; None: none is, or the mode says not to wait."""
        return None if self.mode & Mode.NONBLOCK != 0 else self.node.openable()

    @sleeps
    def finish(self) -> File:
        """Return the open file, waiting as long as it takes.

        Raises:
            BlockingIOError: it would have to wait, and the mode says not to.
            InterruptedError: a note came first.
            OSError, ValueError: as Vnode.opened.
        """
        node = borrow(self.node)
        while True:
            try:
                return self.attempt()
            except BlockingIOError:
                queue = self.queue()
                if queue is None:
                    raise
            if queue.wait_until(lambda: node.can_be_opened()) != WakeReason.WOKEN:
                raise InterruptedError
