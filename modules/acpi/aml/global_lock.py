"""The global lock, which AML shares with the firmware that runs behind the system's back.

AML takes it by name (\\_GL), and around each access to fields that are declared with Lock. Who has it may take it again.

Source: ACPI 6.5, sections 5.2.10.1 (global lock), 5.7.1 (\\_GL), 19.6.48 (LockRule).
"""

from __future__ import annotations

from lang import struct, u64
from modules.acpi.aml.platform import Platform


class GlobalLock:
    """The lock."""

    platform: Platform  # constant
    depth: u64  # how often it is held

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.depth = 0

    def take(self) -> None:
        """Take the lock, once more if it is held.

        Raises:
            TooLong: the firmware does not give it back.
        """
        if self.depth == 0:
            self.platform.take_global_lock()
        self.depth += 1

    def give(self) -> None:
        self.depth -= 1
        if self.depth == 0:
            self.platform.give_global_lock()


@struct
class taking:
    """A block in which the lock is held, where that is wanted."""

    lock: GlobalLock
    is_wanted: bool

    def __enter__(self) -> None:
        """Raises:
        TooLong: as GlobalLock.take.
        """
        if self.is_wanted:
            self.lock.take()

    def __exit__(self, *error: object) -> None:
        if self.is_wanted:
            self.lock.give()
