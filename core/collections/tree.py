"""Intrusive red-black tree, augmented: each node may know something of the whole subtree below it.

A node type is a struct with a member `link: TreeLink[ItsOwnType]` and two methods, which the compiler
inserts into the tree's functions, as a C macro would:

    precedes(other)   whether this node sorts before the other; equal nodes keep the order of insertion
    update()          recomputes what the node knows from its own fields and its two children; returns
                      whether that changed. A node that knows nothing returns False.

A search is a loop of its own over `root`, `link.left` and `link.right`, since only the caller knows
which way to go.

Invariants (those of every red-black tree, and one more):
    The root is black, and no red node has a red child.
    Every path from a node down to a missing child passes equally many black nodes.
    Between operations every node knows what update() would compute.

So the longest path is at most twice the shortest, and all operations take O(log n).

Source: Cormen, Leiserson, Rivest and Stein, "Introduction to Algorithms", 3rd edition, chapters 13, 14.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from lang import Ptr, address_of, irq_safe, struct

N = TypeVar("N")


@struct(pinned=True)
class TreeLink(Generic[N]):
    """The place of a node in one tree."""

    parent: Ptr[N] | None
    left: Ptr[N] | None
    right: Ptr[N] | None
    is_red: bool
    is_linked: bool


@struct(pinned=True)
class RedBlackTree(Generic[N]):
    """Nodes in order."""

    root: Ptr[N] | None

    @property
    @irq_safe
    def is_empty(self) -> bool:
        return self.root is None

    @irq_safe
    def insert(self, node: N) -> None:
        """Add a node, after those that it does not precede."""
        parent: Ptr[N] | None = None
        goes_left = False
        at = self.root
        while at is not None:
            parent = at
            goes_left = node.precedes(at[0])
            at = at.link.left if goes_left else at.link.right
        self.insert_at(node, parent, goes_left)

    @irq_safe
    def insert_at(self, node: N, parent: Ptr[N] | None, goes_left: bool) -> None:
        """Add a node as the missing left or right child of `parent`; as the root if that is None.

        For a caller whose search has found the place.
        """
        assert not node.link.is_linked
        inserted = address_of(node)
        node.link.parent = parent
        node.link.left = None
        node.link.right = None
        node.link.is_red = True
        node.link.is_linked = True
        if parent is None:
            self.root = inserted
        elif goes_left:
            parent.link.left = inserted
        else:
            parent.link.right = inserted
        node.update()
        _update_from(parent)
        self._repair_after_insert(inserted)

    @irq_safe
    def remove(self, node: N) -> None:
        """Take a node out of this tree, which it must be in."""
        assert node.link.is_linked
        leaving = address_of(node)
        left = node.link.left
        right = node.link.right
        if left is not None and right is not None:
            self._remove_between(leaving, left, right)
        else:
            child = right if left is None else left
            parent = node.link.parent
            self._replace(leaving, child)
            _update_from(parent)
            if not node.link.is_red:
                self._repair_after_remove(child, parent)
        node.link.parent = None
        node.link.left = None
        node.link.right = None
        node.link.is_linked = False

    @irq_safe
    def refresh(self, node: N) -> None:
        """Let the tree know that the fields which `update` reads have changed."""
        _update_from(address_of(node))

    @irq_safe
    def find_first(self) -> Ptr[N] | None:
        """Return the node that precedes all others."""
        root = self.root
        return None if root is None else _leftmost(root)

    @irq_safe
    def find_last(self) -> Ptr[N] | None:
        """Return the node that all others precede."""
        root = self.root
        return None if root is None else _rightmost(root)

    @irq_safe
    def after(self, node: N) -> Ptr[N] | None:
        """Return the next node in order."""
        right = node.link.right
        if right is not None:
            return _leftmost(right)
        child = address_of(node)
        parent = node.link.parent
        while parent is not None and parent.link.right == child:
            child = parent
            parent = parent.link.parent
        return parent

    @irq_safe
    def before(self, node: N) -> Ptr[N] | None:
        """Return the previous node in order."""
        left = node.link.left
        if left is not None:
            return _rightmost(left)
        child = address_of(node)
        parent = node.link.parent
        while parent is not None and parent.link.left == child:
            child = parent
            parent = parent.link.parent
        return parent

    @irq_safe
    def __iter__(self) -> Iterator[Ptr[N]]:
        """Yield the nodes in order. The one that was yielded may be removed."""
        at = self.find_first()
        while at is not None:
            following = self.after(at[0])
            yield at
            at = following

    def _remove_between(self, leaving: Ptr[N], left: Ptr[N], right: Ptr[N]) -> None:
        """Take out a node with two children: the next node in order takes its place and colour."""
        heir = _leftmost(right)
        is_black_lost = not heir.link.is_red
        child = heir.link.right
        parent = heir
        if heir != right:
            above = heir.link.parent
            assert above is not None
            parent = above
            self._replace(heir, child)
            heir.link.right = right
            right.link.parent = heir
        self._replace(leaving, heir)
        heir.link.left = left
        left.link.parent = heir
        heir.link.is_red = leaving.link.is_red

        _update_through(parent, heir)
        _update_from(heir.link.parent)
        if is_black_lost:
            self._repair_after_remove(child, parent)

    def _replace(self, old: Ptr[N], new: Ptr[N] | None) -> None:
        """Put `new` where `old` hangs from its parent."""
        parent = old.link.parent
        if parent is None:
            self.root = new
        elif parent.link.left == old:
            parent.link.left = new
        else:
            parent.link.right = new
        if new is not None:
            new.link.parent = parent

    def _repair_after_insert(self, inserted: Ptr[N]) -> None:
        """Restore the invariants where a red node may have a red parent.

        If the parent's sibling is red as well, both turn black, their parent red, and the question
        moves up to it. Otherwise one or two rotations end it.
        """
        node = inserted
        parent = node.link.parent
        while parent is not None and parent.link.is_red:
            grandparent = parent.link.parent
            assert grandparent is not None  # a red node is not the root
            is_left = grandparent.link.left == parent
            uncle = grandparent.link.right if is_left else grandparent.link.left
            if uncle is not None and uncle.link.is_red:
                parent.link.is_red = False
                uncle.link.is_red = False
                grandparent.link.is_red = True
                node = grandparent
                parent = node.link.parent
                continue
            if is_left:
                if parent.link.right == node:
                    self._rotate_left(parent, node)
                    parent = node
                self._rotate_right(grandparent, parent)
            else:
                if parent.link.left == node:
                    self._rotate_right(parent, node)
                    parent = node
                self._rotate_left(grandparent, parent)
            parent.link.is_red = False
            grandparent.link.is_red = True
            return
        if parent is None:
            node.link.is_red = False

    def _repair_after_remove(self, child: Ptr[N] | None, above: Ptr[N] | None) -> None:
        """Restore the invariants where the paths through `child`, below `above`, lack a black node.

        A red child turns black and that is all. Else the sibling lends a black node, by rotations if
        it has a red child; if it has none it turns red, and the whole subtree lacks one.
        """
        node = child
        parent = above
        while parent is not None and (node is None or not node.link.is_red):
            if parent.link.left == node:
                sibling = self._black_sibling_right(parent)
                if self._lend_from_right(parent, sibling):
                    return
            else:
                sibling = self._black_sibling_left(parent)
                if self._lend_from_left(parent, sibling):
                    return
            node = parent
            parent = parent.link.parent
        if node is not None:
            node.link.is_red = False

    def _black_sibling_right(self, parent: Ptr[N]) -> Ptr[N]:
        """Return the right child, after a rotation that makes it black if it was red."""
        sibling = parent.link.right
        assert sibling is not None  # its paths have the black node that the other side lacks
        if not sibling.link.is_red:
            return sibling
        sibling.link.is_red = False
        parent.link.is_red = True
        self._rotate_left(parent, sibling)
        inner = parent.link.right
        assert inner is not None
        return inner

    def _black_sibling_left(self, parent: Ptr[N]) -> Ptr[N]:
        """The mirror image of `_black_sibling_right`."""
        sibling = parent.link.left
        assert sibling is not None
        if not sibling.link.is_red:
            return sibling
        sibling.link.is_red = False
        parent.link.is_red = True
        self._rotate_right(parent, sibling)
        inner = parent.link.left
        assert inner is not None
        return inner

    def _lend_from_right(self, parent: Ptr[N], black_sibling: Ptr[N]) -> bool:
        """Give the left side a black node; False if that took one from the right side as well."""
        sibling = black_sibling
        outer = sibling.link.right
        inner = sibling.link.left
        if outer is None or not outer.link.is_red:
            if inner is None or not inner.link.is_red:
                sibling.link.is_red = True
                return False
            self._rotate_right(sibling, inner)
            outer = sibling
            sibling = inner
        sibling.link.is_red = parent.link.is_red
        parent.link.is_red = False
        outer.link.is_red = False
        self._rotate_left(parent, sibling)
        return True

    def _lend_from_left(self, parent: Ptr[N], black_sibling: Ptr[N]) -> bool:
        """The mirror image of `_lend_from_right`."""
        sibling = black_sibling
        outer = sibling.link.left
        inner = sibling.link.right
        if outer is None or not outer.link.is_red:
            if inner is None or not inner.link.is_red:
                sibling.link.is_red = True
                return False
            self._rotate_left(sibling, inner)
            outer = sibling
            sibling = inner
        sibling.link.is_red = parent.link.is_red
        parent.link.is_red = False
        outer.link.is_red = False
        self._rotate_right(parent, sibling)
        return True

    def _rotate_left(self, upper: Ptr[N], lower: Ptr[N]) -> None:
        """Turn `upper` into the left child of `lower`, its right child; the order stays."""
        middle = lower.link.left
        upper.link.right = middle
        if middle is not None:
            middle.link.parent = upper
        self._replace(upper, lower)
        lower.link.left = upper
        upper.link.parent = lower
        upper.update()
        lower.update()

    def _rotate_right(self, upper: Ptr[N], lower: Ptr[N]) -> None:
        """Turn `upper` into the right child of `lower`, its left child; the order stays."""
        middle = lower.link.right
        upper.link.left = middle
        if middle is not None:
            middle.link.parent = upper
        self._replace(upper, lower)
        lower.link.right = upper
        upper.link.parent = lower
        upper.update()
        lower.update()


def _leftmost(top: Ptr[N]) -> Ptr[N]:
    """Return the first node, in order, of the subtree."""
    node = top
    left = node.link.left
    while left is not None:
        node = left
        left = node.link.left
    return node


def _rightmost(top: Ptr[N]) -> Ptr[N]:
    """Return the last node, in order, of the subtree."""
    node = top
    right = node.link.right
    while right is not None:
        node = right
        right = node.link.right
    return node


def _update_from(start: Ptr[N] | None) -> None:
    """Update a node and those above it, up to the first that does not change."""
    at = start
    while at is not None and at.update():
        at = at.link.parent


def _update_through(start: Ptr[N], end: Ptr[N]) -> None:
    """Update a node and those above it up to `end`, which has moved: that some node in between stays
    the same says nothing of it."""
    at = start
    at.update()
    while at != end:
        above = at.link.parent
        assert above is not None
        at = above
        at.update()
