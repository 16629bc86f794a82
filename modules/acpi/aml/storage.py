"""Memory for objects of any size, of which AML may have only so much.

Whatever firmware asks for, the system keeps enough for itself: there is a limit to what all objects of AML hold together.

Locks: the counter belongs to whoever runs AML, one at a time.
"""

from __future__ import annotations

from typing import Final

from core.containers import storage
from lang import Ptr, no_raise, u8, u64

MOST_BYTES: Final[u64] = 32 << 20  # of all objects
LARGEST: Final[u64] = 4 << 20  # of one object

used: u64 = 0  # in bytes


def take(size: u64) -> Ptr[u8]:
    """Return zeroed memory; of size 0, an address that nobody may use.

    Raises:
        MemoryError: there is none, or AML has all that it may have.
    """
    global used
    if size == 0:
        return storage.nowhere()
    if size > LARGEST or size > MOST_BYTES - used:
        raise MemoryError
    memory = storage.take(size)
    used += size
    return memory


@no_raise
def give_back(memory: Ptr[u8], size: u64) -> None:
    """Take back what `take` gave."""
    global used
    if size > 0:
        used -= size
        storage.give_back(memory, size)
