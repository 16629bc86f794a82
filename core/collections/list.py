"""Intrusive doubly linked list: its members are `ListLink`s embedded in the objects that it lists.

The links form a circle, `first.previous` being the last; an empty list and a link in no list are all
zero. So insertion and removal take the same few stores wherever they happen, a link knows without its
list whether it is in one, and static lists need no initialisation.

    if (link := queue.pop_front()) is not None:
        thread = owner(link, Thread, "run_link")

Invariants: for every link x in a list, x.next.previous and x.previous.next are x. A link is in at
most one list, and its object lives at least as long as it stays there.
"""

from __future__ import annotations

from collections.abc import Iterator

from lang import Ptr, address_of, irq_safe, struct


@struct(pinned=True)
class ListLink:
    """The place of an object in one list. Both are None while it is in none."""

    next: Ptr[ListLink] | None
    previous: Ptr[ListLink] | None

    @property
    @irq_safe
    def is_linked(self) -> bool:
        return self.next is not None


@struct(pinned=True)
class IntrusiveList:
    """A list of links."""

    first: Ptr[ListLink] | None

    @property
    @irq_safe
    def is_empty(self) -> bool:
        return self.first is None

    @property
    @irq_safe
    def last(self) -> Ptr[ListLink] | None:
        first = self.first
        return None if first is None else first.previous

    @irq_safe
    def push_back(self, link: ListLink) -> None:
        """Add a link after the last."""
        first = self.first
        if first is None:
            self._add_only(link)
        else:
            _insert_before(link, first)

    @irq_safe
    def push_front(self, link: ListLink) -> None:
        """Add a link before the first."""
        self.push_back(link)
        self.first = address_of(link)

    @irq_safe
    def insert_before(self, link: ListLink, successor: ListLink) -> None:
        """Add a link before one that is in this list."""
        _insert_before(link, address_of(successor))
        if self.first == address_of(successor):
            self.first = address_of(link)

    @irq_safe
    def remove(self, link: ListLink) -> None:
        """Take a link out of this list, which it must be in."""
        next = link.next
        previous = link.previous
        assert next is not None and previous is not None
        if next == address_of(link):
            self.first = None
        else:
            next.previous = previous
            previous.next = next
            if self.first == address_of(link):
                self.first = next
        link.next = None
        link.previous = None

    @irq_safe
    def pop_front(self) -> Ptr[ListLink] | None:
        """Take the first link out and return it; None from an empty list."""
        first = self.first
        if first is not None:
            self.remove(first[0])
        return first

    @irq_safe
    def pop_back(self) -> Ptr[ListLink] | None:
        """Take the last link out and return it; None from an empty list."""
        last = self.last
        if last is not None:
            self.remove(last[0])
        return last

    @irq_safe
    def rotate(self) -> None:
        """Make the first link the last."""
        first = self.first
        if first is not None:
            self.first = first.next

    @irq_safe
    def take_all(self, other: IntrusiveList) -> None:
        """Add all links of the other list after the last, in order, and leave it empty."""
        theirs = other.first
        if theirs is None:
            return
        other.first = None
        ours = self.first
        if ours is None:
            self.first = theirs
            return
        our_last = ours.previous
        their_last = theirs.previous
        assert our_last is not None and their_last is not None
        our_last.next = theirs
        theirs.previous = our_last
        their_last.next = ours
        ours.previous = their_last

    @irq_safe
    def after(self, link: ListLink) -> Ptr[ListLink] | None:
        """Return the link after one that is in this list; None after the last."""
        next = link.next
        return None if next == self.first else next

    @irq_safe
    def __iter__(self) -> Iterator[Ptr[ListLink]]:
        """Yield the links from first to last. The one that was yielded may be removed."""
        at = self.first
        while at is not None:
            following = self.after(at[0])
            yield at
            at = following

    def _add_only(self, link: ListLink) -> None:
        assert link.next is None
        itself = address_of(link)
        link.next = itself
        link.previous = itself
        self.first = itself


def _insert_before(link: ListLink, successor: Ptr[ListLink]) -> None:
    """Link into a circle."""
    assert link.next is None
    previous = successor.previous
    assert previous is not None
    link.next = successor
    link.previous = previous
    previous.next = address_of(link)
    successor.previous = address_of(link)
