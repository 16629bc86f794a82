"""A name in the namespace, and what it stands for.

A node holds its children in the order in which they came. The way up is a plain pointer, which a node takes back from its
children before it goes; so a node that a reference keeps alive after its parent is one without a parent.
"""

from __future__ import annotations

from typing import Final

from lang import Ptr, borrow, u32
from modules.acpi.aml.values import Value

ROOT: Final[u32] = 0x5F5F_5F5C  # "\___"


class Node:
    """A name."""

    name: u32  # four letters, the first in the low byte
    parent: Ptr[Node] | None  # None: it is the root, or was removed
    first: Node | None
    last: Ptr[Node] | None
    next: Node | None
    value: Value | None
    alias_of: Node | None
    made_before: Node | None  # by the same call or table
    is_decided: bool  # of a method _INI: it was run, or never will be

    def __init__(self, name: u32) -> None:
        self.name = name
        self.is_decided = False

    def __del__(self) -> None:
        self.let_children_go()

    def add(self, child: Node) -> None:
        """Append a child, which has no parent."""
        child.parent = borrow(self)
        last = self.last
        if last is None:
            self.first = child
        else:
            last.next = child
        self.last = borrow(child)

    def remove(self, child: Node) -> None:
        """Take out a child, which keeps its own children until it goes."""
        before: Ptr[Node] | None = None
        each = self.first
        while each is not None and each is not child:
            before = borrow(each)
            each = each.next
        if each is None:
            return
        if before is None:
            self.first = child.next
        else:
            before.next = child.next
        if child.next is None:
            self.last = before
        child.next = None
        child.parent = None

    def let_children_go(self) -> None:
        """Have no children any more."""
        child = self.first
        self.first = None
        self.last = None
        while child is not None:
            following = child.next
            child.next = None
            child.parent = None
            child = following
