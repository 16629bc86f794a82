"""Belongings: objects of others that a process has made, and which are told when it has ended.

Whoever makes something that is to be there as long as a process is, and that no open file of it keeps alive, derives it from
Belonging and lets the process keep it. So the object, and the module that it is of, are there while the process may need them.

Locks: Belongings.lock guards the list; no other is taken with it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from kernel.sync.spin_lock import SpinLock
from lang import irq_safe, no_raise, sleeps, struct


class Belonging(ABC):
    """What belongs to a process."""

    next: Belonging | None  # guarded by the lock of who keeps it

    @irq_safe
    @no_raise
    @abstractmethod
    def is_over(self) -> bool:
        """Whether it need not be told any more; it stays so then."""

    @no_raise
    @sleeps
    @abstractmethod
    def owner_ended(self) -> None:
        """The process has ended."""


@struct(pinned=True)
class Belongings:
    """All that one process has."""

    lock: SpinLock
    first: Belonging | None  # guarded by lock

    @no_raise
    def keep(self, made: Belonging) -> None:
        """Have something told when the process ends. What is over by now is forgotten, so that it does not pile up."""
        with self.lock:
            made.next = self.first
            self.first = made
            before = made
            while (at := before.next) is not None:
                if at.is_over():
                    before.next = at.next
                    at.next = None
                else:
                    before = at

    @no_raise
    @sleeps
    def end(self) -> None:
        """Tell everything that the process has ended."""
        while (last := self.take()) is not None:
            last.owner_ended()

    @no_raise
    def take(self) -> Belonging | None:
        with self.lock:
            taken = self.first
            if taken is not None:
                self.first = taken.next
                taken.next = None
            return taken
