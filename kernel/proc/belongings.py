"""Belongings: objects of others that a process has made, and which are told when it has ended.

Whoever makes something that is to be there as long as a process is, and that no open file of it keeps alive, derives it from
Belonging and lets the process keep it. So the object, and the module that it is of, are there while the process may need them.

Locks: `lock` guards all lists; no other is taken with it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from core.collections.list import IntrusiveList, ListLink
from kernel.sync.spin_lock import SpinLock
from lang import Ptr, address_of, no_raise, owner, retain, sleeps, struct

lock: SpinLock


class Belonging(ABC):
    """What belongs to a process."""

    # Guarded by lock.
    in_list: ListLink
    keeper: Ptr[Belongings] | None  # None: nobody keeps it
    kept: Belonging | None  # itself, while somebody does

    @no_raise
    @sleeps
    @abstractmethod
    def owner_ended(self) -> None:
        """The process has ended."""

    @no_raise
    def leave(self) -> None:
        """Be no process' any more."""
        kept: Belonging | None = None
        with lock:
            keeper = self.keeper
            if keeper is not None:
                keeper.list.remove(self.in_list)
                self.keeper = None
                kept = self.kept
                self.kept = None
        del kept


@struct(pinned=True)
class Belongings:
    """All that one process has."""

    list: IntrusiveList  # guarded by lock

    @no_raise
    def keep(self, made: Belonging) -> None:
        """Have something told when the process ends, unless it leaves before."""
        with lock:
            self.list.push_back(made.in_list)
            made.keeper = address_of(self)
            made.kept = made

    @no_raise
    @sleeps
    def end(self) -> None:
        """Tell everything that the process has ended."""
        while (first := self.first()) is not None:
            first.leave()
            first.owner_ended()

    @no_raise
    def first(self) -> Belonging | None:
        with lock:
            link = self.list.first
            return None if link is None else retain(owner(link, Belonging, "in_list"))
