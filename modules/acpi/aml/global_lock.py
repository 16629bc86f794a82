"""The global lock, which AML shares with the firmware that runs behind the system's back.

AML takes it by name (\\_GL), and around each access to fields that are declared with Lock. Who has it may take it again.

Source: ACPI 6.5, sections 5.2.10.1 (global lock), 5.7.1 (\\_GL), 19.6.48 (LockRule).
"""

from __future__ import annotations

from lang import u64
from modules.acpi.aml.platform import Platform


class GlobalLock:
    """The lock; a block of it is one with the lock held."""

    platform: Platform  # constant
    depth: u64  # how often it is held

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.depth = 0

    def __enter__(self) -> None:
        """Take the lock.

        Raises:
            TooLong: the firmware does not give it back.
        """
        if self.depth == 0:
            self.platform.take_global_lock()
        self.depth += 1

    def __exit__(self, *error: object) -> None:
        self.depth -= 1
        if self.depth == 0:
            self.platform.give_global_lock()
