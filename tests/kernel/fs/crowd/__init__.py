"""kernel/fs among threads of the host, each on a processor of its own: what stands beneath it.

Locks and RCU are the kernel's; threads, processors and memory are those of tests/kernel/sync/explored and
tests/kernel/fs/alone, where what is here does not know better.
"""

from __future__ import annotations

from pathlib import Path

from tests.kernel.fs import alone
from tests.kernel.sync import explored

FOLDER = Path(__file__).parent
ALONE = (
    "kernel.cpu.randomness",
    "kernel.mem.address_space",
    "kernel.mem.frames",
    "kernel.mem.mapping",
)
REPLACED = {
    **explored.REPLACED,
    **{name: alone.REPLACED[name] for name in ALONE},
    "kernel.cpu.calls": FOLDER / "calls.py",
    "kernel.mem.heap": FOLDER / "heap.py",
}
