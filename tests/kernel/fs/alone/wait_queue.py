"""In place of kernel.sync.wait_queue: its name."""

from __future__ import annotations

from lang import struct, u64


@struct(pinned=True)
class WaitQueue:
    waiters: u64
