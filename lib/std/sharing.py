"""Open files for other processes: whoever is told a key can claim the file, once, and in time.

key = sharing.share(file.number, seconds=60.0)       here
number = sharing.claim(key)                          there, however the key came
"""

from __future__ import annotations

from typing import Final

from lang import Array, u8, u32, u64
from lib.std import system
from lib.std.texts import decode

READ: Final = 1
WRITE: Final = 2
EXECUTE: Final = 4

KEY_LENGTH: Final = 32
SECOND: Final = 1e9  # ns


def share(number: int, seconds: float, permissions: int = 0, process: int = 0) -> str:
    """Return a key for an open file.

    permissions: which the claimed file has, of READ, WRITE and EXECUTE; 0: all that this one has.
    process: the number of the only one that may claim; 0: any.
    """
    key = Array[u8, KEY_LENGTH]()
    system.share(u64(number), u32(permissions), u64(seconds * SECOND), u64(process), key[:])
    return decode(key[:])


def claim(key: str) -> int:
    """Return the number of the open file that somebody shared with a key."""
    return int(system.claim(key.encode()))
