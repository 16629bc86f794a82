"""The order of locks, as it is meant: what checked builds know before any lock is taken (lock_order.py).

Each pair says that a lock of the second kind may be taken while one of the first is held, so never the other way round; what
follows from several pairs holds as well. Pairs that are not here are learned as they happen.
"""

from __future__ import annotations

from typing import Final

from kernel.sync import lock_order
from lang import Array, no_raise, usize

PAIRS: Final = 13

OUTER: Final = Array[bytes, 13](
    b"kernel.request.ring.Ring.lock",
    b"kernel.request.ring.Ring.lock",
    b"kernel.fs.file.File.lock",
    b"kernel.fs.file.File.lock",
    b"modules.ipc.pipe.pipe.Pipe.lock",
    b"modules.ipc.pipe.pipe.Pipe.lock",
    b"kernel.fs.tmpfs.renaming",
    b"kernel.mem.address_space.AddressSpace.lock",
    b"kernel.mem.object_cache.ObjectCache.lock",
    b"kernel.proc.process.Process.lock",
    b"kernel.sync.futex.Bucket.lock",
    b"kernel.sync.wait_queue.WaitQueue.lock",
    b"kernel.sched.scheduler.Turns.lock",
)
INNER: Final = Array[bytes, 13](
    b"kernel.fs.file.File.lock",
    b"modules.ipc.pipe.pipe.Pipe.lock",
    b"kernel.fs.tmpfs.TmpFile.lock",
    b"kernel.mem.address_space.AddressSpace.lock",
    b"kernel.mem.address_space.AddressSpace.lock",
    b"kernel.sync.wait_queue.WaitQueue.lock",
    b"kernel.fs.folder.Folder.lock",
    b"kernel.mem.object_cache.ObjectCache.lock",
    b"kernel.mem.buddies.lock",
    b"kernel.sched.scheduler.Turns.lock",
    b"kernel.sched.scheduler.Turns.lock",
    b"kernel.sched.scheduler.Turns.lock",
    b"kernel.time.timer_queue.TimerQueue.lock",
)


@no_raise
def declare() -> None:
    for index in range(usize(PAIRS)):
        lock_order.declare(OUTER[index], INNER[index])
